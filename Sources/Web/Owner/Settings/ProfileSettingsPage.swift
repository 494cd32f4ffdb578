import HTTP
import JSON
import Markup
import MastodonAPI
import Media

/// `/home/settings/profile`: what everybody sees of the owner, and how new posts are.
extension WebPages {
    private static let profilePath = "/home/settings/profile"

    var profileSettingsRoutes: [Route] {
        [
            page(WebPages.profilePath) { visit in
                let account = try await visit.ask.get("/api/v1/accounts/verify_credentials").root
                return try await profilePage(ProfileForm(account), account, visit)
            },
            fileForm(WebPages.profilePath, files: ["avatar", "header"], saveProfile),
        ]
    }

    private func saveProfile(_ visit: Visit, _ sent: FileForm) async throws -> Outcome {
        let typed = ProfileForm(sent.texts)
        func again(_ status: HTTP.Status, _ problem: String) async throws -> Outcome {
            let account = try await visit.ask.get("/api/v1/accounts/verify_credentials").root
            var page = try await profilePage(typed, account, visit)
            page.status = status
            page.notice = OwnerPage.Notice(text: problem, isProblem: true)
            return .page(page)
        }
        guard sent.isOurs else {
            return try await again(
                .forbidden, "This form is from an earlier session. Look at it once more, then save it again.")
        }
        if let fault = sent.faults.first { return try await again(.unprocessable, fault.reason + ".") }
        do {
            let files = Dictionary(sent.files.map { ($0.field, $0.file) }, uniquingKeysWith: { $1 })
            _ = try await visit.ask.send(
                .patch, "/api/v1/accounts/update_credentials", typed.parameters, files: files)
            if typed.dropsAvatar, files["avatar"] == nil {
                _ = try await visit.ask.send(.delete, "/api/v1/profile/avatar", [])
            }
            if typed.dropsHeader, files["header"] == nil {
                _ = try await visit.ask.send(.delete, "/api/v1/profile/header", [])
            }
        } catch let refusal as Refusal {
            return try await again(refusal.status, refusal.words)
        }
        return .to(WebPages.profilePath)
    }

    private func profilePage(
        _ form: ProfileForm, _ account: JSONValue, _ visit: Visit
    ) async throws -> OwnerPage {
        let limits = try await visit.ask.get("/api/v2/instance").root["configuration"]?["accounts"]
        let markup = ProfileSettingsMarkup(
            form: form, person: Person(account), rows: limits?.number("max_profile_fields") ?? 0,
            token: visit.token, words: visit.words)
        return OwnerPage(
            title: "Profile", section: "/home/more", main: markup.html(at: WebPages.profilePath))
    }
}
