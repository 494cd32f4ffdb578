import HTTP

struct MoveCommand: Command {
    static let name = "move"
    static let summary = "moves to another account with the followers, or prepares to be moved to"
    static let help = """
        islet move --data DIR
        islet move NAME@HOST --data DIR [--yes]
        islet move --undo --data DIR
        islet move --alias NAME@HOST --data DIR
        islet move --no-alias NAME@HOST --data DIR

        Moving away: the other account must name this one as an alias first. Without --yes it is only
        said what will happen. --undo stops showing where you have gone; followers who went stay there.
        Moving here: --alias says that the other account is yours too, so that its server can send its
        followers; --no-alias takes that back. Alone, the command says how things stand.
        """

    static func run(_ words: ArraySlice<String>) throws {
        let arguments = try Arguments(
            words, options: ["data", "alias", "no-alias"], flags: ["yes", "undo"])
        let acts: [(path: String, name: String?)] = [
            ("/move/end", arguments.has("undo") ? "" : nil), ("/aliases", arguments["alias"]),
            ("/aliases/remove", arguments["no-alias"]),
            (arguments.has("yes") ? "/move" : "/move/plan", arguments.rest.first),
        ].filter { $0.name != nil }
        guard acts.count <= 1, arguments.rest.count <= 1 else {
            throw Failure(.usage, "One thing at a time; see «islet help move».")
        }
        try DataFolder.enter(arguments.required("data"))
        guard let act = acts.first, let name = act.name else {
            return print(try ControlClient.connections(.get, "/move"), terminator: "")
        }
        print(try ControlClient.connections(.post, act.path, body: Array(name.utf8)), terminator: "")
        if act.path == "/move/plan" { print("Nothing was changed; with --yes it is done.") }
    }
}
