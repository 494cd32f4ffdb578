import JSON
import Testing

@testable import ActivityPub

struct NodeInfoTests {
    @Test func `the index names both versions, the older first`() throws {
        let index = NodeInfo.index(
            origin: "https://islet.example", instanceActor: "https://islet.example/actor")
        #expect(
            text(index) == """
                {"links":[{"rel":"http://nodeinfo.diaspora.software/ns/schema/2.0","href":"https://islet.example/nodeinfo/2.0"},\
                {"rel":"http://nodeinfo.diaspora.software/ns/schema/2.1","href":"https://islet.example/nodeinfo/2.1"},\
                {"rel":"https://www.w3.org/ns/activitystreams#Application","href":"https://islet.example/actor"}]}
                """)
        #expect(NodeInfo.url(in: try Document(index).root) == "https://islet.example/nodeinfo/2.1")
    }

    @Test func `our own document is whole`() {
        let document = NodeInfo.document(
            .v20, softwareVersion: "1.2.3", localPosts: 7, isActiveInMonth: false, isActiveInHalfYear: true,
            name: "islet.example", staff: "https://islet.example/users/me")
        #expect(
            text(document) == """
                {"version":"2.0","software":{"name":"islet","version":"1.2.3"},"protocols":["activitypub"],\
                "services":{"inbound":[],"outbound":[]},"openRegistrations":false,\
                "usage":{"users":{"total":1,"activeMonth":0,"activeHalfyear":1},"localPosts":7},\
                "metadata":{"nodeName":"islet.example","staffAccounts":["https://islet.example/users/me"]}}
                """)
        #expect(
            NodeInfo.Version.v21.contentType
                == "application/json; profile=\"http://nodeinfo.diaspora.software/ns/schema/2.1#\"")
    }

    @Test(arguments: [
        (#"{"software": {"name": "Mastodon", "version": "4.5.0"}}"#, "mastodon"),
        (#"{"software": {"name": ""}}"#, nil),
        (#"{"software": "mastodon"}"#, nil), ("{}", nil), (#"{"software": {"name": 5}}"#, nil),
    ])
    func `the software of others is known by name`(source: String, name: String?) throws {
        #expect(NodeInfo(try json(source))?.software == name)
    }
}
