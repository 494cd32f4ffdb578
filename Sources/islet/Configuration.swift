import HTTP
import Net

/// What the owner can decide: `islet.conf` in the data folder, `key = value` lines with `#` comments.
struct Configuration {
    struct Key: Sendable {
        let name: String
        /// As `islet help config` shows it.
        let standard: String
        let meaning: String
        /// Whether a change needs a restart rather than SIGHUP.
        let needsRestart: Bool
        /// What is wrong with a value, or nil.
        let problem: @Sendable (String) -> String?
    }

    static let keys: [Key] = [
        Key(
            name: "listen", standard: "127.0.0.1:8080",
            meaning: "where to listen: ADDR:PORT or unix:PATH, several with blanks between",
            needsRestart: true
        ) { value in
            let bad = value.split(separator: " ").first { SocketAddress(String($0)) == nil }
            return bad.map { "«\($0)» is neither ADDR:PORT nor unix:PATH" }
        },
        Key(
            name: "url", standard: "as given to init", meaning: "the public origin, https://HOST",
            needsRestart: true
        ) {
            WebURL($0)?.path == "/" ? nil : "it must be an origin such as https://social.example"
        },
        Key(
            name: "federation.private-addresses", standard: "refuse",
            meaning: "allow: may talk to loopback and private networks (tests, home labs)",
            needsRestart: false,
            problem: choice("refuse", "allow")),
        Key(
            name: "federation.plain-http", standard: "refuse",
            meaning: "allow: may fetch and deliver by http: (tests, onion services)", needsRestart: false,
            problem: choice("refuse", "allow")),
        Key(
            name: "federation.authorized-fetch", standard: "off",
            meaning: "on: posts and lists are given only to servers that sign and are not blocked",
            needsRestart: true,
            problem: choice("off", "on")),
        Key(
            name: "tls.trust", standard: "the system's store",
            meaning: "a PEM file of additional roots, for asking other servers", needsRestart: true,
            problem: { _ in nil }),
        Key(
            name: "tls.certificate", standard: "none",
            meaning: "a PEM file with the certificate chain; with tls.key, internet sockets speak TLS",
            needsRestart: false, problem: { _ in nil }),
        Key(
            name: "tls.key", standard: "none", meaning: "the PEM file of its private key",
            needsRestart: false,
            problem: { _ in nil }),
        Key(
            name: "proxy.trusted", standard: "127.0.0.0/8, ::1",
            meaning: "whose X-Forwarded-For and X-Forwarded-Proto are believed", needsRestart: true
        ) {
            TrustedProxies($0) == nil ? "it must be networks such as 10.0.0.0/8, ::1" : nil
        },
        Key(
            name: "media.cache", standard: "256M",
            meaning: "bytes of others' files that are kept after somebody looked; 0: none is",
            needsRestart: true, problem: Configuration.sizeProblem),
        Key(
            name: "media.reserve", standard: "512M",
            meaning: "bytes of the disk that others' files leave free", needsRestart: true,
            problem: Configuration.sizeProblem),
        Key(
            name: "media.uplink", standard: "0",
            meaning: "bytes a second that files may take of the uplink, together; 0: all", needsRestart: true,
            problem: Configuration.sizeProblem),
        Key(
            name: "media.image-limit", standard: "16M", meaning: "bytes of a picture that is uploaded",
            needsRestart: true, problem: Configuration.sizeProblem),
        Key(
            name: "media.video-limit", standard: "99M",
            meaning: "bytes of a film or recording that is uploaded", needsRestart: true,
            problem: Configuration.sizeProblem),
        Key(
            name: "media.helper", standard: "auto",
            meaning: "who makes small pictures: auto (islet-image.socket, else a child), unix:PATH or none",
            needsRestart: true
        ) { value in
            if value.hasPrefix("unix:/") { return nil }
            return choice("auto", "none")(value).map { "\($0), or unix: and a path" }
        },
        Key(
            name: "log.level", standard: "info", meaning: "error, warning, notice, info or debug",
            needsRestart: true,
            problem: choice("error", "warning", "notice", "info", "debug")),
    ]

    private var values: [String: String] = [:]

    subscript(name: String) -> String? { values[name] }

    func allows(_ name: String) -> Bool { values[name] == "allow" }

    /// Reads the lines of a file.
    mutating func read(_ text: String, from file: String) throws {
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = Configuration.trimmed(line)
            guard !line.isEmpty, !line.hasPrefix("#") else { continue }
            do {
                try set(line)
            } catch let failure as Failure {
                throw Failure(.configuration, "\(file), line \(index + 1): \(failure.message)")
            }
        }
    }

    /// Takes one `key = value`.
    mutating func set(_ assignment: String) throws {
        let parts = assignment.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { throw Failure(.configuration, "«\(assignment)» is not key = value.") }
        let name = Configuration.trimmed(parts[0])
        let value = Configuration.trimmed(parts[1])
        guard let key = Configuration.keys.first(where: { $0.name == name }) else {
            throw Failure(.configuration, "There is no key «\(name)»; «islet help config» lists them.")
        }
        if let problem = key.problem(value) {
            throw Failure(.configuration, "\(name) = «\(value)»: \(problem).")
        }
        values[name] = value
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        var rest = Substring(text)
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }

    /// A number of bytes, with K, M or G behind it for powers of 1,024; nil when it is none below 2^53.
    static func size(_ text: String) -> Int? {
        let units: [Character: Int] = ["K": 1 << 10, "M": 1 << 20, "G": 1 << 30]
        let unit = text.last.flatMap { units[$0] }
        let digits = unit == nil ? text[...] : text.dropLast()
        guard !digits.isEmpty, digits.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), let number = Int(digits),
            number < (1 << 53) / (unit ?? 1)
        else { return nil }
        return number * (unit ?? 1)
    }

    /// The size that a key has, its standard if the owner did not decide.
    func size(of name: String) -> Int {
        let standard = Configuration.keys.first { $0.name == name }?.standard
        return (values[name] ?? standard).flatMap { Configuration.size($0) } ?? 0
    }

    private static let sizeProblem: @Sendable (String) -> String? = { value in
        size(value) == nil ? "it must be a number of bytes such as 300K, 64M or 2G" : nil
    }

    private static func choice(_ words: String...) -> @Sendable (String) -> String? {
        { words.contains($0) ? nil : "it must be \(words.joined(separator: " or "))" }
    }
}
