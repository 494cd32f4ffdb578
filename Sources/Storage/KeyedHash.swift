import SQLite

/// Sixty-four bits of an address for tables that do not keep the address itself: `SipHash` with a key that only this
/// instance has, so that nobody can make up an address that passes for another.
enum KeyedHash {
    static func key(in snapshot: Snapshot) throws -> SipHash.Key {
        guard let text = try Settings.text(.hashKey, in: snapshot), text.utf8.count == 32,
            let high = UInt64(text.prefix(16), radix: 16), let low = UInt64(text.suffix(16), radix: 16)
        else { throw StoreError.damaged("the setting hashKey is missing") }
        return SipHash.Key(low: low, high: high)
    }
}
