import Foundation
import Glibc
package import HTTP
import JSON
import Synchronization
import Testing

/// Writes down every exchange of the tests, one JSON object a line, in the file that `$ISLET_RECORD` names.
///
/// `Deploy/test --part openapi` compares them with the schema of the API and with the table of its endpoints.
package enum Recording {
    /// Opened to append: each line is one write, so that tests side by side do not mix theirs.
    private static let file: Int32? = {
        let path = ProcessInfo.processInfo.environment["ISLET_RECORD"] ?? ""
        guard !path.isEmpty else { return nil }
        let file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o644)
        precondition(file >= 0, "ISLET_RECORD names a file that can be written")
        return file
    }()
    /// Longest body that is written down, in bytes: a schema is proved by pages, not by floods.
    private static let longest = 256 << 10

    /// The route, with what it answers written down.
    package static func recorded(_ route: Route) -> Route {
        guard file != nil else { return route }
        var recorded = route
        recorded.handle = { request in
            var response = try await route.handle(request)
            let isEndless = response.fields["Content-Type"]?.hasPrefix("text/event-stream") == true
            guard case .stream(let pieces, _) = response.body, !isEndless else {
                write(request, response, response.body.gathered)
                return response
            }
            let head = response
            let body = Gathered()
            response.body = .stream(
                BodyStream {
                    let piece = try await pieces.next()
                    if let piece {
                        body.bytes.withLock { $0 += piece }
                    } else {
                        write(request, head, body.bytes.withLock { $0 })
                    }
                    return piece
                })
            return response
        }
        return recorded
    }

    private static func write(_ request: Request, _ response: Response, _ body: [UInt8]) {
        guard let file, body.count <= longest else { return }
        var writer = JSONWriter(capacity: body.count + 1_024)
        writer.object { writer in
            writer.field("method", request.method.rawValue)
            writer.field("url", "https://home.example" + request.target.raw)
            writer.field("status", response.status.code)
            writer.object("headers") { writer in
                var names: Set<String> = []
                for field in response.fields where names.insert(field.name).inserted {
                    writer.field(field.name, response.fields.joined(field.name) ?? "")
                }
            }
            // Which file of tests asked: not all of them show that something works.
            writer.field("from", Test.current?.sourceLocation.fileName)
            writer.field("body", String(decoding: body, as: UTF8.self))
        }
        let line = writer.bytes + [0x0A]
        let written = line.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
        precondition(written == line.count, "an exchange could not be written down")
    }

    /// The pieces of a body as they pass.
    private final class Gathered: Sendable {
        let bytes = Mutex<[UInt8]>([])
    }
}

extension ResponseBody {
    /// What is here already; nothing of files and of what is still to come.
    fileprivate var gathered: [UInt8] {
        if case .bytes(let bytes) = self { return bytes }
        return []
    }
}
