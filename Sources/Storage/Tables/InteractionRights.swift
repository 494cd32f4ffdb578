/// Who may do what with a post, as its author says (GoToSocial's interaction policies, FEP-044f for quotes), as one
/// number: nine bits for each kind of act.
package struct InteractionRights: RawRepresentable, Sendable, Hashable {
    /// What is done with a post.
    package enum Act: Int64, Sendable, CaseIterable {
        case like = 0
        case reply = 1
        case announce = 2
        case quote = 3
    }

    /// Groups of people.
    package struct People: OptionSet, Sendable, Hashable {
        package let rawValue: Int64

        package init(rawValue: Int64) {
            self.rawValue = rawValue
        }

        package static let everybody = People(rawValue: 1)
        package static let followers = People(rawValue: 2)
        package static let following = People(rawValue: 4)
        /// The owner of this server, named by address.
        package static let owner = People(rawValue: 8)
    }

    package private(set) var rawValue: Int64

    package init(rawValue: Int64) {
        self.rawValue = rawValue
    }

    package init() {
        rawValue = 0
    }

    /// Who may, at once or after being asked; nil when nothing was said about this act.
    package subscript(act: Act) -> (automatic: People, manual: People)? {
        get {
            let bits = rawValue >> (act.rawValue * 9)
            guard bits & 1 == 1 else { return nil }
            return (People(rawValue: bits >> 1 & 15), People(rawValue: bits >> 5 & 15))
        }
        set {
            let place = act.rawValue * 9
            rawValue &= ~(511 << place)
            guard let newValue else { return }
            rawValue |= (1 | newValue.automatic.rawValue << 1 | newValue.manual.rawValue << 5) << place
        }
    }
}
