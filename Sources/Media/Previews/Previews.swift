/// What is made of an uploaded file when there is somebody with a decoder: something smaller to load first, a blur to
/// show before, and a picture that everybody can show in the place of one that is too large or of a rare kind.
///
/// Without such a somebody, or when they fail, everything stays as it came.
package struct Previews: Sendable {
    /// A file as it is to be shown.
    package struct Prepared: Hashable, Sendable {
        package var file: StoredFile
        /// Nil: the file is its own preview.
        package var preview: StoredFile?
        package var blurhash: String?

        package init(file: StoredFile) {
            self.file = file
        }
    }

    /// Pixels of a preview, 640x360 in any shape. <https://docs.joinmastodon.org/user/posting/#images>
    static let previewArea = 230_400
    /// Pixels of a picture that is shown as it is, 3840x2160 in any shape. Same page.
    static let largestArea = 8_294_400
    /// Pixels of the longest side from which the blurhash is computed; more changes nothing that can be seen.
    static let blurSide = 32
    /// For all pictures of one upload together, waiting for other uploads included; apps wait for 30 seconds and more.
    static let patience = Duration.seconds(15)

    private let folder: String
    private let digest: @Sendable () -> StreamingDigest
    private let make: MakePicture?
    private let replaces: Bool

    /// - Parameters:
    ///   - folder: the media folder.
    ///   - digest: makes a SHA-256.
    ///   - make: nil when nothing is to be made.
    ///   - replaces: whether what is made is good enough to stand in the place of an original, colours included.
    package init(
        folder: String, make: MakePicture?, replaces: Bool = true,
        digest: @escaping @Sendable () -> StreamingDigest
    ) {
        self.folder = folder
        self.make = make
        self.replaces = replaces
        self.digest = digest
    }

    /// Nothing is made of anything.
    package static let none = Previews(folder: "", make: nil) {
        StreamingDigest(update: { _ in }, finish: { "" })
    }

    /// Makes what the file lacks to be shown well.
    package func prepare(_ file: StoredFile) async -> Prepared {
        var prepared = Prepared(file: file)
        guard make != nil else { return prepared }
        let until = ContinuousClock.now + Previews.patience
        switch file.header.kind.group {
        case .audio:
            return prepared
        case .video:
            prepared.preview = await preview(of: file, until)?.stored
            if let preview = prepared.preview { prepared.blurhash = await blurhash(of: preview, until) }
        case .picture:
            prepared.file = await showable(file, until)
            guard prepared.file.isLarge else {
                prepared.blurhash = await blurhash(of: prepared.file, until)
                break
            }
            // Whoever failed at this is not asked again, as it may have taken all the time there is.
            guard let made = await preview(of: prepared.file, until), made.stored != nil || made.isTooLong
            else { break }
            prepared.blurhash = await blurhash(of: made.stored ?? prepared.file, until)
            // What takes longer to load than the picture itself helps nobody.
            if let preview = made.stored, preview.size < prepared.file.size { prepared.preview = preview }
        }
        return prepared
    }

    /// A picture of these measures at least, where it was larger: apps cut from it what they need.
    package func cover(_ file: StoredFile, width: Int, height: Int) async -> StoredFile {
        // A turning picture would stand still.
        guard replaces, file.header.kind != .gif,
            let size = file.size(covering: PictureSize(width: width, height: height))
        else { return file }
        return await picture(of: file, size, quality: 90, ContinuousClock.now + Previews.patience)?.stored
            ?? file
    }

    /// The picture itself, or one in its place that everybody can show.
    private func showable(_ file: StoredFile, _ until: ContinuousClock.Instant) async -> StoredFile {
        guard replaces, let size = file.pictureSize, file.header.kind != .gif,
            size.area > Previews.largestArea || file.header.kind == .heic
        else { return file }
        return await picture(of: file, size.fitting(area: Previews.largestArea), quality: 85, until)?.stored
            ?? file
    }

    private func preview(of file: StoredFile, _ until: ContinuousClock.Instant) async -> MadePicture? {
        // Of a film whose size is not known the shape is not known either.
        let size = file.pictureSize ?? PictureSize(width: 480, height: 480)
        return await picture(of: file, size.fitting(area: Previews.previewArea), quality: 80, until)
    }

    private func picture(
        of file: StoredFile, _ size: PictureSize, quality: Int, _ until: ContinuousClock.Instant
    ) async -> MadePicture? {
        let form: PictureWish.Form = file.header.kind.mayBeTransparent ? .png : .jpeg
        let wish = PictureWish(
            source: file.header.kind, form: form, width: size.width, height: size.height, quality: quality)
        return await made(wish, of: file, until)
    }

    private func blurhash(of file: StoredFile, _ until: ContinuousClock.Instant) async -> String? {
        let wish = PictureWish(
            source: file.header.kind, form: .pixels, width: Previews.blurSide, height: Previews.blurSide)
        return await made(wish, of: file, until)?.map.map { Blurhash.encode($0) }
    }

    private func made(
        _ wish: PictureWish, of file: StoredFile, _ until: ContinuousClock.Instant
    ) async -> MadePicture? {
        guard let make, ContinuousClock.now < until else { return nil }
        let receiver: MadePicture
        do throws(UploadError) {
            receiver = try MadePicture(wish, in: folder, digest: digest())
        } catch {
            // No room for another file: the one that is there already is shown as it is.
            return nil
        }
        await make("\(folder)/\(file.name)", wish, receiver, until)
        return receiver
    }
}

extension StoredFile {
    fileprivate var pictureSize: PictureSize? {
        guard let width = header.width, let height = header.height else { return nil }
        return PictureSize(width: width, height: height)
    }

    /// Whether something smaller is worth making.
    fileprivate var isLarge: Bool { pictureSize.map { $0.area > Previews.previewArea } ?? true }

    /// A smaller size of the same shape that still covers this one; nil when there is none.
    fileprivate func size(covering least: PictureSize) -> PictureSize? {
        guard let size = pictureSize else { return nil }
        let scale = max(
            Double(least.width) / Double(size.width), Double(least.height) / Double(size.height))
        guard scale < 1 else { return header.kind == .heic ? size : nil }
        return PictureSize(
            width: Int((Double(size.width) * scale).rounded()),
            height: Int((Double(size.height) * scale).rounded()))
    }
}

extension MediaKind {
    /// Whether JPEG, which has no transparency, could lose something.
    fileprivate var mayBeTransparent: Bool { [.png, .gif, .webp].contains(self) }
}
