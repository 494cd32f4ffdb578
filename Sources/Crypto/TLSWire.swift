internal import COpenSSL

/// The network as OpenSSL sees it: ciphertext that has come in, and ciphertext that has to go out.
///
/// A memory BIO would do, but it keeps its largest size for as long as the connection lives; these arrays are
/// given back as soon as they are drained, which is what makes an idle connection small.
final class TLSWire {
    private(set) var incoming: [UInt8] = []
    private var position = 0
    var outgoing: [UInt8] = []

    /// How much of the record that OpenSSL is reading it has taken: of its header of five bytes, of which the
    /// last two are the length of the rest (RFC 8446 §5.1), and then of that rest.
    private var headerCount = 0
    private var bodyLeft = 0

    var incomingCount: Int { incoming.count - position }

    /// Whether OpenSSL has taken whole records only, and so has nothing half-read in its buffers.
    var isBetweenRecords: Bool { headerCount == 0 }

    func receive(_ bytes: UnsafeRawBufferPointer) {
        guard !bytes.isEmpty else { return }
        if position > 0 {
            incoming.removeFirst(position)
            position = 0
        }
        incoming.append(contentsOf: bytes)
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(buffer.count, incomingCount)
        guard count > 0 else { return 0 }
        incoming.withUnsafeBytes { bytes in
            let part = UnsafeRawBufferPointer(rebasing: bytes[position..<position + count])
            buffer.copyMemory(from: part)
            follow(part)
        }
        position += count
        if position == incoming.count {
            incoming = []
            position = 0
        }
        return count
    }

    private func follow(_ bytes: UnsafeRawBufferPointer) {
        var index = 0
        while index < bytes.count {
            if headerCount < 5 {
                if headerCount >= 3 { bodyLeft = bodyLeft << 8 | Int(bytes[index]) }
                headerCount += 1
                index += 1
            } else {
                let count = min(bodyLeft, bytes.count - index)
                bodyLeft -= count
                index += count
            }
            if headerCount == 5, bodyLeft == 0 { headerCount = 0 }
        }
    }

    /// A BIO that reads from and writes to `self`, which must outlive it.
    func makeBIO() -> OpaquePointer? {
        guard let bio = BIO_new(TLSWireMethod.shared.method) else { return nil }
        BIO_set_data(bio, Unmanaged.passUnretained(self).toOpaque())
        return bio
    }
}

/// The functions of our BIO.
// Sendable although it holds a pointer: never changed after `init` and never freed.
private struct TLSWireMethod: @unchecked Sendable {
    let method: OpaquePointer

    static let shared = TLSWireMethod()

    private init() {
        guard let method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "islet wire") else {
            fatalError("No memory for a BIO method")
        }
        BIO_meth_set_create(method) { bio in
            BIO_set_init(bio, 1)
            return 1
        }
        BIO_meth_set_read_ex(method) { bio, bytes, size, count in
            guard let bio, let wire = TLSWireMethod.wire(of: bio), let bytes, let count else { return 0 }
            islet_bio_clear_retry(bio)
            count.pointee = wire.read(into: UnsafeMutableRawBufferPointer(start: bytes, count: size))
            if count.pointee > 0 { return 1 }
            islet_bio_set_retry_read(bio)
            return 0
        }
        BIO_meth_set_write_ex(method) { bio, bytes, size, count in
            guard let bio, let wire = TLSWireMethod.wire(of: bio), let bytes, let count else { return 0 }
            islet_bio_clear_retry(bio)
            wire.outgoing.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: size))
            count.pointee = size
            return 1
        }
        BIO_meth_set_ctrl(method) { _, command, _, _ in
            command == BIO_CTRL_FLUSH ? 1 : 0
        }
        self.method = method
    }

    private static func wire(of bio: OpaquePointer) -> TLSWire? {
        BIO_get_data(bio).map { Unmanaged<TLSWire>.fromOpaque($0).takeUnretainedValue() }
    }
}
