import Glibc
import Net

/// The program: a table of commands.
@main
struct Islet {
    static let version = "0.1.0"

    /// In the order in which `islet help` shows them.
    static let commands: [any Command.Type] = [
        InitCommand.self, ServeCommand.self, PasswordCommand.self, TokenCommand.self, StatusCommand.self,
        ExportCommand.self, ImportCommand.self, MoveCommand.self, MediaCommand.self, CheckCommand.self,
        ImageCommand.self, EchoCommand.self, HelpCommand.self,
        VersionCommand.self,
    ]

    static func main() {
        Memory.tune()
        // A name server that is silent must not hold a thread for half a minute; the owner's own setting wins.
        setenv("RES_OPTIONS", "timeout:2 attempts:2", 0)
        umask(0o077)
        let words = CommandLine.arguments.dropFirst()
        let name = words.first.map {
            $0 == "--help" || $0 == "-h" ? "help" : $0 == "--version" ? "version" : $0
        }
        guard let name, let command = commands.first(where: { $0.name == name }) else {
            let found = name.map { "There is no command «\($0)»." } ?? "A command is needed."
            end(Failure(.usage, "\(found) «islet help» lists them."))
        }
        do {
            if words.dropFirst().contains("--help") {
                print(HelpCommand.text(for: command))
            } else {
                try command.run(words.dropFirst())
            }
        } catch let failure as Failure {
            end(failure)
        } catch {
            end(Failure(.fault, "Something went wrong that should not: \(error)"))
        }
    }

    static func end(_ failure: Failure) -> Never {
        var line = "islet: \(failure.message)\n"
        line.withUTF8 { bytes in
            // Where errors cannot be written there is nobody to tell.
            _ = write(2, bytes.baseAddress, bytes.count)
        }
        exit(failure.status.rawValue)
    }
}

/// One command of the program.
protocol Command: Sendable {
    static var name: String { get }
    /// One line for the list of commands.
    static var summary: String { get }
    /// The whole help text, without the summary.
    static var help: String { get }
    static func run(_ words: ArraySlice<String>) throws
}
