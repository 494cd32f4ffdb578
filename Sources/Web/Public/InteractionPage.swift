import Federation
import HTTP
import Markup

/// `/authorize_interaction?uri=…`: where other servers send somebody who said that their account is here.
///
/// Only the owner can do something with it, on their own pages; nothing is asked of anybody before they sign in.
struct InteractionPage {
    /// What they want to follow or answer: an address or a handle, from outside.
    let address: String?
    let identity: Identity

    var page: PublicPage {
        PublicPage(
            head: Layout.Head(title: "Follow or answer", isIndexed: false),
            main: """
                <h1>Follow or answer</h1>
                \(what)<p>This server has one account, \
                <a href="\(identity.profile)">@\(identity.username)@\(identity.accountDomain)</a>. If it is not yours, go \
                back and enter the server where your own account is. You can also \
                <a href="/interact">follow @\(identity.username) from there</a>.</p>

                """)
    }

    private var what: HTML {
        guard let address = address.map(PlainText.cleaned), !address.isEmpty, address.utf8.count <= 2_048
        else {
            return "<p>The address of what you want to follow or answer is missing.</p>\n"
        }
        return """
            <p>You came here for: <code>\(address)</code></p>
            <p><a class="button" rel="nofollow" href="/home/search?q=\(PercentCoding.encodeQuery(address))">Open it as \
            @\(identity.username)</a></p>

            """
    }
}
