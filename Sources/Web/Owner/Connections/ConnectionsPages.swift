import Basics
import Connections
import HTTP
import Markup
import Storage

/// `/home/settings/connections`: whom the owner knows, as files to take along and to bring here.
extension WebPages {
    private static let base = "/home/settings/connections"

    func connectionRoutes(_ desk: ConnectionsDesk) -> [Route] {
        [
            page(WebPages.base) { visit in try connections(visit, desk) },
            Route(.get, WebPages.base + "/export/:file") { request in
                await enter(request) { visit in try export(visit, desk) }
            },
            Route(
                .post, WebPages.base + "/import", body: .buffered(limit: ImportUpload.bodyLimit)
            ) { request in
                await enter(request) { visit in
                    let body = try await request.body.collect(limit: ImportUpload.bodyLimit)
                    let upload = try ImportUpload(body, contentType: request.fields["Content-Type"])
                    try visit.require(upload.texts)
                    return visit.answer(try await plan(visit, desk, upload))
                }
            },
            form(WebPages.base + "/start") { _, form in
                guard let file = desk.take(form.value("ticket") ?? "") else {
                    throw Refusal(
                        .conflict, "That file was taken over already, or another one came after it.")
                }
                do {
                    let job = try await desk.imports.start(file.kind, file.mode, file.bytes)
                    return .to("\(WebPages.base)/imports/\(job.value)")
                } catch {
                    desk.giveBack(file)
                    throw WebPages.refusal(of: error)
                }
            },
            page(WebPages.base + "/imports/:id") { visit in try report(visit, desk) },
            form(WebPages.base + "/imports/:id/cancel") { visit, _ in
                guard let id = Int64(visit.part("id")) else { throw WebPages.noImport }
                _ = try await desk.imports.cancel(ImportJobID(id))
                return .back
            },
        ]
    }

    /// What people are told of it; what is not theirs to mend stays as it is.
    private static func refusal(of error: any Error) -> any Error {
        switch error {
        case let refusal as ImportRefusal: Refusal(.unprocessable, refusal.sentence)
        case is WorkerOverloaded: Refusal(.serviceUnavailable, "The server is busy; please try again.")
        default: error
        }
    }

    private static let noImport = Refusal(.notFound, "There is no such import.")

    private func connections(_ visit: Visit, _ desk: ConnectionsDesk) throws -> OwnerPage {
        try connections(visit, desk, ConnectionKind.follows.name, nil)
    }

    private func connections(
        _ visit: Visit, _ desk: ConnectionsDesk, _ kind: String, _ problem: Refusal?
    ) throws -> OwnerPage {
        let files = ConnectionKind.allCases.map { kind -> HTML in
            "<li><a href=\"\(WebPages.base)/export/\(kind.fileName)\" download>\(ConnectionsMarkup.title(kind))</a></li>\n"
        }
        let jobs = try desk.imports.all().map { job -> HTML in
            """
            <li class="item"><div class="what"><a href="\(WebPages.base)/imports/\(job.id.value)">\(ConnectionsMarkup.title(job.kind))</a>
            <p class="note">\(Moment.time(job.startedAt)) \u{b7} \(ConnectionsMarkup.state(job))</p></div></li>

            """
        }
        let list: HTML =
            jobs.isEmpty ? HTML() : "<h2>Imports</h2>\n<ul class=\"list\">\n\(jobs.joined())</ul>\n"
        return OwnerPage(
            title: "Your connections", section: "/home/more", status: problem?.status ?? .ok,
            main: """
                <h1>Your connections</h1>
                <p class="note">They are yours: take them along, or bring them here. To bring followers too, see
                <a href="/home/settings/moving">moving</a>.</p>
                <h2>Take along</h2>
                <p class="note">Files that Mastodon and others take.</p>
                <ul>
                \(files.joined())<li><a href="\(WebPages.base)/export/\(Export.mastodonFiltersName)" download>Filters, as Mastodon has them</a></li>
                </ul>
                <h2>Bring here</h2>
                \(upload(visit, kind))\(list)
                """, notice: problem.map { OwnerPage.Notice(text: $0.reason, isProblem: true) })
    }

    private func upload(_ visit: Visit, _ kind: String) -> HTML {
        let kinds = ConnectionKind.allCases.map { (value: $0.name, label: ConnectionsMarkup.title($0)) }
        return """
            <form method="post" action="\(WebPages.base)/import" enctype="multipart/form-data" class="stack">
            \(visit.token.field)
            <label>File <input type="file" name="file" accept=".csv,.json,text/csv" required></label>
            \(Inputs.choice("What is in it", "kind", kind, kinds))\(Inputs.choice(
                "What is here already", "mode", "merge",
                [("merge", "Stays"), ("replace", "Goes, if it is not in the file")]))\(Inputs.note(
                "At most \(ImportUpload.limit >> 20) MiB; islet import takes longer files. Nothing is done before you were told what it will do."))\(Inputs.button("Look at the file"))</form>

            """
    }

