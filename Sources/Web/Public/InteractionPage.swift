import Federation
import HTTP
import Markup

/// `/authorize_interaction?uri=…`: where other servers send somebody who said that their account is here.
///
/// The owner uses an app, so there is nothing to do here but to say how the app finds it.
struct InteractionPage {
    /// What they wanted to follow or answer: an address or a handle, from outside.
    let address: String?
    let layout: Layout

    var html: HTML {
        layout.page(
            Layout.Head(title: "Open it in your app", isIndexed: false),
            main: """
                <h1>Open it in your app</h1>
                \(what)<p>This server has one account, \
                <a href="\(layout.identity.profile)">@\(layout.identity.username)@\(layout.identity.accountDomain)</a>. \
                If it is yours, open the app that you use with it, paste the address into its search and follow, answer \
                or favourite from there.</p>
                <p>If it is not yours, go back and enter the server where your own account is.</p>

                """)
    }

    private var what: HTML {
        guard let address, !address.isEmpty, address.utf8.count <= 2_048 else { return HTML() }
        let text = PlainText.cleaned(address)
        guard WebURL(text) != nil else { return "<p>Search for: <code>\(text)</code></p>\n" }
        return
            "<p>Search for: <code><a href=\"\(text)\" rel=\"nofollow noopener noreferrer\">\(text)</a></code></p>\n"
    }
}
