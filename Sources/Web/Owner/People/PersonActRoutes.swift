import HTTP
import Markup

/// What the forms on somebody's profile do.
extension WebPages {
    /// Our name of an act, and the client API's.
    private static let acts = [
        ("unfollow", "accounts/ID/unfollow"), ("unmute", "accounts/ID/unmute"),
        ("block", "accounts/ID/block"), ("unblock", "accounts/ID/unblock"),
        ("remove", "accounts/ID/remove_from_followers"), ("endorse", "accounts/ID/endorse"),
        ("unendorse", "accounts/ID/unendorse"), ("accept", "follow_requests/ID/authorize"),
        ("reject", "follow_requests/ID/reject"),
    ]

    var personActRoutes: [Route] {
        WebPages.acts.map { name, address in
            form("/home/people/:id/\(name)") { visit, _ in
                _ = try await visit.ask.post("/api/v1/" + address.replacing("ID", with: visit.segment("id")))
                return .back
            }
        } + [
            form("/home/people/:id/follow", follow), form("/home/people/:id/mute", mute),
            form("/home/people/:id/note", note), form("/home/people/:id/lists", putOnLists),
        ]
    }

    /// A button only follows; the form with options says all of them.
    private func follow(_ visit: Visit, _ form: Form) async throws -> Outcome {
        var wishes: [(String, String)] = []
        if form.isOn("options") {
            wishes = [
                ("reblogs", form.isOn("boosts") ? "true" : "false"),
                ("notify", form.isOn("notify") ? "true" : "false"),
            ]
            let languages = (form.value("languages") ?? "").lowercased()
                .split { $0 == "," || $0 == " " }.map(String.init)
            wishes += (languages.isEmpty ? [""] : languages).map { ("languages[]", $0) }
        }
        _ = try await visit.ask.post("/api/v1/accounts/\(visit.segment("id"))/follow", wishes)
        return .back
    }

    private func mute(_ visit: Visit, _ form: Form) async throws -> Outcome {
        _ = try await visit.ask.post(
            "/api/v1/accounts/\(visit.segment("id"))/mute",
            [
                ("duration", form.value("duration") ?? "0"),
                ("notifications", form.isOn("notifications") ? "true" : "false"),
            ])
        return .back
    }

    private func note(_ visit: Visit, _ form: Form) async throws -> Outcome {
        _ = try await visit.ask.post(
            "/api/v1/accounts/\(visit.segment("id"))/note", [("comment", form.value("comment") ?? "")])
        return .back
    }

    /// The form has a box for each list: the person is then on those that are ticked.
    private func putOnLists(_ visit: Visit, _ form: Form) async throws -> Outcome {
        let id = visit.segment("id")
        let before = Set(
            try await visit.ask.get("/api/v1/accounts/\(id)/lists").elements.map { $0.text("id") })
        let wanted = Set(form.values("list"))
        let all = Set(try await visit.ask.get("/api/v1/lists").elements.map { $0.text("id") })
        guard wanted.isSubset(of: all) else { throw Refusal(.notFound, "There is no such list any more.") }
        for list in wanted.subtracting(before).sorted() {
            _ = try await visit.ask.post(
                "/api/v1/lists/\(list)/accounts",
                [("account_ids[]", visit.part("id"))])
        }
        for list in before.subtracting(wanted).sorted() {
            _ = try await visit.ask.send(
                .delete, "/api/v1/lists/\(list)/accounts", [("account_ids[]", visit.part("id"))])
        }
        return .back
    }
}
