import Crypto
import HTTP
import Storage

struct PasswordCommand: Command {
    static let name = "password"
    static let summary = "sets a new password and ends all sessions"
    static let help = """
        islet password --data DIR
          --password-stdin         reads the password from standard input

        Apps have to sign in again.
        """

    static func run(_ words: ArraySlice<String>) throws {
        let arguments = try Arguments(words, options: ["data"], flags: ["password-stdin"])
        try arguments.refuseRest()
        try DataFolder.enter(arguments.required("data"))
        let hash = try PasswordHash.make(
            Password.read(fromStandardInput: arguments.has("password-stdin"), twice: true))
        if let ended = try ControlClient.ask(.post, "/password", body: hash) {
            return print(line(ended: ended.filter(\.isNumber)))
        }
        let store = try DataFolder.openStore()
        OnLoop.run {
            let ended = try await NewPassword.set(hash: hash, in: store)
            await store.close()
            print(line(ended: String(ended)))
        }
    }

    private static func line(ended: String) -> String {
        "The password is set; sessions ended: \(ended)."
    }
}
