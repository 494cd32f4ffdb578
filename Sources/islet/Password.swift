import Crypto
import Glibc

/// Where a password comes from.
enum Password {
    /// From standard input, from the service manager's credentials, or from the person at the terminal.
    static func read(fromStandardInput: Bool, twice: Bool) throws -> String {
        if fromStandardInput {
            guard let line = readLine(strippingNewline: true) else {
                throw Failure(.badData, "There is no password on standard input.")
            }
            return try checked(line)
        }
        if let folder = getenv("CREDENTIALS_DIRECTORY").map({ String(cString: $0) }),
            let text = try DataFolder.text(of: folder + "/islet.password")
        {
            return try checked(String(text.prefix { $0 != "\n" }))
        }
        guard isatty(0) == 1 else {
            throw Failure(.usage, "A password is needed: use --password-stdin or a terminal.")
        }
        let first = try checked(ask("Password: "))
        guard !twice || ask("Again: ") == first else { throw Failure(.badData, "The two passwords differ.") }
        return first
    }

    private static func checked(_ password: String) throws -> String {
        guard password.count >= PasswordHash.shortest else {
            throw Failure(.badData, "A password needs at least \(PasswordHash.shortest) characters.")
        }
        return password
    }

    private static func ask(_ prompt: String) -> String {
        print(prompt, terminator: "")
        fflush(nil)
        var old = termios()
        tcgetattr(0, &old)
        var silent = old
        silent.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(0, TCSAFLUSH, &silent)
        defer {
            tcsetattr(0, TCSAFLUSH, &old)
            print()
        }
        return readLine(strippingNewline: true) ?? ""
    }
}
