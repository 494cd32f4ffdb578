/// Cuts bytes into lines that end in CR LF, wherever the pieces are cut.
///
/// A bare LF is no end of line here: what one reader takes for an end and another does not is how requests
/// are smuggled (RFC 9112 section 2.2 leaves the choice).
struct LineReader: Sendable {
    enum Fault: Error {
        case tooLong
        /// An LF without its CR.
        case bareLineFeed
    }

    private var partial: [UInt8] = []

    /// Bytes of a line whose end has not come.
    var pending: Int { partial.count }

    /// Takes the next line off the front and returns it without its end; nil if the end has not come yet,
    /// with all bytes taken.
    ///
    /// - Parameter limit: most bytes of the line, CR LF included.
    mutating func next(in bytes: inout ArraySlice<UInt8>, limit: Int) throws(Fault) -> ArraySlice<UInt8>? {
        guard let end = bytes.firstIndex(of: ASCII.lineFeed) else {
            guard partial.count + bytes.count < limit else { throw .tooLong }
            partial += bytes
            bytes = bytes[bytes.endIndex...]
            return nil
        }
        var line = bytes[...end]
        bytes = bytes[(end + 1)...]
        if !partial.isEmpty {
            partial += line
            line = partial[...]
            partial = []
        }
        guard line.count <= limit else { throw .tooLong }
        guard line.dropLast().last == ASCII.carriageReturn else { throw .bareLineFeed }
        return line.dropLast(2)
    }
}
