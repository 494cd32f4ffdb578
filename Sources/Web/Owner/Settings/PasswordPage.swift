import HTTP
import Markup
import MastodonAPI

/// `/home/settings/password`
extension WebPages {
    var passwordRoutes: [Route] {
        let path = "/home/settings/password"
        return [
            page(path) { visit in
                var page = passwordPage(visit)
                // A number that a link may name; it is only shown as a number.
                if let ended = Int(visit.query("ended")), ended >= 0 {
                    page.notice = OwnerPage.Notice(
                        text: "The password is set; other sessions and apps ended: \(ended).",
                        isProblem: false)
                }
                return page
            },
            form(path, limit: 16_384) { visit, form in
                let new = form.value("new") ?? ""
                guard new == form.value("again") else {
                    return .page(passwordPage(visit, .unprocessable, "The two new passwords differ."))
                }
                let change = try await api.changePassword(
                    from: form.value("old") ?? "", to: new, keeping: visit.session, for: visit.request)
                switch change {
                case .done(let ended, let secret):
                    var response = Redirects.see("\(path)?ended=\(ended)")
                    response.fields.append("Set-Cookie", cookie.set(secret))
                    return .response(response)
                case .wrong:
                    return .page(passwordPage(visit, .forbidden, "That is not the password you have now."))
                case .unfit(let reason): return .page(passwordPage(visit, .unprocessable, reason))
                case .tooMany:
                    return .page(
                        passwordPage(
                            visit, .tooManyRequests, "Too many wrong passwords. Try again in a few minutes."))
                }
            },
        ]
    }

    private func passwordPage(
        _ visit: Visit, _ status: HTTP.Status = .ok, _ problem: String? = nil
    ) -> OwnerPage {
        let fields =
            Inputs.text(
                "The password you have now", "old", "", kind: "password",
                more: " autocomplete=\"current-password\" required")
            + Inputs.text(
                "A new one", "new", "", kind: "password", more: " autocomplete=\"new-password\" required")
            + Inputs.text(
                "The new one again", "again", "", kind: "password",
                more: " autocomplete=\"new-password\" required")
            + Inputs.button("Set it")
        return OwnerPage(
            title: "Password", section: "/home/more", status: status,
            main: """
                <h1>Password</h1>
                <p class="note">With a new password, all other browsers and all apps have to sign in again.</p>
                \(visit.form("/home/settings/password", fields, kind: "stack"))
                """, notice: problem.map { OwnerPage.Notice(text: $0, isProblem: true) })
    }
}
