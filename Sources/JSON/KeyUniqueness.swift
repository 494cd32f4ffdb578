/// Refuses objects that name a key twice, of which each reader might take another (RFC 8259 §4).
///
/// Small objects are compared pair by pair, most pairs being told apart by a few bits. The keys of big ones
/// are sorted: no choice of keys makes that slow, as colliding hashes would.
enum KeyUniqueness {
    private static let mostPairwise = 64

    static func check(object: Int, nodes: [Node], bytes: [UInt8]) throws(JSONError) {
        let count = nodes[object].count
        guard count > 1 else { return }
        guard count <= mostPairwise else {
            return try checkSorted(object: object, nodes: nodes, bytes: bytes)
        }
        var seen: UInt64 = 0
        var key = object + 1
        let end = nodes[object].next
        while key < end {
            let node = nodes[key]
            // Escapes may spell the same key in other bytes.
            if node.hasEscapes { return try checkSorted(object: object, nodes: nodes, bytes: bytes) }
            let bit: UInt64 = 1 << signature(node, bytes)
            if seen & bit != 0 {
                try compare(key: key, withThoseAfter: object, nodes: nodes, bytes: bytes)
            }
            seen |= bit
            key = nodes[key + 1].next
        }
    }

    /// Six bits, the same for the same key.
    private static func signature(_ key: Node, _ bytes: [UInt8]) -> UInt64 {
        let length = key.end - key.start
        guard length > 0 else { return 0 }
        let middle = bytes[key.start + length / 2]
        let mixed = UInt64(bytes[key.start]) &* 5 &+ UInt64(middle) &* 3 &+ UInt64(bytes[key.end - 1])
        return (mixed &+ UInt64(length)) & 63
    }

    private static func compare(
        key: Int, withThoseAfter object: Int, nodes: [Node], bytes: [UInt8]
    ) throws(JSONError) {
        let mine = nodes[key]
        var earlier = object + 1
        while earlier < key {
            let other = nodes[earlier]
            if other.end - other.start == mine.end - mine.start,
                bytes[other.start..<other.end].elementsEqual(bytes[mine.start..<mine.end])
            {
                throw .duplicateKey(at: mine.start - 1)
            }
            earlier = nodes[earlier + 1].next
        }
    }

    private static func checkSorted(object: Int, nodes: [Node], bytes: [UInt8]) throws(JSONError) {
        var keys: [(text: ArraySlice<UInt8>, start: Int)] = []
        keys.reserveCapacity(nodes[object].count)
        var key = object + 1
        while key < nodes[object].next {
            let node = nodes[key]
            let raw = bytes[node.start..<node.end]
            keys.append((node.hasEscapes ? unescaped(raw)[...] : raw, node.start))
            key = nodes[key + 1].next
        }
        keys.sort { one, other in
            if one.text.count != other.text.count { return one.text.count < other.text.count }
            return one.text.lexicographicallyPrecedes(other.text)
        }
        for (one, other) in zip(keys, keys.dropFirst()) where one.text.elementsEqual(other.text) {
            throw .duplicateKey(at: max(one.start, other.start) - 1)
        }
    }
}
