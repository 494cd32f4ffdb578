import Basics
import Crypto
import Glibc
import HTTP
import Net
import Storage

struct ServeCommand: Command {
    static let name = "serve"
    static let summary = "runs the server"
    static let help = """
        islet serve --data DIR
          --listen ADDR:PORT       where to listen, repeatable; also unix:PATH. Sockets passed by
                                   systemd take precedence
          --config FILE            instead of DIR/islet.conf
          --set KEY=VALUE          one key of the configuration, repeatable

        SIGTERM stops it after open requests are answered, SIGHUP re-reads the configuration.
        """

    static func run(_ words: ArraySlice<String>) throws {
        let arguments = try Arguments(words, options: ["data", "listen", "config", "set"])
        try arguments.refuseRest()
        for address in arguments.all("listen") where SocketAddress(address) == nil {
            throw Failure(.usage, "--listen «\(address)» is neither ADDR:PORT nor unix:PATH.")
        }
        let named = file(arguments)
        let configuration = try configuration(arguments)
        Signals.block(Daemon.signals)
        raiseDescriptorLimit()
        let log = log(configuration)
        try DataFolder.lock()
        guard !ControlClient.isRunning else {
            throw Failure(.tryLater, "A server runs on this data folder already.")
        }
        let store = try DataFolder.openStore()
        let inherited = Systemd.inheritedSockets()
        let addresses =
            arguments.all("listen").isEmpty
            ? (configuration["listen"] ?? "127.0.0.1:8080").split(separator: " ").map(String.init)
            : arguments.all("listen")
        let sockets = inherited.isEmpty ? try self.sockets(addresses) : inherited
        let control = try self.sockets(["unix:\(DataFolder.control)"])
        chmod(DataFolder.control, 0o600)
        let tls = try Daemon.certificate(configuration)
        OnLoop.run {
            try await Account.complete(store)
            let house = try house(store, configuration, log)
            let daemon = Daemon(house: house, arguments: arguments, configurationFile: named, log: log)
            await daemon.run(sockets: sockets, control: control, tls: tls)
        }
    }

    private static func house(_ store: Store, _ configuration: Configuration, _ log: Log) throws -> House {
        do {
            return try House(store: store, configuration: configuration, log: log)
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure(.fault, "The server cannot be set up: \(error).")
        }
    }

    /// Enters the data folder and reads the configuration there, or the file that was named.
    static func configuration(_ arguments: Arguments) throws -> Configuration {
        let named = file(arguments)
        try DataFolder.enter(arguments.required("data"))
        return try read(named, arguments)
    }

    /// The file that was named, as an absolute path: call it before the data folder is entered.
    private static func file(_ arguments: Arguments) -> String? {
        arguments["config"].map { $0.hasPrefix("/") ? $0 : currentFolder() + "/" + $0 }
    }

    /// Reads the configuration again; the data folder is the current one.
    static func read(_ named: String?, _ arguments: Arguments) throws -> Configuration {
        var configuration = Configuration()
        let file = named ?? DataFolder.configuration
        if let text = try DataFolder.text(of: file) {
            try configuration.read(text, from: file)
        } else if named != nil {
            throw Failure(.configuration, "The configuration \(file) is not there.")
        }
        for assignment in arguments.all("set") { try configuration.set(assignment) }
        return configuration
    }

    static func sockets(_ addresses: [String]) throws -> [ListeningSocket] {
        try addresses.map { text in
            guard let address = SocketAddress(text) else {
                throw Failure(.usage, "«\(text)» is neither ADDR:PORT nor unix:PATH.")
            }
            do throws(ListeningSocket.Failure) {
                return try ListeningSocket(address)
            } catch .taken {
                throw Failure(.unavailable, "Somebody else listens on \(text) already.")
            } catch .refused(_, let reason) {
                throw Failure(.unavailable, "It is not possible to listen on \(text): \(reason).")
            }
        }
    }

    private static func log(_ configuration: Configuration) -> Log {
        let levels: [String: Log.Priority] = [
            "error": .error, "warning": .warning, "notice": .notice, "info": .info, "debug": .debug,
        ]
        return Log.standardError.limited(to: levels[configuration["log.level"] ?? "info"] ?? .info)
    }

    private static func currentFolder() -> String {
        guard let path = getcwd(nil, 0) else { return "." }
        defer { free(path) }
        return String(cString: path)
    }

    /// Every connection is a descriptor; the usual soft limit of 1024 is for programs that use `select`.
    private static func raiseDescriptorLimit() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = min(limit.rlim_max, 4_096)
        // With fewer, fewer clients fit; that is bounded elsewhere.
        _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}
