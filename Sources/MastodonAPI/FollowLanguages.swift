import Storage

/// The languages in which the owner wants to read somebody, as an app names them.
struct FollowLanguages: Sendable {
    /// Nil for all.
    let tags: [String]?

    /// Nil when the app names none, not even an empty list, so that they stay as they are.
    ///
    /// - Throws: 422 for what is no language tag.
    init?(_ parameters: Parameters, limits: APILimits) throws {
        guard parameters["languages"] != nil else { return nil }
        let given = parameters.texts("languages").filter { !$0.isEmpty }
        guard given.count <= limits.followLanguages, given.allSatisfy(FollowLanguages.isTag) else {
            throw APIError.invalid("Languages is invalid")
        }
        tags = given.isEmpty ? nil : given
    }

    /// Loosely BCP 47: letters first, then parts of letters and digits.
    private static func isTag(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard text.utf8.count <= 35, let first = parts.first, 2...8 ~= first.count else { return false }
        return first.allSatisfy(isLetter)
            && parts.allSatisfy { 1...8 ~= $0.count && $0.allSatisfy { isLetter($0) || 0x30...0x39 ~= $0 } }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { 0x61...0x7A ~= byte | 0x20 }
}
