import Federation
import Foundation
import HTTP
import Markup
import Synchronization
import Testing

@testable import Web

/// A browser without script: keeps its cookie, takes forms from pages, follows redirects when told to.
final class Browser: Sendable {
    let site: Site
    private let kept = Mutex<String?>(nil)

    init(site: Site) {
        self.site = site
    }

    /// The cookie's name.
    var cookie: String { SessionCookie(site.identity).name }

    var secret: String? { kept.withLock { $0 } }

    func get(_ path: String) async throws -> Response {
        keep(try await site.get(path, fields: fields))
    }

    /// The page at this path, which must be there and be well-formed.
    func page(_ path: String) async throws -> String {
        let response = try await get(path)
        #expect(response.status == .ok, "\(path): \(response.fields["Location"] ?? "")")
        let text = response.text
        #expect(PageCheck.faults(in: text, allowing: ["form", "script"]) == [], "\(path)")
        return text
    }

    /// Sends these fields as a form; the token is not added.
    func post(_ path: String, _ form: KeyValuePairs<String, String>, more: [(String, String)] = [])
        async throws -> Response
    {
        let body = form.map { "\(PercentCoding.encodeQuery($0.key))=\(PercentCoding.encodeQuery($0.value))" }
            .joined(separator: "&")
        return keep(
            try await site.send(
                Request(
                    .post, path,
                    fields: Fields(
                        [("Host", site.identity.host), ("Content-Type", "application/x-www-form-urlencoded")]
                            + fields + more), body: .bytes(Array(body.utf8)))))
    }

    /// Sends the fields with the session's token, as a form of one of its pages does.
    ///
    /// - Parameter text: of the form, added as it is.
    func submit(
        _ path: String, _ form: KeyValuePairs<String, String> = [:], text: String = "",
        more: [(String, String)] = []
    ) async throws -> Response {
        let token = FormToken(secret: secret ?? "").field.text.components(separatedBy: "value=\"").last ?? ""
        var body = "\(FormToken.name)=\(token.prefix { $0 != "\"" })" + text
        for (name, value) in form {
            body += "&\(PercentCoding.encodeQuery(name))=\(PercentCoding.encodeQuery(value))"
        }
        return keep(
            try await site.send(
                Request(
                    .post, path,
                    fields: Fields(
                        [("Host", site.identity.host), ("Content-Type", "application/x-www-form-urlencoded")]
                            + fields + more), body: .bytes(Array(body.utf8)))))
    }

    var fields: [(String, String)] {
        secret.map { [("Cookie", "other=1; \(cookie)=\($0)")] } ?? []
    }

    func keep(_ response: Response) -> Response {
        for field in response.fields.values("Set-Cookie") {
            let value = field.dropFirst(cookie.count + 1).prefix { $0 != ";" }
            kept.withLock { $0 = value.isEmpty ? nil : String(value) }
        }
        return response
    }
}
