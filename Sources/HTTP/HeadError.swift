/// What is wrong with the head of a message; the connection cannot be used after it.
package enum HeadError: Error, Hashable, Sendable {
    case requestLineTooLong(limit: Int)
    case headTooLong(limit: Int)
    case tooManyFields(limit: Int)
    /// Not three parts with single spaces between them, or a method that is not a token.
    case malformedRequestLine
    /// Not `HTTP/1.x 200 words`.
    case malformedStatusLine
    /// Broken percent-encoding, a NUL, dot segments, or a form of target we do not serve.
    case malformedTarget
    /// A major version other than 1.
    case unsupportedVersion
    /// No colon, or a name that is not a token, such as one with a space before the colon.
    case malformedField
    /// A value that goes on in the next line, RFC 9112 section 5.2.
    case foldedField
    /// A CR, LF or NUL where none may be, or another control character, RFC 9110 section 5.5.
    case invalidByte
    case missingHost
    case repeatedHost
    case malformedHost
    /// A length that is not one number, RFC 9112 section 6.3.
    case badContentLength
    /// Content-Length beside Transfer-Encoding, or Transfer-Encoding in HTTP/1.0: an attempt to be read two
    /// ways.
    case ambiguousFraming
    /// A coding other than exactly `chunked`.
    case unsupportedTransferCoding
    /// An Expect other than `100-continue`.
    case unsupportedExpectation
    /// More interim responses than anybody needs.
    case tooManyInterimResponses(limit: Int)

    /// What to answer before closing the connection.
    package var status: Status {
        switch self {
        case .requestLineTooLong: .uriTooLong
        case .headTooLong, .tooManyFields: .headersTooLarge
        case .unsupportedVersion: .versionNotSupported
        case .unsupportedTransferCoding: .notImplemented
        case .unsupportedExpectation: .expectationFailed
        default: .badRequest
        }
    }
}
