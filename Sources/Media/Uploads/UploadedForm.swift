package import HTTP

/// A multipart form that has been read to its end.
package struct UploadedForm: Sendable {
    package var texts: Form
    /// By the name of their field; of several in one field, the first.
    package var files: [String: StoredFile]
    /// All of them in the order in which they came.
    package var all: [(field: String, file: StoredFile)]
    /// Why files were left out, where the form was to be kept whatever is wrong with a file.
    package var faults: [UploadError]
}

/// A file that lies in the media folder for good.
package struct StoredFile: Hashable, Sendable {
    /// As in `MediaFile`.
    package var name: String
    package var header: MediaHeader
    /// In bytes, as stored.
    package var size: Int
}
