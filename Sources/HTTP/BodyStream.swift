/// A body that arrives in pieces: the one place where chunks are pulled.
package struct BodyStream: Sendable {
    private let pull: @Sendable () async throws -> [UInt8]?

    /// - Parameter next: gives the next piece, then nil for ever. It is called by one task at a time. One that waits
    ///   long must end when its task is cancelled: nobody is left to take the piece.
    package init(_ next: @escaping @Sendable () async throws -> [UInt8]?) {
        pull = next
    }

    /// The next piece, never empty for long; nil after the last.
    package func next() async throws -> [UInt8]? {
        try await pull()
    }

    /// A stream of pieces that are here already.
    package static func of(_ chunks: [[UInt8]]) -> BodyStream {
        let rest = Remaining(chunks)
        return BodyStream { await rest.next() }
    }

    private actor Remaining {
        var chunks: ArraySlice<[UInt8]>

        init(_ chunks: [[UInt8]]) {
            self.chunks = chunks[...]
        }

        func next() -> [UInt8]? {
            chunks.popFirst()
        }
    }
}
