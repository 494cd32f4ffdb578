import JSON
import Testing

@testable import ActivityPub

struct CollectionTests {
    private static let head = #"{"@context":"https://www.w3.org/ns/activitystreams","#

    @Test func `a paged collection says how many and where to begin`() {
        #expect(
            text(Collection.ordered(id: "c", total: 3, first: "c?page=true", last: "c?last"))
                == Self.head
                + #""id":"c","type":"OrderedCollection","totalItems":3,"first":"c?page=true","last":"c?last"}"#
        )
    }

    @Test func `a hidden collection only says how many`() {
        #expect(
            text(Collection.ordered(id: "c", total: 3, first: nil))
                == Self.head + #""id":"c","type":"OrderedCollection","totalItems":3}"#)
    }

    @Test func `a short collection has its items with it`() {
        #expect(
            text(Collection.ordered(id: "c", attributedTo: "u", items: ["a", "b"]))
                == Self.head
                + #""id":"c","type":"OrderedCollection","attributedTo":"u","totalItems":2,"orderedItems":["a","b"]}"#
        )
    }

    @Test func `a page knows its neighbours`() {
        #expect(
            text(Collection.page(id: "c?1", partOf: "c", next: "c?2", previous: "c?0", items: ["a"]))
                == Self.head
                + #""id":"c?1","type":"OrderedCollectionPage","partOf":"c","next":"c?2","prev":"c?0","orderedItems":["a"]}"#
        )
    }

    @Test func `a page of objects has one context for all`() {
        let objects = [Array(#"{"id":"a"}"#.utf8), Array(#"{"id":"b"}"#.utf8)]
        #expect(
            text(Collection.page(id: "c?1", partOf: "c", next: nil, context: [], objects: objects))
                == Self.head
                + #""id":"c?1","type":"OrderedCollectionPage","partOf":"c","orderedItems":[{"id":"a"},{"id":"b"}]}"#
        )
    }

    @Test func `featured tags are hashtags with their pages`() {
        #expect(
            text(Collection.featuredTags(id: "c", tags: [("#a", "t/a")]))
                == #"{"@context":["https://www.w3.org/ns/activitystreams",{"Hashtag":"as:Hashtag"}],"#
                + ##""id":"c","type":"Collection","totalItems":1,"items":[{"type":"Hashtag","href":"t/a","name":"#a"}]}"##
        )
    }

    @Test func `a list for comparing is ordered and says how many`() {
        #expect(
            text(Collection.synchronization(id: "c", items: ["a"]))
                == Self.head + #""id":"c","type":"OrderedCollection","totalItems":1,"orderedItems":["a"]}"#)
    }

    @Test func `a count is a collection without items`() {
        #expect(
            text(Collection.count(id: "c", total: 0)) == Self.head
                + #""id":"c","type":"Collection","totalItems":0}"#)
    }
}
