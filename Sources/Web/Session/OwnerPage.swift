import HTTP
import Markup

/// A page of the owner's, before the frame is around it.
struct OwnerPage: Sendable {
    var title: String
    /// Which entry of the navigation it belongs to: its address.
    var section = ""
    var status: HTTP.Status = .ok
    var main: HTML
    /// What should stand above: that something was done, or why not.
    var notice: Notice?
    /// A look that the owner tries, on this page only.
    var tried: AppearanceMemory.Look?

    struct Notice: Sendable {
        let text: String
        let isProblem: Bool
    }
}

/// What follows on a form.
enum Outcome: Sendable {
    /// The page that the form was on.
    case back
    /// Another page of the owner's.
    case to(String)
    /// A page in answer to the form itself, such as the form again with what is wrong.
    case page(OwnerPage)
    case response(Response)
}
