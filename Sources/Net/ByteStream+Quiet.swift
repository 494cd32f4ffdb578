import Crypto
import Glibc

extension ByteStream {
    /// Whether an idle connection may be used again: nothing has come but TLS's own messages, and no end.
    func isQuiet() -> Bool {
        while isOpen {
            let count = recv(
                descriptor.fd, ByteStream.scratch.baseAddress, ByteStream.chunk, Int32(MSG_DONTWAIT))
            if count < 0 { return errno == EAGAIN }
            guard count > 0, let tls else { return false }
            // TLS 1.3 servers send tickets after the handshake; those are no response.
            tls.receive(UnsafeRawBufferPointer(rebasing: ByteStream.scratch[..<count]))
            var plain: [UInt8] = []
            guard let outcome = try? tls.read(into: &plain, max: 1), outcome == .needsInput else {
                return false
            }
        }
        return false
    }
}
