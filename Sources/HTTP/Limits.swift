/// Every limit of the program's HTTP, with its unit and the reason for the number.
///
/// Sizes are in bytes unless the name says otherwise.
package struct Limits: Sendable {
    // What a request may be.
    /// Longest request line, CRLF included. RFC 9112 section 3 recommends at least 8000.
    package var requestLine = 8_192
    /// Longest head: request line, fields and the empty line. Signed requests stay below 4 KiB.
    package var head = 32_768
    /// Most field lines in a head, and in a trailer.
    package var headerCount = 100
    /// Longest body of an ordinary route.
    package var bodyDefault = 1 << 20
    /// Longest activity. Mastodon refuses more than 1 MB as well.
    package var bodyInbox = 1 << 20
    /// Longest line that announces a chunk, extensions included. RFC 9112 section 7.1.1 wants a bound.
    package var chunkLine = 1_024
    /// Most bytes of chunk extensions in a whole body. Nobody is known to use any.
    package var chunkExtensions = 8_192
    /// Longest trailer section after the last chunk.
    package var trailer = 8_192
    /// Longest URL we follow or keep.
    package var url = 8_192
    /// Most pairs of a form or query.
    package var formPairs = 1_000
    /// Deepest name in a form, as in `a[b][c]`, which is three.
    package var formDepth = 8
    /// Most parts of a multipart body.
    package var multipartParts = 128
    /// Longest header section of one part.
    package var multipartHead = 8_192
    /// Longest text field of a multipart form that is kept in memory.
    package var multipartField = 1 << 20

    // How long a peer may take. All on the monotonic clock.
    /// From the first byte of the head to its empty line.
    package var headTimeout: Duration = .seconds(10)
    /// For the whole of a body that is gathered before the handler runs.
    package var bodyTimeout: Duration = .seconds(30)
    /// Between two pieces of a body.
    package var bodyIdle: Duration = .seconds(10)
    /// How long a body that is not gathered may be waited for before its rate counts.
    package var bodyRateFrom: Duration = .seconds(60)
    /// Fewest bytes a second of such a body, on average. A picture from a bad mobile network comes ten times as fast.
    package var bodyRate = 1_024
    /// From a new connection to its first byte. Browsers connect in advance.
    package var newConnectionIdle: Duration = .seconds(30)
    /// Between two requests on a connection. An app asks again about once a minute.
    package var keepAliveIdle: Duration = .seconds(65)
    /// While the peer takes nothing of what we write.
    package var writeIdle: Duration = .seconds(20)
    /// Bytes that the kernel takes for a WebSocket or a response that is made as it goes before they are sent.
    package var unsent = 128 << 10
    /// For taking the rest of a response of unknown length when the server stops.
    package var streamEnd: Duration = .seconds(5)
    /// For reading what a refused peer still sends, so that it gets to see the refusal.
    package var lingering: Duration = .seconds(2)

    // How many at once.
    /// Connections in all; beyond it new ones wait in the kernel.
    package var connections = 512
    /// Connections of one client address. A household's browsers and apps stay below it.
    package var connectionsPerAddress = 64
    /// Bytes of gathered bodies in memory at once; beyond it a request is asked to come again.
    package var gatheredBodies = 8 << 20
    /// Requests served on one connection before it is closed.
    package var requestsPerConnection = 1_000

    // What we ask of others. Mastodon waits as long: 5 s to connect, 10 s to read, 30 s in all.
    /// To resolve a name, or to connect, or to agree on TLS: each.
    package var connect: Duration = .seconds(5)
    /// From the end of the request to the first byte of the response.
    package var firstByte: Duration = .seconds(10)
    /// A whole exchange, redirects included.
    package var exchange: Duration = .seconds(30)
    /// Longest head of a response.
    package var responseHeadBytes = 32_768
    /// Longest document we read from another server. Mastodon's limit too.
    package var documentBytes = 1 << 20
    /// Most redirects of one GET. Mastodon follows 3.
    package var redirects = 3
    /// Most interim (1xx) responses before the real one.
    package var interimResponses = 8
    /// Idle connections kept for one host.
    package var idlePerHost = 2
    /// Idle connections kept in all; with TLS each takes some 60 KB.
    package var idleInAll = 24
    /// How long an idle connection is kept. Many servers close theirs after 15 to 20 s.
    package var idleFor: Duration = .seconds(15)
    /// Exchanges at once in all; beyond it a request is refused as overloaded.
    package var outboundInAll = 128
    /// Answers at once whose bodies are pulled, beside those; beyond it a request is refused as overloaded, so that films
    /// never take the room of deliveries.
    package var outboundStreams = 32
    /// Between two pieces of a body that is pulled.
    package var pieceIdle: Duration = .seconds(10)
    /// How long such a body may be waited for before its rate counts.
    package var pulledRateFrom: Duration = .seconds(30)
    /// Fewest bytes a second of such a body, on average over the time in which we wait for it. A slow line at somebody's
    /// home sends fifty times as fast.
    package var pulledRate = 1_024
    /// How long a reader may leave such a body before it is given up: a film that is paused is asked for again.
    package var unpulled: Duration = .seconds(120)
    /// Threads that resolve names.
    package var resolverThreads = 4
    /// Names waiting to be resolved; beyond it a request is refused as overloaded.
    package var resolverQueue = 512
    /// Names whose addresses are remembered.
    package var addressCacheEntries = 512
    /// How long they are remembered.
    package var addressCacheFor: Duration = .seconds(60)
    /// How long it is remembered that a name could not be resolved.
    package var failedNameFor: Duration = .seconds(20)

    // WebSocket. Apps send subscriptions of a few hundred bytes.
    /// Longest message from a client, all its fragments together; beyond it the close code is 1009.
    package var webSocketMessage = 65_536
    /// Longest queue of frames waiting for a slow client; beyond it the connection is closed with 1013. A minute of
    /// what an app hears on a busy day.
    package var webSocketQueue = 256 << 10
    /// Between two pings of ours; who has not answered one by the next is dropped.
    package var webSocketPing: Duration = .seconds(30)
    /// For sending what is queued and our close frame, and then for the peer's.
    package var webSocketClose: Duration = .seconds(5)

    package init() {}

    package static let standard = Limits()
}
