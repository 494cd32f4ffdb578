import ActivityPub
import Testing

struct CollectionSynchronizationTests {
    private let first = "3a06e99569547f444c352ab7f52e4bab207abec5ca6f07b0045cfdc9723f8fa9"
    private let both = "c33f48cd341ef046a206b8a72ec97af65079f9a3a9b90eef79c5920dce45c61f"

    @Test func `the example of FEP-8fcf is met in any order`() {
        let ids = ["https://testing.example.org/users/1", "https://testing.example.org/users/2"]
        #expect(CollectionSynchronization.digest(of: ids.prefix(1)) == first)
        #expect(CollectionSynchronization.digest(of: ids) == both)
        #expect(CollectionSynchronization.digest(of: ids.reversed()) == both)
        #expect(CollectionSynchronization.digest(of: []) == String(repeating: "0", count: 64))
    }

    @Test func `a header goes both ways`() throws {
        let header =
            #"collectionId="https://a.example/followers", url="https://a.example/sync?x=1,2", "#
            + #"digest="\#(both)""#
        let read = try #require(CollectionSynchronization(header))
        #expect(read.collectionID == "https://a.example/followers")
        #expect(read.url == "https://a.example/sync?x=1,2")
        #expect(read.digest == both)
        #expect(read.header == header)
    }

    @Test func `spaces, order and the case of digits do not matter`() {
        let header = #"  digest = "\#(both.uppercased())" ,url="u",  collectionId="c" , more="x" "#
        let expected = CollectionSynchronization(collectionID: "c", url: "u", digest: both)
        #expect(CollectionSynchronization(header) == expected)
    }

    @Test func `what is no such header is refused`() {
        let digest = #"digest="\#(both)""#
        for header in [
            "", "x", #"collectionId="c", url="u""#, #"collectionId="c", \#(digest)"#, #"url="u", \#(digest)"#,
            #"collectionId="", url="u", \#(digest)"#, #"collectionId="c", url="", \#(digest)"#,
            #"collectionId="c", url="u", digest="""#,
            #"collectionId="c", url="u", digest="\#(both.dropLast(2))""#,
            #"collectionId="c", url="u", digest="\#(both.dropLast(2))zz""#,
            #"collectionId="c", url="u", url="v", \#(digest)"#, #"collectionId="c" url="u" \#(digest)"#,
            #"collectionId="c", url="u, \#(digest)"#,
            #"collectionId="c", url="\#(String(repeating: "u", count: 3_000))", \#(digest)"#,
        ] {
            #expect(CollectionSynchronization(header) == nil, "\(header.prefix(80))")
        }
    }
}
