import Basics
import Connections
import Federation
import HTTP
import JSON
import Storage

/// What `islet import` and `islet move` ask of the running server, which alone talks to other servers.
///
/// 200 with text or JSON; 422 with a sentence for what cannot be done, 503 for what can be later.
struct ConnectionEndpoints: Sendable {
    let imports: Imports
    let moving: Moving
    let identity: Identity

    private static let file = BodyPolicy.buffered(limit: ImportLimits().bytes + 1)
    private static let name = 4_096

    var routes: [Route] {
        [
            Route(.post, "/imports/:kind/:mode/plan", body: ConnectionEndpoints.file) { request in
                try await answer(request) { kind, mode, bytes in
                    try await imports.plan(kind, mode, bytes).sentences
                }
            },
            Route(.post, "/imports/:kind/:mode", body: ConnectionEndpoints.file) { request in
                try await answer(request) { kind, mode, bytes in
                    try await imports.start(kind, mode, bytes).description
                }
            },
            Route(.get, "/import-jobs") { _ in
                var writer = JSONWriter()
                try imports.all().write(to: &writer)
                return .json(.ok, writer.bytes)
            },
            Route(.get, "/import-jobs/:id/failures/:line") { request in
                guard let id = ImportJobID(request.parameters["id"] ?? ""),
                    let line = Int(request.parameters["line"] ?? "")
                else { return .text(.unprocessable, "This is no import.\n") }
                var writer = JSONWriter()
                try imports.failures(of: id, after: line, limit: 500).write(to: &writer)
                return .json(.ok, writer.bytes)
            },
            Route(.post, "/import-jobs/:id/cancel") { request in
                guard let id = ImportJobID(request.parameters["id"] ?? ""), try await imports.cancel(id)
                else {
                    return .text(.unprocessable, "There is no such import, or it has ended.\n")
                }
                return .text(.ok, "")
            },
            Route(.get, "/move") { _ in .text(.ok, try state()) },
            Route(.post, "/move/plan", handle: plan),
            Route(.post, "/move") { request in
                try await move(request) { name in
                    try await moving.move(to: name)
                    return "Your followers are being told.\n"
                }
            },
            Route(.post, "/move/end") { _ in
                try await moving.endMove()
                return .text(.ok, "Your profile no longer shows where you have gone.\n")
            },
            Route(.post, "/aliases") { request in
                try await move(request) { name in
                    let other = try await moving.addAlias(name)
                    let lines = ["@\(other.acct) is an alias now."] + Moving.aliasSentences(own: own)
                    return lines.map { $0 + "\n" }.joined()
                }
            },
            Route(.post, "/aliases/remove") { request in
                try await move(request) { name in
                    let state = try moving.state()
                    let uri = state.aliases.first { uri in
                        uri == name
                            || state.people[uri].map { "@" + $0.acct == "@" + name.drop { $0 == "@" } }
                                ?? false
                    }
                    guard let uri, try await moving.removeAlias(uri) else { throw Moving.Failure.nobody }
                    return "\(name) is no alias any more.\n"
                }
            },
        ]
    }

    private var own: String { "\(identity.username)@\(identity.accountDomain)" }

    // MARK: - Imports

    private func answer(
        _ request: Request, _ act: (ConnectionKind, Imports.Mode, [UInt8]) async throws -> String
    ) async throws -> Response {
        guard let kind = ConnectionKind(name: request.parameters["kind"] ?? "") else {
            return .text(.unprocessable, "There is no such kind of connections.\n")
        }
        let mode: Imports.Mode = request.parameters["mode"] == "replace" ? .replace : .merge
        do {
            let bytes = try await request.body.collect(limit: ConnectionEndpoints.file.limit)
            return .text(.ok, try await act(kind, mode, bytes) + "\n")
        } catch let refusal as ImportRefusal {
            let isLater = if case .busy = refusal { true } else { false }
            return .text(isLater ? .serviceUnavailable : .unprocessable, refusal.sentence + "\n")
        }
    }

    // MARK: - Moving

    private func move(
        _ request: Request, _ act: (String) async throws -> String
    ) async throws -> Response {
        let body = try await request.body.collect(limit: ConnectionEndpoints.name)
        let name = String(decoding: body, as: UTF8.self).filter { !$0.isWhitespace }
        do {
            return .text(.ok, try await act(name))
        } catch let failure as Moving.Failure {
            switch failure {
            case .nobody: return .text(.unprocessable, "«\(name)» leads to nobody else.\n")
            case .unanswered(let reason): return .text(.serviceUnavailable, reason + "\n")
            case .tooManyAliases:
                return .text(.unprocessable, "There are \(Moving.mostAliases) aliases already.\n")
            case .notNow(let refusal):
                return .text(.unprocessable, refusal.sentence(there: name, own: own) + "\n")
            }
        }
    }

    private func plan(_ request: Request) async throws -> Response {
        try await move(request) { name in
            let plan = try await moving.plan(to: name)
            if let refusal = plan.refusal { throw Moving.Failure.notNow(refusal) }
            return plan.sentences(own: own).map { $0 + "\n" }.joined()
        }
    }

    private func state() throws -> String {
        let state = try moving.state()
        func name(_ uri: String) -> String { state.people[uri].map { "@\($0.acct)" } ?? uri }
        var text = state.movedTo.map { "moved to\t\(name($0))\n" } ?? "moved to\t-\n"
        for alias in state.aliases { text += "alias\t\(name(alias))\n" }
        if let next = state.nextMove {
            text += "next move\t\(ISO8601.seconds(next.milliseconds))\n"
        }
        return text
    }
}

extension [ImportJob] {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.array { writer in
            for job in self {
                writer.object { writer in
                    writer.field("id", job.id.value)
                    writer.field("kind", job.kind.name)
                    writer.field("mode", job.replaces ? "replace" : "merge")
                    writer.field("state", String(describing: job.state))
                    writer.field("lines", job.lines)
                    writer.field("done", job.done)
                    writer.field("failed", job.failed)
                    writer.field("undone", job.undone)
                    writer.field("started_at", ISO8601.milliseconds(job.startedAt.milliseconds))
                    writer.field("ended_at", job.endedAt.map { ISO8601.milliseconds($0.milliseconds) })
                }
            }
        }
    }
}

extension [ImportFailure] {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.array { writer in
            for failure in self {
                writer.object { writer in
                    writer.field("line", failure.line)
                    writer.field("entry", failure.entry)
                    writer.field("reason", failure.reason)
                }
            }
        }
    }
}
