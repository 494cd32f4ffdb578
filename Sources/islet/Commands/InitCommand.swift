import Glibc
import HTTP
import Storage

struct InitCommand: Command {
    static let name = "init"
    static let summary = "makes a data folder with the account and its keys"
    static let help = """
        islet init --data DIR --domain HOST --username NAME
          --display-name TEXT      the name that is shown; NAME by default
          --account-domain HOST    the host of the handle, when it is not HOST (split domain)
          --url ORIGIN             the public origin, https://HOST by default
          --password-stdin         reads the password from standard input

        Without --password-stdin the password comes from $CREDENTIALS_DIRECTORY/islet.password, or
        is asked for twice. Domain and name cannot be changed later: other servers remember them.
        """

    static func run(_ words: ArraySlice<String>) throws {
        let arguments = try Arguments(
            words, options: ["data", "domain", "username", "display-name", "account-domain", "url"],
            flags: ["password-stdin"])
        try arguments.refuseRest()
        let folder = try arguments.required("data")
        let domain = try host(arguments.required("domain"), option: "domain")
        let username = try arguments.required("username")
        guard Account.isValid(username: username) else {
            throw Failure(.badData, "«\(username)» cannot be a name: 1 to 30 of a-z, 0-9 and _ are possible.")
        }
        let url = arguments["url"] ?? "https://\(domain)"
        guard let origin = WebURL(url), origin.path == "/", origin.query == nil else {
            throw Failure(.badData, "«\(url)» is not an origin such as https://social.example.")
        }
        let accountDomain = try arguments["account-domain"].map { try host($0, option: "account-domain") }
        let password = try Password.read(fromStandardInput: arguments.has("password-stdin"), twice: true)
        try DataFolder.create(folder)
        try DataFolder.write(
            "# key = value lines; «islet help config» lists every key with its default.\n",
            to: DataFolder.configuration)
        let store = try DataFolder.openStore(creating: true)
        let wishes = Account.Wishes(
            domain: domain, accountDomain: accountDomain ?? domain, origin: origin.origin, username: username,
            displayName: arguments["display-name"] ?? username, password: password)
        OnLoop.run {
            try await Account.create(wishes, in: store)
            await store.close()
            print("The account @\(wishes.username)@\(wishes.accountDomain) is made in \(folder).")
            print("Start it with: islet serve --data \(folder)")
        }
    }

    private static func host(_ text: String, option: String) throws -> String {
        guard let url = WebURL("https://\(text)/"), url.path == "/" else {
            throw Failure(.badData, "--\(option) «\(text)» is not a host name.")
        }
        return url.authority
    }
}
