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
        guard given.count <= limits.followLanguages, given.allSatisfy(Following.isLanguageTag) else {
            throw APIError.invalid("Languages is invalid")
        }
        tags = given.isEmpty ? nil : given
    }
}
