import Glibc

/// The folder where files lie.
enum MediaFolder {
    /// Calls back for every entry. The names are gathered first, so that the callback may remove files.
    static func forEachName(in folder: String, _ body: (String) -> Void) throws(MediaFolderError) {
        var names: [String] = []
        try visit(folder) { names.append($0) }
        names.forEach(body)
    }

    /// Calls back for every entry while the folder is read; one that is removed then is not seen twice.
    static func visit(_ folder: String, _ body: (String) -> Void) throws(MediaFolderError) {
        guard let directory = opendir(folder) else { throw MediaFolderError(path: folder) }
        defer { closedir(directory) }
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            body(name)
        }
    }
}

/// The media folder cannot be made or read.
package struct MediaFolderError: Error, CustomStringConvertible {
    package let path: String
    private let reason: String

    /// Takes the reason from `errno`.
    init(path: String) {
        reason = String(cString: strerror(errno))
        self.path = path
    }

    package var description: String { "The media folder \(path) cannot be used: \(reason)" }
}
