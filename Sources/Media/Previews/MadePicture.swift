/// Takes what somebody with a decoder says, piece by piece, and believes none of it: only a whole picture of the wished
/// form and size, without anything about its maker, counts, and it is stored like what the owner uploads.
///
/// `@unchecked Sendable`: used by one thread at a time, first the one that makes it, then the one that reads the answer,
/// then, when that is done, the first again.
package final class MadePicture: @unchecked Sendable {
    private let wish: PictureWish
    private let digest: StreamingDigest
    private var file: PartialFile?
    /// Refuses whatever is of another kind than was wished; nil for pixels.
    private var stripper: MetadataStripper?
    private var pixels: [UInt8] = []
    /// Bytes that came.
    private var size = 0
    /// Bytes that are stored.
    private var written = 0
    private var isDamaged = false
    /// Whether nothing was wrong but that there was more than is listened to.
    private(set) var isTooLong = false
    /// The stored picture, when there is one.
    private(set) var stored: StoredFile?

    init(_ wish: PictureWish, in folder: String, digest: StreamingDigest) throws(UploadError) {
        self.wish = wish
        self.digest = digest
        guard wish.form != .pixels else { return }
        file = try PartialFile(in: folder)
        stripper = MetadataStripper(kind: wish.form == .jpeg ? .jpeg : .png)
    }

    /// Takes the next piece.
    ///
    /// - Returns: false when nothing more is wanted, because this is not what was wished.
    package func take(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard !isDamaged, bytes.count <= wish.longestAnswer - size else {
            isTooLong = !isDamaged
            isDamaged = true
            return false
        }
        size += bytes.count
        guard let file else {
            pixels += bytes
            return true
        }
        do throws(UploadError) {
            var output: [UInt8] = []
            output.reserveCapacity(bytes.count)
            try stripper?.receive(bytes, into: &output)
            digest.update(output[...])
            file.append(output[...])
            written += output.count
            return true
        } catch {
            isDamaged = true
            return false
        }
    }

    /// All of it has come. Waits for the disk.
    package func finish() {
        guard !isDamaged, let file, let stripper else { return }
        do throws(UploadError) {
            let header = try stripper.finish()
            guard let width = header.width, let height = header.height, width <= wish.width,
                height <= wish.height
            else { return }
            let name = "\(digest.finish()).\(header.kind.fileExtension)"
            try file.keep(as: name)
            stored = StoredFile(name: name, header: header, size: written)
        } catch {
            // What was made cannot be used or stored: there is no small picture, and the file itself is still there.
        }
    }

    /// The tiny picture, when one was wished and came whole.
    var map: PixelMap? { isDamaged || file != nil ? nil : PixelMap(ppm: pixels) }
}
