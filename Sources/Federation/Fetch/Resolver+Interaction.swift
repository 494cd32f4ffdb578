import ActivityPub
import HTTP

extension Resolver {
    /// Where the server of `user@host` wants its people to be sent who meet something elsewhere: an address with `{uri}`
    /// in it, or nil when it does not say.
    ///
    /// Asked for a visitor whom we do not know, so it counts among what strangers may make us ask.
    package func interactionTemplate(username: String, host: String) async -> String? {
        let resource = PercentCoding.encodeQuery("acct:\(username)@\(host)")
        guard let url = WebURL("https://\(host)/.well-known/webfinger?resource=\(resource)"),
            // Whether it failed or says nothing is the same to the visitor.
            let (answer, _) = try? await fetcher.forStrangers.json(
                url, accept: "application/jrd+json, application/json", limit: 65_536)
        else { return nil }
        return JRD(answer)?.interactionTemplate
    }
}
