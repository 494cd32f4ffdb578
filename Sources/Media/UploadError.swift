package import HTTP

/// Why an upload was not taken.
package enum UploadError: Error, Hashable, Sendable {
    /// Larger than `Limits.bodyUpload`, in bytes.
    case tooLarge(limit: Int)
    /// No kind of file that is taken.
    case unsupportedType
    /// Not what it claims to be, or cut short.
    case damaged
    /// More pixels than anybody can show.
    case dimensions
    /// The form around the file is broken.
    case malformedForm
    /// The client went away or was too slow.
    case interrupted(BodyError)
    /// The disk does not take it.
    case outOfSpace
    /// Too many files are being stored already.
    case overloaded

    /// A sentence for the person who uploads.
    package var reason: String {
        switch self {
        case .tooLarge(let limit): "The file is larger than \(limit >> 20) MB"
        case .unsupportedType: "Only JPEG and PNG pictures can be uploaded"
        case .damaged: "The picture is damaged"
        case .dimensions: "The picture has too many pixels"
        case .malformedForm: "The form is malformed"
        case .interrupted: "The upload was interrupted"
        case .outOfSpace: "There is no room to store the file"
        case .overloaded: "Too many files are being stored at the moment"
        }
    }
}
