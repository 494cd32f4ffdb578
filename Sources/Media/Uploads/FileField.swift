/// A field of a multipart form that holds a file. Written as a text, it takes pictures only.
package struct FileField: Hashable, Sendable, ExpressibleByStringLiteral {
    package let name: String
    /// Whether films and sounds are taken too.
    package let takesRecordings: Bool
    /// Files that may come in it, one after the other.
    package let most: Int

    package init(stringLiteral name: String) {
        self.init(name, takesRecordings: false, most: 1)
    }

    private init(_ name: String, takesRecordings: Bool, most: Int) {
        self.name = name
        self.takesRecordings = takesRecordings
        self.most = most
    }

    /// One that takes everything that can be uploaded.
    package static func anything(_ name: String, most: Int = 1) -> FileField {
        FileField(name, takesRecordings: true, most: most)
    }

    func takes(_ kind: MediaKind) -> Bool {
        takesRecordings || kind.group == .picture
    }
}
