import Glibc
import Storage

/// The folder that holds everything: entered, so that the paths inside it are short and relative.
enum DataFolder {
    static let database = "islet.db"
    static let media = "media"
    static let cache = "cache"
    static let control = "control"
    static let configuration = "islet.conf"

    /// Makes the folder the current one, as its owner: started by root, the program becomes whoever owns it.
    static func enter(_ path: String) throws {
        var info = stat()
        guard stat(path, &info) == 0 else {
            throw Failure(.unavailable, "The data folder \(path) is not there; «islet init» makes one.")
        }
        if geteuid() == 0 && info.st_uid != 0 {
            guard setgroups(0, nil) == 0, setgid(info.st_gid) == 0, setuid(info.st_uid) == 0 else {
                throw Failure(.notAllowed, "The program cannot become the owner of \(path): \(reason()).")
            }
        }
        guard chdir(path) == 0, access(".", R_OK | W_OK | X_OK) == 0 else {
            throw Failure(.notAllowed, "The data folder \(path) cannot be entered: \(reason()).")
        }
    }

    /// Makes the folder, which may exist as long as it is empty, and enters it.
    static func create(_ path: String) throws {
        if mkdir(path, 0o700) != 0 && errno != EEXIST {
            throw Failure(.cannotCreate, "The data folder \(path) cannot be made: \(reason()).")
        }
        try enter(path)
        guard access(database, F_OK) != 0 else {
            throw Failure(.cannotCreate, "There is an account in \(path) already; nothing was changed.")
        }
        chmod(".", 0o700)
        if mkdir(media, 0o700) != 0 && errno != EEXIST {
            throw Failure(.cannotCreate, "The folder \(path)/\(media) cannot be made: \(reason()).")
        }
    }

    /// Writes a new file that only its owner can read.
    static func write(_ text: String, to path: String) throws {
        let fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard fd >= 0 else {
            if errno == EEXIST { return }
            throw Failure(.cannotCreate, "\(path) cannot be made: \(reason()).")
        }
        defer { close(fd) }
        let bytes = Array(text.utf8)
        guard Glibc.write(fd, bytes, bytes.count) == bytes.count, fsync(fd) == 0 else {
            throw Failure(.inputOutput, "\(path) cannot be written: \(reason()).")
        }
    }

    /// Opens the database of the current folder.
    static func openStore(creating: Bool = false) throws -> Store {
        guard creating || access(database, F_OK) == 0 else {
            throw Failure(.unavailable, "There is no account here; «islet init» makes one.")
        }
        do {
            return try Store(path: database)
        } catch .newer(let found, let known) {
            throw Failure(
                .badData,
                "The database was written by a newer Islet (schema \(found), this one knows \(known)). Install that one."
            )
        } catch .damaged(let reason) {
            throw Failure(.badData, "The database is damaged: \(reason). Restore it from a backup.")
        } catch .outOfSpace(let reason) {
            throw Failure(.inputOutput, "The database cannot be opened for writing: \(reason).")
        } catch {
            throw Failure(.inputOutput, "The database cannot be opened: \(error).")
        }
    }

    /// Keeps a second server from this folder for as long as the process lives.
    static func lock() throws {
        let fd = open("lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard fd >= 0 else { throw Failure(.inputOutput, "The data folder cannot be locked: \(reason()).") }
        guard flock(fd, LOCK_EX | LOCK_NB) == 0 else {
            throw Failure(.tryLater, "A server runs on this data folder already.")
        }
    }

    /// The text of a file; nil when it is not there.
    static func text(of path: String) throws -> String? {
        let fd = open(path, O_RDONLY | O_CLOEXEC)
        guard fd >= 0 else {
            if errno == ENOENT { return nil }
            throw Failure(.inputOutput, "\(path) cannot be read: \(reason()).")
        }
        defer { close(fd) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while bytes.count < 1 << 20 {
            let count = read(fd, &buffer, buffer.count)
            guard count >= 0 else { throw Failure(.inputOutput, "\(path) cannot be read: \(reason()).") }
            if count == 0 { break }
            bytes += buffer[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    static func reason() -> String { String(cString: strerror(errno)) }
}
