import ActivityPub
import HTTP
import Testing

/// Headers with a byte flipped, cut off or doubled must be refused or read, and nothing else.
struct HeaderMutationTests {
    /// Every change of one place, some of them chosen by a fixed sequence of numbers.
    private func mutations(of text: String) -> [String] {
        let bytes = Array(text.utf8)
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        func next() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state
        }
        var changed: [[UInt8]] = []
        for index in bytes.indices {
            changed.append(Array(bytes[..<index]))
            changed.append(Array(bytes[index...]))
            for mask in [UInt8(1), 0x80, UInt8(truncatingIfNeeded: next() | 1)] {
                var flipped = bytes
                flipped[index] ^= mask
                changed.append(flipped)
            }
            let special = Array("\"\\(),;=:? \t0-".utf8)
            var inserted = bytes
            inserted.insert(special[Int(next() % UInt64(special.count))], at: index)
            changed.append(inserted)
            let other = Int(next() % UInt64(bytes.count))
            changed.append(Array(bytes[..<index] + bytes[other...]))
        }
        return changed.map { String(decoding: $0, as: UTF8.self) }
    }

    /// How many of the changed requests still pass the checks that need no key.
    private func passing(_ request: SignedRequest, _ field: String) -> (passed: Int, of: Int) {
        let all = mutations(of: request.fields[field] ?? "")
        let passed = all.filter { text in
            var request = request
            request.fields[field] = text
            do throws(SignatureFault) {
                _ = try SignatureVerifier(request, now: TestSender.now)
                return true
            } catch {
                return false
            }
        }
        return (passed.count, all.count)
    }

    @Test func `a damaged header is refused, mostly before the key is asked for`() throws {
        let message = try MessageSender(more: #";alg="ed25519";expires=1618889999;tag="a\"b""#).request()
        let older = try TestSender().request()
        for (request, field, most) in [
            (message, "Signature-Input", 0.6), (message, "Signature", 0.8), (message, "Content-Digest", 0.3),
            (older, "Signature", 0.9), (older, "Digest", 0.3),
        ] {
            let (passed, count) = passing(request, field)
            #expect(count > 300)
            #expect(Double(passed) < Double(count) * most, "\(field): \(passed) of \(count)")
        }
    }

    @Test func `a damaged synchronization header is refused or read`() {
        let header = CollectionSynchronization(
            collectionID: "https://a.example/followers", url: "https://a.example/sync",
            digest: CollectionSynchronization.digest(of: ["x"])
        ).header
        let read = mutations(of: header).filter { CollectionSynchronization($0) != nil }
        #expect(read.count < mutations(of: header).count / 2)
        #expect(CollectionSynchronization(header) != nil)
    }
}
