import Foundation

/// The path of a database that is removed with its log when the test lets go of it.
final class TemporaryFile {
    let path = FileManager.default.temporaryDirectory.appending(path: "islet-\(UUID().uuidString).db").path()

    deinit {
        for suffix in ["", "-wal", "-shm", "-journal"] {
            // Not every file was made.
            try? FileManager.default.removeItem(atPath: path + suffix)
        }
    }
}
