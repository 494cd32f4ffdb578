import HTTP
import JSON

struct StatusCommand: Command {
    static let name = "status"
    static let summary = "says what the running server is doing"
    static let help = """
        islet status --data DIR [--json]

        Memory, queues, hosts that cannot be reached, disk, bytes written since the start and per
        day. Sizes are in bytes.
        """

    static func run(_ words: ArraySlice<String>) throws {
        let arguments = try Arguments(words, options: ["data"], flags: ["json"])
        try arguments.refuseRest()
        try DataFolder.enter(arguments.required("data"))
        var report = try ControlClient.ask(.get, "/status").map { Array($0.utf8) } ?? []
        if report.isEmpty { report = try StatusReport(store: DataFolder.openStore(), isRunning: false).json }
        if arguments.has("json") { return print(String(decoding: report, as: UTF8.self)) }
        guard let document = try? Document(report) else {
            throw Failure(.fault, "The running server's answer cannot be read.")
        }
        print(StatusReport.table(document.root))
    }
}
