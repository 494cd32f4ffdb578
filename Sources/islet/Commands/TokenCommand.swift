import HTTP
import Storage

struct TokenCommand: Command {
    static let name = "token"
    static let summary = "makes an access token for scripts and tests"
    static let help = """
        islet token --data DIR --name NAME --scopes "read write follow push"

        Prints the token alone. NAME is shown as the app that posts.
        """

    private static let known: Set<String> = ["read", "write", "follow", "push", "profile"]

    static func run(_ words: ArraySlice<String>) throws {
        let arguments = try Arguments(words, options: ["data", "name", "scopes"])
        try arguments.refuseRest()
        let name = try arguments.required("name")
        let scopes = try arguments.required("scopes").split(separator: " ").map(String.init)
        for scope in scopes {
            guard let first = scope.split(separator: ":").first, known.contains(String(first)) else {
                throw Failure(
                    .badData, "«\(scope)» is not a scope; read, write, follow, push and profile are.")
            }
        }
        guard !name.contains("\n") else { throw Failure(.badData, "A name is one line.") }
        let joined = scopes.joined(separator: " ")
        try DataFolder.enter(arguments.required("data"))
        if let token = try ControlClient.ask(.post, "/token", body: "\(name)\n\(joined)\n") {
            return print(token, terminator: "")
        }
        let store = try DataFolder.openStore()
        OnLoop.run {
            let token = try await AccessToken.make(name: name, scopes: joined, in: store)
            await store.close()
            print(token)
        }
    }
}