    private func export(_ visit: Visit, _ desk: ConnectionsDesk) throws -> Response {
        let name = visit.part("file")
        var response: Response
        if name == Export.mastodonFiltersName {
            response = .json(.ok, try store.readApart { try desk.export.mastodonFilters(in: $0) })
        } else {
            guard let kind = ConnectionKind.allCases.first(where: { $0.fileName == name }) else {
                throw Refusal(.notFound, "There is no such file.")
            }
            response = Response(
                .ok, fields: Fields([("Content-Type", "text/csv; charset=utf-8")]),
                body: .bytes(try store.readApart { try desk.export.csv(kind, in: $0) }))
        }
        response.fields.append("Content-Disposition", "attachment; filename=\"\(name)\"")
        response.fields.append("Cache-Control", "private, no-store")
        response.fields.append("X-Content-Type-Options", "nosniff")
        return response
    }

    private func plan(_ visit: Visit, _ desk: ConnectionsDesk, _ upload: ImportUpload) async throws
        -> OwnerPage
    {
        let name = upload.texts.value("kind") ?? ""
        let mode: Imports.Mode = upload.texts.value("mode") == "replace" ? .replace : .merge
        do {
            guard let kind = ConnectionKind(name: name) else {
                throw Refusal(.unprocessable, "What is in the file?")
            }
            guard upload.file.count <= ImportUpload.limit else {
                throw Refusal(.contentTooLarge, "The file is too long for this page; islet import takes it.")
            }
            let plan: ImportPlan
            do {
                plan = try await desk.imports.plan(kind, mode, upload.file)
            } catch {
                throw WebPages.refusal(of: error)
            }
            let ticket = desk.keep(kind, mode, upload.file)
            return OwnerPage(
                title: "Take it over?", section: "/home/more",
                main: """
                    <h1>Take it over?</h1>
                    <div class="box">
                    <p>\(plan.sentences)</p>
                    \(visit.actButton(
                        WebPages.base + "/start", "Take it over", [("ticket", ticket)],
                        kind: mode == .replace ? "danger" : "primary"))</div>
                    <p><a href="\(WebPages.base)">No, leave it</a></p>

                    """)
        } catch let refusal as Refusal {
            return try connections(visit, desk, name, refusal)
        }
    }

    private func report(_ visit: Visit, _ desk: ConnectionsDesk) throws -> OwnerPage {
        guard let id = Int64(visit.part("id")), let job = try desk.imports.find(ImportJobID(id)) else {
            throw WebPages.noImport
        }
        let path = "\(WebPages.base)/imports/\(id)"
        let after = Int(visit.query("after")) ?? 0
        let failures = try desk.imports.failures(of: job.id, after: max(0, after), limit: 100)
        let rows = failures.map { failure -> HTML in
            """
            <tr><td class="number">\(failure.line)</td><td><bdi>\(failure.entry)</bdi></td><td>\(failure.reason)</td></tr>

            """
        }
        var main: HTML = """
            <h1>Import: \(ConnectionsMarkup.title(job.kind))</h1>
            <p>\(ConnectionsMarkup.state(job)). Begun \(Moment.time(job.startedAt)).</p>
            <progress max="\(max(1, job.lines))" value="\(min(job.lines, job.done + job.failed))" aria-label="Lines done"></progress>

            """
        if job.endedAt == nil {
            main += "<p><a class=\"button\" href=\"\(path)\">Look again</a></p>\n"
            main += visit.actButton(path + "/cancel", "Stop it", kind: "danger")
        }
        if !rows.isEmpty {
            main += """
                <h2>Lines that led nowhere</h2>
                <div class="scroll" tabindex="0" role="region" aria-label="Lines that led nowhere"><table>
                <thead><tr><th scope="col">Line</th><th scope="col">What it says</th><th scope="col">Why</th></tr></thead>
                <tbody>
                \(rows.joined())</tbody></table></div>

                """
            if failures.count == 100, let last = failures.last {
                main += """
                    <nav class="ways" aria-label="More"><a rel="next" href="\(path)?after=\(last.line)">More</a></nav>

                    """
            }
        }
        main += "<p><a href=\"\(WebPages.base)\">Your connections</a></p>\n"
        return OwnerPage(title: "Import", section: "/home/more", main: main)
    }
}

/// Kinds and jobs in words.
enum ConnectionsMarkup {
    static func title(_ kind: ConnectionKind) -> String {
        switch kind {
        case .follows: "Whom you follow"
        case .lists: "Lists"
        case .mutes: "Muted people"
        case .blocks: "Blocked people"
        case .domainBlocks: "Blocked servers"
        case .bookmarks: "Bookmarks"
        case .filters: "Filters"
        }
    }

    static func state(_ job: ImportJob) -> String {
        let state =
            switch job.state {
            case .reading: "being read"
            case .running: "under way"
            case .done: "done"
            case .cancelled: "stopped"
            }
        var text = "\(state): \(job.done) of \(job.lines) lines led somewhere, \(job.failed) nowhere"
        if job.undone > 0 { text += ", \(job.undone) undone" }
        return text
    }
}
