import HTTP
import Markup
import Storage

/// `/home/settings/appearance`: how the pages look, to be tried before it is kept.
extension WebPages {
    /// CSS in a form may be three times as long, percent-encoded.
    private static let formLimit = 4 * Appearance.longestCSS

    var appearanceRoutes: [Route] {
        [
            Route(.get, "/static/owner.css") { [layout] request in
                Assets.answer(
                    layout.appearances.current.stylesheet, "text/css; charset=utf-8", to: request)
            },
            Route(.get, "/favicon.ico") { [layout] request in
                if let icon = layout.appearances.current.appearance.icon {
                    return Response.redirect(.found, to: "/media/\(icon)")
                }
                return Assets.answer(Pictures.favicon, "image/png", to: request)
            },
            page("/home/settings/appearance") { visit in
                var page = appearancePage(visit, AppearanceForm(layout.appearances.current.appearance))
                page.notice = visit.doneNotice
                return page
            },
            Route(.get, "/home/settings/appearance/tried.css") { request in
                await enter(request) { _ in
                    guard let look = layout.appearances.tried else {
                        throw Refusal(.notFound, "Nothing is tried.")
                    }
                    var response = Assets.answer(look.stylesheet, "text/css; charset=utf-8", to: request)
                    response.fields["Cache-Control"] = "private, no-store"
                    return response
                }
            },
            form("/home/settings/appearance", limit: WebPages.formLimit, changeAppearance),
            appearancePictureRoute,
        ]
    }

    private func changeAppearance(_ visit: Visit, _ form: Form) async throws -> Outcome {
        if form.value("act") == "reset" {
            try await keep(Appearance())
            return .done("/home/settings/appearance")
        }
        let typed = AppearanceForm(form)
        do {
            let appearance = try typed.applied(to: layout.appearances.current.appearance)
            if form.value("act") == "try" {
                var page = appearancePage(visit, typed, layout.appearances.trying(appearance))
                page.notice = OwnerPage.Notice(
                    text: "This is how it would look. Nothing is kept yet.", isProblem: false)
                return .page(page)
            }
            try await keep(appearance)
            return .done("/home/settings/appearance")
        } catch let refusal as Refusal {
            var page = appearancePage(visit, typed)
            page.status = refusal.status
            page.notice = OwnerPage.Notice(text: refusal.reason, isProblem: true)
            return .page(page)
        }
    }

    private func keep(_ appearance: Appearance) async throws {
        try await store.write { tx in try appearance.save(in: tx) }
    }

    private func appearancePage(
        _ visit: Visit, _ typed: AppearanceForm, _ look: AppearanceMemory.Look? = nil
    ) -> OwnerPage {
        let buttons =
            Inputs.button("Keep it", "act", "keep") + Inputs.button("Try it", "act", "try", kind: "quiet")
        let reset = Inputs.button("Back to how it was made", "act", "reset", kind: "danger")
        return OwnerPage(
            title: "Appearance", section: "/home/more",
            main: """
                <h1>Appearance</h1>
                \(AppearanceSample.html(typed.words))\(visit.form(
                    "/home/settings/appearance", typed.fields + "<div class=\"toolbar\">\n\(buttons)</div>\n",
                    kind: "stack"))\
                \(picturesForm(visit, layout.appearances.current.appearance))\(visit.form("/home/settings/appearance", reset))
                """, tried: look)
    }
}

/// A post of nobody's that shows colour, words and signs.
enum AppearanceSample {
    static func html(_ words: Words) -> HTML {
        let acts: [(Icons.Icon, Words.Word)] = [
            (.reply, .reply), (.boost, .boost), (.favourite, .favourite), (.bookmark, .bookmark),
        ]
        let signs = acts.map { icon, word -> HTML in
            "<span class=\"\(icon.kind)\">\(words.title(word))</span>\n"
        }
        return """
            <article class="post" aria-label="An example">
            <div class="e-content"><p>This is how \(words.one(.post)) looks, with <a href="#main">a link</a> in it.</p></div>
            <p class="note">\(words.count(1, .reply, .replies)) \u{b7} \(words.count(2, .boost, .boosts)) \u{b7} \
            \(words.count(3, .favourite, .favourites))</p>
            <div class="acts">
            \(signs.joined())</div>
            </article>

            """
    }
}
