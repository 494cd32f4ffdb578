/// A field of a multipart form that holds a file. Written as a text, it takes pictures only.
package struct FileField: Hashable, Sendable, ExpressibleByStringLiteral {
    package let name: String
    /// Whether films and sounds are taken too.
    package let takesRecordings: Bool

    package init(stringLiteral name: String) {
        self.init(name, takesRecordings: false)
    }

    private init(_ name: String, takesRecordings: Bool) {
        self.name = name
        self.takesRecordings = takesRecordings
    }

    /// One that takes everything that can be uploaded.
    package static func anything(_ name: String) -> FileField { FileField(name, takesRecordings: true) }

    func takes(_ kind: MediaKind) -> Bool {
        takesRecordings || kind.group == .picture
    }
}
