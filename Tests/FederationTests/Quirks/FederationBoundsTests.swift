import Federation
import HTTP
import JSON
import Storage
import Testing

/// The numbers in `FEDERATION.md` are those of the sources.
struct FederationBoundsTests {
    /// A row of a table, by its heading and first cell, and the numbers that it must have in this order.
    private struct Row {
        let table: String
        let what: String
        let numbers: [Int]
    }

    private static let rows: [Row] = {
        let (thread, profile) = (ThreadLimits(), ProfileReader.Limits())
        let (http, json) = (Limits.standard, JSONLimits.standard)
        let (manners, keys, delivery) = (HostManners.Limits(), KeyRing.Limits(), DeliveryWorker.Limits())
        func row(_ what: String, _ numbers: Int...) -> Row {
            Row(table: "Limits", what: what, numbers: numbers)
        }
        func look(_ what: String, _ numbers: Int...) -> Row {
            Row(table: "Threads and profiles", what: what, numbers: numbers)
        }
        return [
            look("posts", thread.posts, thread.ancestors, profile.posts, profile.pinned, profile.addresses),
            look("documents", thread.documents, thread.perHost, profile.pages),
            look("pages of one collection", thread.pages, profile.pages),
            look("bytes", thread.bytes >> 20, http.documentBytes >> 20),
            look("at once", thread.width, thread.atOnceOfHost),
            look("waiting", thread.looks, profile.looks),
            look("documents that do not belong to the thread", thread.strays),
            row(
                "activity", http.bodyInbox >> 20, json.depth, json.nodes, json.stringBytes >> 10,
                json.arrayElements),
            row("document that is fetched", http.documentBytes >> 20, http.redirects),
            row("questions to one host", manners.perDay, manners.inBackground),
            row("keys being fetched", keys.underWay, keys.underWayPerHost),
            row("activities that wait for a fetch", Inbound.limit),
            row("deliveries that wait", Deliveries.limit),
            row("deliveries that wait for one inbox that fails", Deliveries.limitPerFailingInbox),
            row("exchanges at once", delivery.perHost, delivery.inAll),
            row("versions of an edited post", StatusEdits.limit),
            row("reports", Reports.limit, Reports.limits.content),
        ]
    }()

    @Test func `the bounds in the document are those of the sources`() throws {
        let document = try FederationDocument()
        for row in Self.rows {
            let cells = try #require(document.table(row.table).first { $0.first == row.what }, "\(row.what)")
            // A comma between digits belongs to the number.
            let found = cells.dropFirst().joined(separator: " ").matches(of: /[0-9][0-9,]*/).compactMap {
                Int($0.output.filter { $0 != "," })
            }
            var rest = found[...]
            for number in row.numbers {
                let place = rest.firstIndex(of: number)
                #expect(place != nil, "\(row.what): \(number)")
                if let place { rest = rest[(place + 1)...] }
            }
        }
    }
}
