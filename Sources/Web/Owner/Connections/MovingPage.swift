import Connections
import Federation
import HTTP
import Markup
import MastodonAPI
import Storage

/// `/home/settings/moving`: to another account with one's followers, and from one.
extension WebPages {
    private static let path = "/home/settings/moving"

    func movingRoutes(_ desk: ConnectionsDesk) -> [Route] {
        formPage(WebPages.path) { visit, typed in
            try moving(visit, desk, typed)
        } act: { visit, form in
            do {
                return try await move(visit, desk, form)
            } catch let failure as Moving.Failure {
                let isLater = if case .unanswered = failure { true } else { false }
                throw Refusal(
                    isLater ? .serviceUnavailable : .unprocessable, reason(failure, form.value("name") ?? ""))
            }
        }
    }

    private var ownHandle: String { "\(identity.username)@\(identity.accountDomain)" }

    private func moving(_ visit: Visit, _ desk: ConnectionsDesk, _ typed: Form) throws -> OwnerPage {
        let state = try desk.moving.state()
        let rows = state.aliases.map { uri -> HTML in
            let name = state.people[uri].map { "@\($0.acct)" } ?? uri
            return """
                <li class="item"><div class="what"><bdi>\(name)</bdi></div>
                \(visit.actButton(WebPages.path, "Take away", [("act", "unalias"), ("uri", uri)]))</li>

                """
        }
        let aliases: HTML =
            rows.isEmpty
            ? "<p class=\"empty\">There is no alias.</p>\n" : "<ul class=\"list\">\n\(rows.joined())</ul>\n"
        let isAlias = typed.value("act") == "alias"
        let name = typed.value("name") ?? ""
        let adding =
            Inputs.text(
                "The other account", "name", isAlias ? name : "", longest: 500,
                hint: "Such as @name@example.org.")
            + Inputs.button("It is mine too", "act", "alias")
        return OwnerPage(
            title: "Moving", section: "/home/more",
            main: """
                <h1>Moving</h1>
                <h2>Here, from another account</h2>
                \(paragraphs(Moving.aliasSentences(own: ownHandle)))\(aliases)\(visit.form(WebPages.path, adding, kind: "stack"))<h2>Away, to another account</h2>
                \(away(visit, state, isAlias ? "" : name))
                """)
    }

    private func away(_ visit: Visit, _ state: Moving.State, _ name: String) -> HTML {
        if let gone = state.movedTo {
            let name = state.people[gone].map { "@\($0.acct)" } ?? gone
            return """
                <p>You have gone to <bdi>\(name)</bdi>, and your profile says so.</p>
                \(visit.actButton(WebPages.path, "Stop saying so", [("act", "end")]))
                """
        }
        let fields =
            Inputs.text("Where to", "name", name, longest: 500, hint: "Such as @name@example.org.")
            + Inputs.button("Say what it would do", "act", "plan")
        return visit.form(WebPages.path, fields, kind: "stack")
    }

    private func move(_ visit: Visit, _ desk: ConnectionsDesk, _ form: Form) async throws -> Outcome {
        let name = (form.value("name") ?? "").split(separator: " ").joined()
        switch form.value("act") {
        case "alias": _ = try await desk.moving.addAlias(name)
        case "unalias": _ = try await desk.moving.removeAlias(form.value("uri") ?? "")
        case "end": try await desk.moving.endMove()
        case "plan": return .page(try await plan(visit, desk, name))
        case "move":
            guard try await api.knowsPassword(form.value("password") ?? "", for: visit.request) else {
                var page = try await plan(visit, desk, name)
                page.status = .forbidden
                page.notice = OwnerPage.Notice(text: "That is not your password.", isProblem: true)
                return .page(page)
            }
            try await desk.moving.move(to: name)
        default: throw Refusal(.badRequest, "What shall be done?")
        }
        return .done(WebPages.path)
    }

    /// What a move would do, and the form that does it.
    private func plan(_ visit: Visit, _ desk: ConnectionsDesk, _ name: String) async throws -> OwnerPage {
        let plan = try await desk.moving.plan(to: name)
        let there = plan.target.acct
        var main: HTML = """
            <h1>Move to <bdi>@\(there)</bdi>?</h1>
            <div class="box">
            \(paragraphs(plan.sentences(own: ownHandle)))
            """
        if let refusal = plan.refusal {
            main += "<p class=\"problem\">\(refusal.sentence(there: there, own: ownHandle))</p>\n"
            if let next = plan.nextMove { main += "<p>You can move again on \(Moment.day(next)).</p>\n" }
        } else {
            main += visit.form(
                WebPages.path,
                """
                <input type="hidden" name="name" value="\(name)">
                \(Inputs.text(
                    "Your password", "password", "", kind: "password",
                    more: " autocomplete=\"current-password\" required"))\
                \(Inputs.button("Move", "act", "move", kind: "danger"))
                """, kind: "stack")
        }
        main += "</div>\n<p><a href=\"\(WebPages.path)\">No, stay</a></p>\n"
        return OwnerPage(title: "Move?", section: "/home/more", main: main)
    }

    private func paragraphs(_ sentences: [String]) -> HTML {
        sentences.map { "<p>\($0)</p>\n" as HTML }.joined()
    }

    private func reason(_ failure: Moving.Failure, _ name: String) -> String {
        switch failure {
        case .nobody: "Nobody was found as \(name), or it is you."
        case .unanswered(let reason): reason
        case .notNow(let refusal): refusal.sentence(there: name, own: ownHandle)
        case .tooManyAliases: "There are \(Moving.mostAliases) aliases already, which are the most."
        }
    }
}
