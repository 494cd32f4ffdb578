import Federation
import Foundation
import HTTP
import HouseSupport
import Markup
import Storage
import Testing

@testable import Web

/// Forms with files, filled in by what stands on the page.
extension Browser {
    /// A part of a multipart form that holds a file.
    struct File {
        let field: String
        var name = "a.png"
        let bytes: [UInt8]
    }

    /// What a form of ours sends when nobody touches it: the values of its inputs, with those in `changes` in their place.
    /// A nil value leaves the field out, as an unticked box does.
    static func filled(_ page: String, action: String, _ changes: [(String, String?)] = []) -> [(
        String, String
    )] {
        guard
            let form = page.components(separatedBy: "<form ").first(where: {
                $0.contains("action=\"\(action)\"") || $0.contains("action=\"\(action)?")
            })?
            .components(separatedBy: "</form>").first
        else { return [] }
        var pairs = inputs(of: form) + areas(of: form) + selects(of: form)
        for name in Set(changes.map(\.0)) { pairs.removeAll { $0.0 == name } }
        for (name, value) in changes { if let value { pairs.append((name, value)) } }
        return pairs
    }

    private static func inputs(of form: String) -> [(String, String)] {
        form.components(separatedBy: "<input ").dropFirst().compactMap { piece in
            let tag = piece.components(separatedBy: ">")[0]
            guard let name = attribute("name", tag), attribute("type", tag) != "file" else { return nil }
            if attribute("type", tag) == "checkbox", !tag.contains(" checked") { return nil }
            return (name, attribute("value", tag) ?? "")
        }
    }

    private static func areas(of form: String) -> [(String, String)] {
        form.components(separatedBy: "<textarea ").dropFirst().compactMap { piece in
            let parts = piece.components(separatedBy: "</textarea>")[0].components(separatedBy: ">")
            guard let name = attribute("name", parts[0]) else { return nil }
            return (name, plain(parts.dropFirst().joined(separator: ">").dropFirst()))
        }
    }

    private static func selects(of form: String) -> [(String, String)] {
        form.components(separatedBy: "<select ").dropFirst().compactMap { piece in
            let list = piece.components(separatedBy: "</select>")[0]
            guard let name = attribute("name", list) else { return nil }
            let option = list.components(separatedBy: "<option ").first { $0.contains(" selected") } ?? ""
            return (name, attribute("value", option) ?? "")
        }
    }

    private static func attribute(_ name: String, _ tag: String) -> String? {
        let parts = (" " + tag).components(separatedBy: " \(name)=\"")
        return parts.count < 2 ? nil : plain(parts[1].prefix { $0 != "\"" })
    }

    private static func plain(_ text: Substring) -> String {
        var text = String(text)
        for (reference, character) in [
            ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&"),
        ] { text = text.replacingOccurrences(of: reference, with: character) }
        return text
    }

    /// Sends a form as browsers send one with files.
    func send(
        _ path: String, _ texts: [(String, String)], files: [File] = [], more: [(String, String)] = []
    ) async throws -> Response {
        var body: [UInt8] = []
        for (name, value) in texts {
            body += Array(
                "--edge\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
        }
        for file in files {
            let head = "Content-Disposition: form-data; name=\"\(file.field)\"; filename=\"\(file.name)\""
            body += Array("--edge\r\n\(head)\r\nContent-Type: application/octet-stream\r\n\r\n".utf8)
            body += file.bytes + [13, 10]
        }
        body += Array("--edge--\r\n".utf8)
        let fields = [("Host", site.identity.host), ("Content-Type", "multipart/form-data; boundary=edge")]
        return keep(
            try await site.send(
                Request(.post, path, fields: Fields(fields + self.fields + more), body: .bytes(body))))
    }

    /// The page that came back instead of being led on; it must be well-formed.
    func checked(_ response: Response, _ status: HTTP.Status) -> String {
        #expect(response.status == status)
        let text = response.text
        #expect(PageCheck.faults(in: text, allowing: ["form", "script"]) == [])
        return text
    }

    /// Writes on the page at `page` and sends it with this button.
    func write(
        _ changes: [(String, String?)], act: String = "publish", at page: String = "/home/write",
        files: [File] = []
    ) async throws -> Response {
        let form = Browser.filled(try await self.page(page), action: "/home/write", changes)
        return try await send("/home/write", form + [("act", act)], files: files)
    }

    /// The post that the answer leads to.
    func post(_ response: Response) async throws -> Post {
        #expect(response.status == .seeOther, "\(response.text)")
        let id =
            place(response).components(separatedBy: "post-").last?.components(separatedBy: "/").last ?? ""
        return Post(try await asker.get("/api/v1/statuses/\(id)").root)
    }

    /// Where the answer leads, without what it tells the script.
    func place(_ response: Response) -> String {
        let parts = (response.fields["Location"] ?? "").components(separatedBy: "?written=")
        return parts[0] + (parts.count > 1 ? parts[1].drop { $0 != "#" } : "")
    }

    /// Asks the API in this session.
    var asker: Asker { Asker(site.house.api, secret: secret, cause: Request(.get, "/home", fields: [:])) }
}
