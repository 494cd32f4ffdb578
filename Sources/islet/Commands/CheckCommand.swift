import Crypto
import Glibc
import Storage

struct CheckCommand: Command {
    static let name = "check"
    static let summary = "reads the configuration and the data folder, changes nothing"
    static let help = """
        islet check --data DIR [--config FILE] [--set KEY=VALUE]

        Prints findings, one a line. The status is 0 when the server could start.
        """

    static func run(_ words: ArraySlice<String>) throws {
        let arguments = try Arguments(words, options: ["data", "config", "set"])
        try arguments.refuseRest()
        let configuration = try ServeCommand.configuration(arguments)
        print("configuration: ok")
        for name in ["tls.trust", "tls.certificate", "tls.key"] {
            guard let file = configuration[name] else { continue }
            guard access(file, R_OK) == 0 else {
                throw Failure(.configuration, "\(name) = «\(file)»: the file cannot be read.")
            }
            print("\(name): ok")
        }
        if let certificate = configuration["tls.certificate"] {
            guard let key = configuration["tls.key"],
                (try? TLSContext.server(certificatePEMFile: certificate, keyPEMFile: key)) != nil
            else { throw Failure(.configuration, "tls.certificate and tls.key do not belong together.") }
        }
        guard access(DataFolder.database, F_OK) == 0 else {
            throw Failure(.unavailable, "There is no account here; «islet init» makes one.")
        }
        let found: (version: Int, known: Int, problem: String?)
        do {
            found = try Store.inspect(path: DataFolder.database)
        } catch {
            throw Failure(.badData, "The database cannot be read: \(error).")
        }
        if let problem = found.problem { throw Failure(.badData, "The database is damaged: \(problem).") }
        guard found.version <= found.known else {
            throw Failure(.badData, "The database was written by a newer Islet (schema \(found.version)).")
        }
        print("database: ok, schema \(found.version) of \(found.known)")
        for path in [".", DataFolder.database, DataFolder.media] {
            var info = stat()
            guard stat(path, &info) == 0 else { continue }
            if info.st_mode & 0o077 != 0 { print("\(path): others can look into it; chmod go= is safer") }
        }
        PictureFindings.lines(configuration).forEach { print($0) }
        print(ControlClient.isRunning ? "server: runs" : "server: does not run")
    }
}
