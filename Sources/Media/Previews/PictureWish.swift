/// A small picture that somebody with a decoder is asked for. It travels to them as one line of words.
package struct PictureWish: Hashable, Sendable {
    /// What comes back.
    package enum Form: String, CaseIterable, Sendable {
        case jpeg, png
        /// Three bytes a pixel, as PPM: for the blurhash.
        case pixels
    }

    /// What the picture is made from; the name of a `MediaKind`'s extension.
    package var source: MediaKind
    package var form: Form
    /// In pixels; the picture fits in, turned as it is to be shown, and is never made larger than it was.
    package var width: Int
    package var height: Int
    /// 1 to 100, for JPEG.
    package var quality: Int

    package init(source: MediaKind, form: Form, width: Int, height: Int, quality: Int = 80) {
        self.source = source
        self.form = form
        self.width = width
        self.height = height
        self.quality = quality
    }

    /// Changes with every change of the line, so that an older program does not guess.
    private static let version = "picture1"

    /// As it travels, with its line feed.
    package var line: String {
        "\(PictureWish.version) \(source.fileExtension) \(form.rawValue) \(width) \(height) \(quality)\n"
    }

    /// Reads the line without its end; nil when it is none, or asks for what nobody does.
    package init?(line: some StringProtocol) {
        let words = line.split(separator: " ", omittingEmptySubsequences: false).map { String($0) }
        guard words.count == 6, words[0] == PictureWish.version,
            let source = MediaKind(fileExtension: words[1]),
            let form = Form(rawValue: words[2]), let width = Int(words[3]), let height = Int(words[4]),
            let quality = Int(words[5]), 1...100 ~= quality, 1...MediaHeader.longestSide ~= width,
            1...MediaHeader.longestSide ~= height
        else { return nil }
        self.init(source: source, form: form, width: width, height: height, quality: quality)
    }

    /// Bytes of an answer beyond which it is not listened to.
    var longestAnswer: Int {
        switch form {
        case .pixels: PixelMap.mostBytes
        case .jpeg: min(max(width * height * 2, 64 << 10), 16 << 20)
        // Four bytes a pixel is what a PNG can take; one of a photograph takes nearly three.
        case .png: min(width * height * 4 + (64 << 10), 34 << 20)
        }
    }
}

/// Has a picture made of a file in the media folder and hands what comes to `receiver`, from a thread that may wait.
/// Nothing, or half of it, comes when there is nobody who could, when it takes too long, or when too many wait.
///
/// - Parameters:
///   - file: a path as the media folder was given.
///   - until: when the answer helps nobody any more, queueing included.
package typealias MakePicture =
    @Sendable (_ file: String, _ wish: PictureWish, _ receiver: MadePicture, _ until: ContinuousClock.Instant)
    async -> Void
