package import HTTP

/// A multipart form that has been read to its end.
package struct UploadedForm: Sendable {
    package var texts: Form
    /// By the name of their field.
    package var files: [String: StoredFile]
}

/// A file that lies in the media folder for good.
package struct StoredFile: Hashable, Sendable {
    /// As in `MediaFile`.
    package var name: String
    package var header: MediaHeader
    /// In bytes, as stored.
    package var size: Int
}
