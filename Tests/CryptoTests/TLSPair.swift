import Crypto

/// A client and a server whose wire is this struct.
struct TLSPair {
    let client: TLSSession
    let server: TLSSession

    init(client: TLSSession, server: TLSSession) {
        self.client = client
        self.server = server
    }

    /// A client that trusts the root of the fixtures, and a server that shows the certificate of this name.
    init(
        host: String = "pond.example", certificate: String = "pond", root: String = "root",
        resuming: TLSTicket? = nil
    ) throws {
        let server = try TLSContext.server(
            certificatePEMFile: fixturePath("\(certificate).pem"),
            keyPEMFile: fixturePath("\(certificate).key"))
        let client = try TLSContext.client(roots: .systemAnd(pemFile: fixturePath("\(root).pem")))
        self.client = try TLSSession(client: client, host: host, resuming: resuming)
        self.server = TLSSession(server: server)
    }

    /// Carries what each side has to say to the other.
    func carry() {
        hand(client.takeOutgoing(), to: server)
        hand(server.takeOutgoing(), to: client)
    }

    private func hand(_ bytes: [UInt8], to session: TLSSession) {
        bytes.withUnsafeBytes { session.receive($0) }
    }

    /// Shakes hands until both sides are done; the client's complaint comes first.
    func shakeHands() throws(TLSError) {
        for _ in 0..<10 {
            let isClientDone = try client.handshake()
            carry()
            let isServerDone = try server.handshake()
            carry()
            if isClientDone, isServerDone { return }
        }
        throw .protocolError("the handshake does not end")
    }
}

extension TLSSession {
    func write(_ text: String) throws(TLSError) {
        try write(Array(text.utf8))
    }

    func write(_ bytes: [UInt8]) throws(TLSError) {
        var result: Result<Void, TLSError> = .success(())
        bytes.withUnsafeBytes { plain in
            result = Result { () throws(TLSError) in try write(plain) }
        }
        try result.get()
    }

    /// All that can be read now, and why there is no more.
    func readAll() throws(TLSError) -> (bytes: [UInt8], end: ReadOutcome) {
        var bytes: [UInt8] = []
        while true {
            let outcome = try read(into: &bytes, max: 65_536)
            guard case .bytes = outcome else { return (bytes, outcome) }
        }
    }
}
