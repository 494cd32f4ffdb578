import Markup
import Testing

struct HandleTests {
    @Test func `case does not tell handles apart, hosts do`() {
        let handle = Handle(username: "Alice", domain: "Example.ORG")
        #expect(handle == Handle(username: "alice", domain: "example.org"))
        #expect(handle.hashValue == Handle(username: "ALICE", domain: "example.org").hashValue)
        #expect(handle != Handle(username: "alice"))
        #expect(handle != Handle(username: "alice", domain: "example.com"))
        #expect(handle.username == "Alice")
        #expect(handle.domain == "example.org")
    }
}
