import Glibc
import Media

/// The programs that can decode pictures, by where they lie. Nothing is run to find out.
struct PictureTools {
    /// Of libvips; takes the least memory.
    let vips: String?
    /// Takes more memory, and is the only one for films.
    let ffmpeg: String?

    /// Whether a picture may be made that stands in the place of an original for good. That takes somebody who converts
    /// colours: made without its profile, what a telephone took in Display P3 would be pale ever after.
    var canReplace: Bool { vips != nil }

    /// Looks in the folders of `PATH`.
    static func find() -> PictureTools {
        PictureTools(vips: path(of: "vipsthumbnail"), ffmpeg: path(of: "ffmpeg"))
    }

    private static func path(of name: String) -> String? {
        let folders = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
        return folders.split(separator: ":").map { "\($0)/\(name)" }
            .first { $0.hasPrefix("/") && access($0, X_OK) == 0 }
    }

    /// Whether there is any that reads files of this kind.
    func know(_ kind: MediaKind) -> Bool {
        switch kind.group {
        case .audio: false
        case .video: ffmpeg != nil
        case .picture: vips != nil || ffmpeg != nil && PictureTools.format(of: kind) != nil
        }
    }

    /// What to run, the program first; it reads the file from descriptor 0 and writes the picture to 1.
    func words(for wish: PictureWish) -> [String]? {
        guard know(wish.source) else { return nil }
        if wish.source.group == .picture, let vips { return [vips] + PictureTools.vipsWords(wish) }
        guard let ffmpeg, let format = PictureTools.format(of: wish.source) else { return nil }
        return [ffmpeg] + PictureTools.ffmpegWords(wish, format)
    }

    /// <https://www.libvips.org/API/current/using-vipsthumbnail.html>. It turns the picture as its Exif says,
    /// and converts it to the colours that are meant where none are named, as the profile is left out.
    private static func vipsWords(_ wish: PictureWish) -> [String] {
        let output =
            switch wish.form {
            case .jpeg: ".jpg[Q=\(wish.quality),strip,background=255]"
            case .png: ".png[strip]"
            case .pixels: ".ppm[background=255]"
            }
        return [
            "stdin", "--size", "\(wish.width)x\(wish.height)>", "--export-profile", "srgb", "--output",
            output,
        ]
    }

    /// <https://ffmpeg.org/ffmpeg.html>. The kind is given, so that nothing in the file can choose another reader, such
    /// as one of lists of addresses. The file is opened by name, because a pipe cannot go back for a film's index.
    private static func ffmpegWords(_ wish: PictureWish, _ format: String) -> [String] {
        // Pixels of a film need not be square; of pictures nobody shows them otherwise.
        let box =
            wish.source.group == .video
            ? "'max(1,min(min(\(wish.width),iw*sar),\(wish.height)*dar))':"
                + "'max(1,min(min(\(wish.height),ih),\(wish.width)/dar))':flags=area,setsar=1"
            : "'min(\(wish.width),iw)':'min(\(wish.height),ih)':force_original_aspect_ratio=decrease:flags=area"
        let encoder =
            switch wish.form {
            case .jpeg: ["-c:v", "mjpeg", "-q:v", "\(max(2, (100 - wish.quality) / 5))"]
            case .png: ["-c:v", "png"]
            case .pixels: ["-c:v", "ppm", "-pix_fmt", "rgb24"]
            }
        return [
            "-nostdin", "-v", "error", "-threads", "1", "-filter_threads", "1", "-protocol_whitelist", "file",
            "-f", format, "-i", "file:/proc/self/fd/0", "-frames:v", "1", "-an", "-sn", "-dn",
            "-map_metadata",
            "-1", "-vf", "scale=\(box)", "-threads", "1",
        ] + encoder + ["-f", "image2pipe", "pipe:1"]
    }

    /// What ffmpeg calls the kind; nil for HEIC, of which older versions show one tile.
    private static func format(of kind: MediaKind) -> String? {
        switch kind {
        case .jpeg: "jpeg_pipe"
        case .png: "png_pipe"
        case .webp: "webp_pipe"
        case .gif: "gif"
        case .avif, .mp4, .quickTime: "mov"
        case .webm: "matroska"
        default: nil
        }
    }
}
