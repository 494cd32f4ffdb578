import Glibc

@testable import Media

/// A nameless file for as long as a test works on it.
enum Scratch {
    /// What the file is after it was stripped, and what it said.
    static func strip(_ bytes: [UInt8], _ kind: MediaKind) throws -> (bytes: [UInt8], header: MediaHeader) {
        guard let stream = tmpfile() else { preconditionFailure("There is no temporary folder.") }
        defer { fclose(stream) }
        let descriptor = fileno(stream)
        precondition(write(descriptor, bytes, bytes.count) == bytes.count)
        let file = try EditableFile(descriptor: descriptor)
        let header = try FileStripper.strip(file, kind: kind)
        return (try file.read(bytes.count, at: 0), header)
    }

    /// Cuts the file at every byte and damages every byte in many ways. Nothing may trap, and what is taken may not hold
    /// the secret.
    ///
    /// - Returns: in how many of the cases it was taken, and how many there were.
    static func damage(
        _ bytes: [UInt8], secret: [UInt8], strip: ([UInt8]) throws -> [UInt8]
    ) -> (taken: Int, leaks: [Int], cases: Int) {
        var taken = 0
        var leaks: [Int] = []
        var cases = 0
        func attempt(_ damaged: [UInt8], _ place: Int) {
            cases += 1
            // Refusing is right.
            guard let result = try? strip(damaged) else { return }
            taken += 1
            if contains(result, secret) { leaks.append(place) }
        }
        for place in bytes.indices {
            attempt(Array(bytes[..<place]), place)
            for change: UInt8 in [0x01, 0x02, 0x04, 0x10, 0x20, 0x80, 0xFF] {
                var damaged = bytes
                damaged[place] ^= change
                attempt(damaged, place)
            }
            var damaged = bytes
            damaged[place] = 0
            attempt(damaged, place)
        }
        return (taken, leaks, cases)
    }

    static func contains(_ bytes: [UInt8], _ part: [UInt8]) -> Bool {
        guard let first = part.first, bytes.count >= part.count else { return false }
        for start in 0...bytes.count - part.count where bytes[start] == first {
            if bytes[start..<start + part.count].elementsEqual(part) { return true }
        }
        return false
    }
}
