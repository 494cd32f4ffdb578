extension MediaKind {
    /// All names that apps and phones have for the kinds, all of which can be uploaded, for the instance documents.
    package static let uploadedTypes: [String] = allCases.flatMap { [$0.mediaType] + $0.otherTypes }

    /// <https://docs.joinmastodon.org/entities/Instance/#supported_mime_types>: apps compare what the phone says.
    private var otherTypes: [String] {
        switch self {
        case .heic: ["image/heif"]
        case .mp3: ["audio/mp3"]
        case .m4a: ["audio/m4a", "audio/x-m4a"]
        case .flac: ["audio/x-flac"]
        case .wav: ["audio/wave", "audio/x-wav", "audio/vnd.wave"]
        default: []
        }
    }
}
