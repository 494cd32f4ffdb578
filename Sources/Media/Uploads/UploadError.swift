package import HTTP

/// Why an upload was not taken.
package enum UploadError: Error, Hashable, Sendable {
    /// Larger than a file of its kind may be, in bytes.
    case tooLarge(limit: Int)
    /// No kind of file that is taken.
    case unsupportedType
    /// Not what it claims to be, or cut short.
    case damaged
    /// More pixels than anybody can show.
    case dimensions
    /// More files than their field takes.
    case tooManyFiles(limit: Int)
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
        case .tooLarge(let limit): "The file is larger than \(UploadError.text(of: limit))"
        case .unsupportedType: "Files of this kind cannot be uploaded here"
        case .damaged: "The file is damaged"
        case .dimensions: "The picture has too many pixels"
        case .tooManyFiles(let limit): "No more than \(limit) files can be added"
        case .malformedForm: "The form is malformed"
        case .interrupted(.tooLarge(let limit)): "The upload is larger than \(UploadError.text(of: limit))"
        case .interrupted: "The upload was interrupted"
        case .outOfSpace: "There is no room to store the file"
        case .overloaded: "Too many files are being stored at the moment"
        }
    }

    /// Whether it concerns one file only, so that the rest of its form can be read.
    var isOfOneFile: Bool {
        switch self {
        case .tooLarge, .unsupportedType, .damaged, .dimensions, .tooManyFiles, .outOfSpace, .overloaded: true
        case .malformedForm, .interrupted: false
        }
    }

    private static func text(of bytes: Int) -> String {
        bytes >= 1 << 20 ? "\(bytes >> 20) MB" : "\(bytes >> 10) KB"
    }
}
