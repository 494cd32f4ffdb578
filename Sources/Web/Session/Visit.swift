import Federation
import HTTP
import Markup
import Storage

/// A request of the owner's, signed in: what a page of theirs is made from. Only `OwnerRoutes` makes one.
struct Visit: Sendable {
    let request: Request
    let pages: WebPages
    /// The session's row.
    let session: Int64
    let token: FormToken
    /// Asks the client API in the owner's name.
    let ask: Asker

    var identity: Identity { pages.identity }
    var store: Store { pages.store }

    /// A query item, or the empty text.
    func query(_ name: String) -> String {
        request.target.queryItems().first { $0.0 == name }?.1 ?? ""
    }

    /// A named part of the path.
    func part(_ name: String) -> String { request.parameters[name] ?? "" }

    /// The page that is shown, for coming back to it after an act.
    var here: String { request.target.raw }

    /// How posts are shown on this page.
    var posts: OwnerPosts { posts(.home) }

    /// - Parameter context: which filters count.
    func posts(_ context: OwnerPosts.FilterContext) -> OwnerPosts {
        OwnerPosts(identity: identity, token: token, back: here, words: words, context: context)
    }

    /// A form that posts to `action`, with what protects it and where to come back to.
    func form(_ action: String, _ content: HTML, back: String? = nil, kind: HTML = "") -> HTML {
        """
        <form method="post" action="\(action)"\(kind.isEmpty ? HTML() : " class=\"\(kind)\"")>\(token.field)<input type="hidden" \
        name="back" value="\(back ?? here)">
        \(content)</form>

        """
    }
}
