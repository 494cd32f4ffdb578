import Basics
import Glibc
import Media
import Net

/// Has pictures made by another process, one at a time: a stranger's file is never decoded in the server.
///
/// With `islet-image.socket` systemd starts that process, with bounds of its own; elsewhere it is a child. In both cases
/// it is `islet image`, which is given the open file and one line over a unix socket and answers with the picture.
struct PictureMaker: Sendable {
    /// Where the socket of `islet-image.socket` is.
    static let socketPath = "/run/islet-image.socket"
    /// From the question to the end of the answer.
    private static let patience = Duration.seconds(10)
    /// Wishes that may wait, of as many uploads; what comes beyond has no preview. Apps send the four pictures of a post
    /// at once.
    private static let queue = 4

    /// Nil for a child of our own.
    let socket: String?
    private let knows: @Sendable (MediaKind) -> Bool
    private let worker = Worker(name: "pictures", threads: 1, limit: queue)

    /// - Returns: nil when nobody is to make pictures, or nobody could.
    init?(_ configuration: Configuration, tools: PictureTools = .find()) {
        let choice = configuration["media.helper"] ?? "auto"
        guard choice != "none", tools.vips != nil || tools.ffmpeg != nil else { return nil }
        if choice.hasPrefix("unix:") {
            socket = String(choice.dropFirst("unix:".count))
        } else {
            socket = access(PictureMaker.socketPath, F_OK) == 0 ? PictureMaker.socketPath : nil
        }
        let known = Set(MediaKind.allCases.filter { tools.know($0) })
        knows = { known.contains($0) }
    }

    var make: MakePicture {
        { [self] file, wish, receiver in
            guard knows(wish.source) else { return }
            do {
                try await worker.run { [socket] in PictureMaker.run(file, wish, receiver, socket) }
            } catch {
                // Too many wait: the file is shown without.
            }
        }
    }

    /// Waits for the other process, and for the disk.
    private static func run(_ path: String, _ wish: PictureWish, _ receiver: MadePicture, _ socket: String?) {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard file >= 0 else { return }
        defer { close(file) }
        if let socket {
            guard let connection = UnixConnection(path: socket) else { return }
            ask(wish, file, over: connection.socket, receiver)
        } else {
            guard let child = ChildProcess("/proc/self/exe", ["image"]) else { return }
            ask(wish, file, over: child.socket, receiver)
        }
    }

    private static func ask(_ wish: PictureWish, _ file: Int32, over socket: Int32, _ receiver: MadePicture) {
        guard PassedDescriptor.send(file, with: wish.line, over: socket) else { return }
        let deadline = MonotonicTime.after(patience)
        guard BlockingReader.read(socket, until: deadline, { receiver.take($0) }) else { return }
        receiver.finish()
    }
}
