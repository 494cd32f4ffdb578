struct HelpCommand: Command {
    static let name = "help"
    static let summary = "explains a command, or «config»"
    static let help = "islet help [COMMAND | config]"

    static func run(_ words: ArraySlice<String>) throws {
        let arguments = try Arguments(words, options: [])
        switch arguments.rest.first {
        case nil: print(overview)
        case "config": print(configuration)
        case let name?:
            guard let command = Islet.commands.first(where: { $0.name == name }) else {
                throw Failure(.usage, "There is no command «\(name)»; «islet help» lists them.")
            }
            print(text(for: command))
        }
    }

    static func text(for command: any Command.Type) -> String {
        "islet \(command.name): \(command.summary)\n\n\(command.help)"
    }

    static var overview: String {
        let list = Islet.commands.map { command in
            let name = command.name + String(repeating: " ", count: max(0, 10 - command.name.count))
            return "  \(name) \(command.summary)"
        }
        return """
            Islet: a fediverse server for one person.

            \(list.joined(separator: "\n"))

            «islet help COMMAND» explains one, «islet help config» the configuration.
            """
    }

    static var configuration: String {
        let list = Configuration.keys.map { key in
            let restart = key.needsRestart ? "" : " Re-read on SIGHUP."
            return "  \(key.name) = VALUE\n      \(key.meaning).\n      Default: \(key.standard).\(restart)"
        }
        return """
            islet.conf in the data folder, or --config FILE: key = value lines, # begins a comment.
            Each key is also an option: --set key=value.

            \(list.joined(separator: "\n"))
            """
    }
}
