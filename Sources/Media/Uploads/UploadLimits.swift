/// How large an upload may be, in bytes, by what it is.
package struct UploadLimits: Hashable, Sendable {
    /// One picture; the standard is Mastodon's.
    package var picture: Int
    /// One film or recording; the standard is Mastodon's.
    package var recording: Int

    /// What a form has besides its files: texts, heads of its parts, boundaries.
    private static let form = 65_536

    package init(picture: Int = 16 << 20, recording: Int = 99 << 20) {
        self.picture = picture
        self.recording = recording
    }

    package static let standard = UploadLimits()

    /// For one file of this kind.
    func bytes(of kind: MediaKind) -> Int { kind.group == .picture ? picture : recording }

    /// For a whole form with these files.
    package func body(with files: Set<FileField>) -> Int {
        files.reduce(UploadLimits.form) {
            $0 + ($1.takesRecordings ? max(picture, recording) : picture) * $1.most
        }
    }
}
