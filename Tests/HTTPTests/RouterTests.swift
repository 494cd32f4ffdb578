import HTTP
import Testing

@Suite struct RouterTests {
    private let router = Router(
        [
            (.get, "/"), (.get, "/a"), (.post, "/a"), (.get, "/a/:id"), (.delete, "/a/:id"), (.get, "/a/new"),
            (.get, "/a/:id/x"), (.get, "/a/new/y"), (.get, "/@:name"), (.get, "/@:name/:post"),
            (.get, "/:page"),
            (.get, "/nodeinfo/:version"), (.get, "/feed/:name.rss"), (.get, "/feed/:name"),
            (.get, "/files/*rest"),
            (.post, "/a/verify"), (.put, "/trailing/"),
        ].map { method, pattern in Route(method, pattern) { _ in .text(.ok, pattern) } })

    private func find(_ method: Method, _ path: String) throws -> String {
        switch router.match(method, try Target(Array(path.utf8))) {
        case .notFound: "-"
        case .methodNotAllowed(let allowed): "not " + allowed.map(\.rawValue).sorted().joined(separator: ",")
        case .found(let route, let parameters):
            ([route.pattern] + parameters.sorted { $0.key < $1.key }.map { $0.key + "=" + $0.value })
                .joined(separator: " ")
        }
    }

    @Test(arguments: [
        ("/", "/"), ("/a", "/a"), ("/a/", "/a"), ("/a/7", "/a/:id id=7"), ("/a/7/", "/a/:id id=7"),
        ("/a/new", "/a/new"), ("/a/new/x", "/a/:id/x id=new"), ("/a/new/y", "/a/new/y"), ("/a/7/y", "-"),
        ("/a//", "-"), ("//a", "-"), ("/@me", "/@:name name=me"), ("/@me/7", "/@:name/:post name=me post=7"),
        ("/@", "/:page page=@"), ("/x", "/:page page=x"), ("/%40me", "/@:name name=me"),
        ("/a/%2F", "/a/:id id=/"),
        ("/nodeinfo/2.1", "/nodeinfo/:version version=2.1"), ("/feed/me.rss", "/feed/:name.rss name=me"),
        ("/feed/me", "/feed/:name name=me"), ("/feed/.rss", "/feed/:name name=.rss"),
        ("/files/a/b%20c", "/files/*rest rest=a/b c"), ("/files/", "/:page page=files"),
        ("/files/x/", "/files/*rest rest=x"),
        ("/A", "/:page page=A"), ("/a/7/x/z", "-"), ("/a?b=c", "/a"), ("/a/verify", "/a/:id id=verify"),
        ("/trailing", "/:page page=trailing"),
    ])
    func `a path leads to its route`(path: String, found: String) throws {
        #expect(try find(.get, path) == found)
    }

    @Test(arguments: [
        (Method.head, "/a", "/a"), (.post, "/a", "/a"), (.put, "/a", "not GET,HEAD,POST"),
        (.head, "/a/7", "/a/:id id=7"), (.post, "/a/7", "not DELETE,GET,HEAD"),
        (.delete, "/a/verify", "/a/:id id=verify"), (.put, "/a/verify", "not DELETE,GET,HEAD,POST"),
        (.options, "/nowhere/at/all", "-"), (.put, "/trailing/", "/trailing/"),
        (.post, "/files/x", "not GET,HEAD"),
        (Method(rawValue: "BREW"), "/", "not GET,HEAD"),
    ])
    func `the method decides among the routes of a path`(method: Method, path: String, found: String) throws {
        #expect(try find(method, path) == found)
    }

    @Test func `the asterisk is nobody's path`() throws {
        #expect(try find(.options, "*") == "-")
    }

    @Test func `the empty table knows nothing`() throws {
        guard case .notFound = Router([]).match(.get, try Target(Array("/".utf8))) else {
            Issue.record("an empty table has found a route")
            return
        }
    }

    @Test func `a very long path is no burden`() throws {
        #expect(try find(.get, "/a" + String(repeating: "/a", count: 4_000)) == "-")
        #expect(try find(.get, "/files" + String(repeating: "/a", count: 4_000)).utf8.count > 8_000)
    }
}
