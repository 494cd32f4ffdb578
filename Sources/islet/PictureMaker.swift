import Basics
import Glibc
import Media
import Net
import Synchronization

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
    /// Whether what is made may stand in the place of an original.
    private let replaces: Bool
    private let rest = Rest()
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
        replaces = tools.canReplace
        let known = Set(MediaKind.allCases.filter { tools.know($0) })
        knows = { known.contains($0) }
    }

    func previews(in folder: String, digest: @escaping @Sendable () -> StreamingDigest) -> Previews {
        Previews(folder: folder, make: make, replaces: replaces, digest: digest)
    }

    private var make: MakePicture {
        { [self] file, wish, receiver, until in
            guard knows(wish.source), !rest.isOn else { return }
            do {
                try await worker.run { [self] in
                    let left = until - ContinuousClock.now
                    guard left > .zero, !rest.isOn else { return }
                    let hung = PictureMaker.run(
                        file, wish, receiver, socket,
                        until: MonotonicTime.after(min(left, PictureMaker.patience)))
                    if hung, left >= PictureMaker.patience { rest.begin() }
                }
            } catch {
                // Too many wait: the file is shown without.
            }
        }
    }

    /// After somebody hung, nobody is asked for a while: uploads would wait for nothing, one behind the other.
    private final class Rest: Sendable {
        private static let length = Duration.seconds(60)
        private let end = Mutex<MonotonicTime?>(nil)

        var isOn: Bool { end.withLock { end in end.map { MonotonicTime.now() < $0 } ?? false } }

        func begin() {
            end.withLock { $0 = MonotonicTime.after(Rest.length) }
        }
    }

    /// Waits for the other process, and for the disk.
    ///
    /// - Returns: whether it took all the time.
    private static func run(
        _ path: String, _ wish: PictureWish, _ receiver: MadePicture, _ socket: String?,
        until deadline: MonotonicTime
    ) -> Bool {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard file >= 0 else { return false }
        defer { close(file) }
        if let socket {
            guard let connection = UnixConnection(path: socket) else { return false }
            return ask(wish, file, over: connection.socket, receiver, until: deadline)
        } else {
            guard let child = ChildProcess("/proc/self/exe", ["image"]) else { return false }
            return ask(wish, file, over: child.socket, receiver, until: deadline)
        }
    }

    private static func ask(
        _ wish: PictureWish, _ file: Int32, over socket: Int32, _ receiver: MadePicture,
        until deadline: MonotonicTime
    ) -> Bool {
        guard PassedDescriptor.send(file, with: wish.line, over: socket) else { return false }
        guard BlockingReader.read(socket, until: deadline, { receiver.take($0) }) else {
            return MonotonicTime.now() >= deadline
        }
        receiver.finish()
        return false
    }
}
