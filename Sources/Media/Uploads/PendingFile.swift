/// A file that is complete but not yet kept.
///
/// `file` is used by one task at a time: when this exists, its writer is done.
struct PendingFile: Sendable {
    enum State: Sendable {
        case stripped(MediaHeader, digest: String)
        /// As it came, to be stripped where it lies.
        case whole(MediaKind)
    }

    /// The name of the field that it came in.
    let field: String
    let file: PartialFile
    let state: State

    /// Strips what is not yet stripped and gives the file the name of its content. Blocks.
    func keep(digest makeDigest: () -> StreamingDigest) throws(UploadError) -> StoredFile {
        try file.flush()
        let stored = try file.editable()
        let header: MediaHeader
        let digits: String
        switch state {
        case .stripped(let known, let digest):
            (header, digits) = (known, digest)
        case .whole(let kind):
            header = try FileStripper.strip(stored, kind: kind)
            guard header.isReasonable else { throw .dimensions }
            let digest = makeDigest()
            try stored.forEachChunk { digest.update($0) }
            digits = digest.finish()
        }
        let name = "\(digits).\(header.kind.fileExtension)"
        try file.keep(as: name)
        return StoredFile(name: name, header: header, size: stored.length)
    }
}
