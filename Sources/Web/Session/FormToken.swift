import Crypto
import HTTP
import Markup

/// What a form carries to show that it comes from a page of this session, and not from elsewhere.
///
/// It is made of the session's secret, so that it ends with the session and says nothing about it.
struct FormToken: Sendable {
    static let name = "form"

    private let value: String

    init(secret: String) {
        value = Base64.encodeURL(HMAC.sha256(key: Array(secret.utf8), message: Array("form".utf8))[..<16])
    }

    /// The hidden input that every form has.
    var field: HTML { "<input type=\"hidden\" name=\"\(FormToken.name)\" value=\"\(value)\">" }

    func isIn(_ form: Form) -> Bool {
        form.pairs.contains { $0.name == FormToken.name && ConstantTime.equal($0.value, value) }
    }
}
