import CLinux
import Glibc

/// An open file that travels to another process with a line of text, over a connected unix socket. unix(7), SCM_RIGHTS
package enum PassedDescriptor {
    /// Bytes of the longest line, its end included.
    package static let longestLine = 256

    /// Sends the line and the file; the sender's own descriptor stays open.
    ///
    /// - Parameter line: ends in a line feed.
    /// - Returns: false when the other side is gone or does not take it.
    package static func send(_ descriptor: Int32, with line: String, over socket: Int32) -> Bool {
        let bytes = Array(line.utf8)
        guard !bytes.isEmpty, bytes.count <= longestLine else { return false }
        return islet_send_with_descriptor(socket, descriptor, bytes, UInt(bytes.count)) == bytes.count
    }

    /// Takes one line and the file that came with it, which the caller closes; nil when it is anything else.
    package static func receive(over socket: Int32) -> (line: String, descriptor: Int32)? {
        var bytes = [UInt8](repeating: 0, count: longestLine)
        var descriptor: Int32 = -1
        let count = islet_receive_with_descriptor(socket, &descriptor, &bytes, UInt(bytes.count))
        guard count > 0, descriptor >= 0, bytes[count - 1] == 10 else {
            if descriptor >= 0 { close(descriptor) }
            return nil
        }
        return (String(decoding: bytes[..<(count - 1)], as: UTF8.self), descriptor)
    }
}
