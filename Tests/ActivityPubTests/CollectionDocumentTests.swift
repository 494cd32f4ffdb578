import JSON
import Testing

@testable import ActivityPub

struct CollectionDocumentTests {
    private func read(_ source: String) throws -> CollectionDocument {
        try #require(CollectionDocument(json(source)))
    }

    @Test(arguments: ["Collection", "OrderedCollection", "as:CollectionPage", "OrderedCollectionPage"])
    func `each kind is read, and its items whichever member they are in`(type: String) throws {
        for key in ["items", "orderedItems"] {
            let collection = try read(
                #"{"id": "https://a.example/c", "type": "\#(type)", "\#(key)": ["https://a.example/1", null, {"id": "https://a.example/2"}, 5], "totalItems": "2", "attributedTo": {"id": "https://a.example/u"}}"#
            )
            #expect(collection.id == "https://a.example/c" && collection.totalItems == 2)
            #expect(collection.itemIDs == ["https://a.example/1", "https://a.example/2"])
            #expect(collection.items.count == 3 && collection.attributedTo == "https://a.example/u")
            #expect(collection.isPage == type.hasSuffix("Page"))
            #expect(collection.next == nil && collection.first == nil && collection.firstPage == nil)
        }
    }

    @Test(arguments: [
        (#""https://a.example/1""#, 1), (#"{"id": "https://a.example/1"}"#, 1),
        (#"{"@list": ["https://a.example/1", "https://a.example/2"]}"#, 2), ("null", 0), ("[]", 0), ("{}", 0),
        (#"[["https://a.example/1"]]"#, 0),
    ])
    func `a single item stands for a list of one`(items: String, count: Int) throws {
        #expect(try read(#"{"type": "OrderedCollection", "orderedItems": \#(items)}"#).itemIDs.count == count)
    }

    @Test func `the first page is an address or in place`() throws {
        let address = try read(#"{"type": "Collection", "first": "https://a.example/c?1"}"#)
        #expect(address.first?.firstID == "https://a.example/c?1" && address.firstPage == nil)
        let inPlace = try read(
            #"{"type": "Collection", "first": {"items": ["https://a.example/1"], "next": {"id": "https://a.example/c?2"}, "partOf": "https://a.example/c"}}"#
        )
        #expect(inPlace.firstPage?.itemIDs == ["https://a.example/1"])
        #expect(inPlace.firstPage?.next == "https://a.example/c?2" && inPlace.firstPage?.isPage == true)
    }

    @Test(arguments: [
        "{}", "[]", "null", #""https://a.example/c""#, #"{"type": "Note", "items": []}"#,
        #"{"type": "Link", "href": "https://a.example/c"}"#, #"{"@graph": [], "type": "Collection"}"#,
    ])
    func `what is no collection is refused`(source: String) throws {
        #expect(CollectionDocument(try json(source)) == nil)
    }

    @Test func `ten thousand items are cut to a thousand`() throws {
        let list = (0..<10_000).map { "\"https://a.example/\($0)\"" }.joined(separator: ",")
        let collection = try read(#"{"type": "Collection", "items": [\#(list)]}"#)
        #expect(collection.items.count == CollectionDocument.mostItems)
        #expect(collection.itemIDs.count == CollectionDocument.mostItems)
    }

    @Test(arguments: [("-4", 0), ("1e300", Int.max), ("null", nil), (#""many""#, nil)])
    func `a count is never negative`(total: String, expected: Int?) throws {
        #expect(try read(#"{"type": "Collection", "totalItems": \#(total)}"#).totalItems == expected)
    }

    @Test func `a reference is an id or what came along`() throws {
        #expect(CollectionReference(try json(#"["https://a.example/c"]"#))?.id == "https://a.example/c")
        let embedded = CollectionReference(try json(#"{"id": "https://a.example/c", "type": "Collection"}"#))
        #expect(embedded?.id == "https://a.example/c" && embedded?.document != nil)
        #expect(CollectionReference(try json("5")) == nil)
        #expect(CollectionReference(try json("null")) == nil)
    }

    @Test(
        .enabled(if: Samples.areThere, "the folder of samples is not there"),
        arguments: [
            ("lemmy/LemmyNet.collections.group_moderators.json", false),
            ("mastodon/LemmyNet.collections.featured.json", false),
            ("mastodon/BDX-town.mastodon.featured_collection.json", false),
            ("pleroma/BDX-town.users_mock.pleroma_following.json", false),
        ])
    func `collections of other software are read`(path: String, isPage: Bool) throws {
        let collection = try #require(CollectionDocument(Samples.value(path)))
        #expect(collection.isPage == isPage)
        #expect(!collection.itemIDs.isEmpty || collection.firstPage?.next != nil)
    }
}
