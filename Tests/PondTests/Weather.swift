import Testing

/// What becomes of activities on their way from one server to another. The end must be the same.
enum Weather: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case calm
    /// Each comes twice, and when all are there, they come once more in the same order.
    case doubled
    /// The power fails at both ends: before something is sent, and when it is taken but nothing came of it
    /// yet.
    case stormy
    /// What was sent last comes first.
    case reversed

    /// For what means something else when its parts change places.
    static let inOrder: [Weather] = [.calm, .doubled, .stormy]
    /// For what has a story of its own in calm weather.
    static let rough: [Weather] = [.doubled, .stormy, .reversed]
    static let roughInOrder: [Weather] = [.doubled, .stormy]

    var testDescription: String { rawValue }
}
