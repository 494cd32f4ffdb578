/// Removes from a file that lies on disk what says where, when and by whom it was made: the kinds whose parts refer to
/// each other by their place, so that nothing may move.
enum FileStripper {
    /// - Returns: what the file says of itself.
    /// - Throws: if its structure is not understood. What it has become by then is not to be kept.
    static func strip(_ file: EditableFile, kind: MediaKind) throws(UploadError) -> MediaHeader {
        switch kind {
        case .webp: try WebPStripper.strip(file)
        case .heic, .avif: try HEIFStripper.strip(file, kind: kind)
        case .mp4, .quickTime, .m4a: try MP4Stripper.strip(file, kind: kind)
        case .webm, .weba: try WebMStripper.strip(file)
        case .mp3: try MP3Stripper.strip(file, kind: kind)
        case .ogg: try OggStripper.strip(file, kind: kind)
        case .flac: try FLACStripper.strip(file, kind: kind)
        case .wav: try WaveStripper.strip(file, kind: kind)
        case .jpeg, .png, .gif: throw .unsupportedType  // stripped while they arrive
        }
    }
}
