import HTTP
import JSON
import Markup

/// `/home/filters`: what the owner would rather not read.
extension WebPages {
    var filterRoutes: [Route] {
        [page("/home/filters", filters)]
            + formPage("/home/filters/new") { visit, typed in
                filterPage(
                    visit, "A new filter", at: "/home/filters/new",
                    typed.pairs.isEmpty ? FilterForm() : FilterForm(typed, isKnown: false))
            } act: { visit, form in
                _ = try await visit.ask.post("/api/v2/filters", FilterForm(form, isKnown: false).parameters)
                return .done("/home/filters")
            }
            + formPage("/home/filters/:id") { visit, typed in
                let id = PercentCoding.encodeSegment(visit.part("id"))
                let filter = try await visit.ask.get("/api/v2/filters/\(id)").root
                return filterPage(
                    visit, filter.text("title"), at: "/home/filters/\(id)",
                    typed.pairs.isEmpty ? FilterForm(filter) : FilterForm(typed, isKnown: true), known: filter
                )
            } act: { visit, form in
                let path = "/api/v2/filters/\(PercentCoding.encodeSegment(visit.part("id")))"
                switch form.value("act") {
                case "delete": _ = try await visit.ask.send(.delete, path, [])
                default:
                    _ = try await visit.ask.send(.put, path, FilterForm(form, isKnown: true).parameters)
                }
                return .done("/home/filters")
            }
    }

    private func filters(_ visit: Visit) async throws -> OwnerPage {
        let filters = try await visit.ask.get("/api/v2/filters").elements
        let rows = filters.map { filter -> HTML in
            let words = PostMarkup.count(filter.list("keywords").count, "word", "words")
            let posts = filter.list("statuses").count
            var note = words
            if posts > 0 {
                note += " \u{b7} " + "\(posts) single \(visit.words[posts == 1 ? .post : .posts])"
            }
            if let end = filter.present("expires_at")?.string { note += " \u{b7} until \(Moment.time(end))" }
            return """
                <li class="item"><div class="what"><a href="/home/filters/\(filter.text("id"))"><bdi>\(filter.text("title"))</bdi></a>
                <p class="note">\(note)</p></div></li>

                """
        }
        let list: HTML =
            rows.isEmpty
            ? "<p class=\"empty\">There is no filter.</p>\n" : "<ul class=\"list\">\n\(rows.joined())</ul>\n"
        return OwnerPage(
            title: "Filters", section: "/home/more",
            main: """
                <h1>Filters</h1>
                \(list)<p><a class="button" href="/home/filters/new">A new filter</a></p>

                """, notice: visit.doneNotice)
    }

    private func filterPage(
        _ visit: Visit, _ title: String, at path: String, _ form: FilterForm, known: JSONValue? = nil
    ) -> OwnerPage {
        var main: HTML = """
            <h1><bdi>\(title)</bdi></h1>
            \(visit.form(path, form.fields(visit.words) + Inputs.button("Keep it", "act", "keep", kind: "primary"), kind: "stack"))
            """
        if let known {
            if let end = known.present("expires_at")?.string {
                main += "<p>It ends \(Moment.time(end)).</p>\n"
            }
            main += """
                <details>
                <summary>Remove the filter</summary>
                \(visit.actButton(path, "Remove it for good", [("act", "delete")], kind: "danger"))</details>

                """
        }
        main += "<p><a href=\"/home/filters\">All filters</a></p>\n"
        return OwnerPage(title: title, section: "/home/more", main: main)
    }
}
