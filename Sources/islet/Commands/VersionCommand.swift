struct VersionCommand: Command {
    static let name = "version"
    static let summary = "says which version this is"
    static let help = "islet version"

    static func run(_ words: ArraySlice<String>) throws {
        try Arguments(words, options: []).refuseRest()
        print("islet \(Islet.version)")
    }
}
