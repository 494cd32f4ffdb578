import Testing

@testable import ActivityPub

struct VocabularyTests {
    @Test(arguments: [
        "https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public",
    ])
    func `everybody has three names`(name: String) {
        #expect(Vocabulary.isEverybody(name))
    }

    @Test func `nothing else is everybody`() {
        #expect(!Vocabulary.isEverybody("public"))
        #expect(!Vocabulary.isEverybody("https://www.w3.org/ns/activitystreams"))
    }

    @Test(arguments: [
        "application/activity+json", "application/activity+json; charset=utf-8", "APPLICATION/activity+JSON",
        #"application/ld+json; profile="https://www.w3.org/ns/activitystreams""#,
        #"application/ld+json;charset=utf-8;profile="http://www.w3.org/ns/activitystreams""#,
        #"application/ld+json; profile="https://w3id.org/security https://www.w3.org/ns/activitystreams""#,
        "application/ld+json; profile=https://www.w3.org/ns/activitystreams",
    ])
    func `a document is believed when it is served as one`(type: String) {
        #expect(Vocabulary.isDocumentType(type))
    }

    @Test(
        arguments: [
            nil, "", "application/json", "application/ld+json", "text/html", "application/octet-stream",
            "text/plain",
            #"application/ld+json; profile="https://evil.example/https://www.w3.org/ns/activitystreams""#,
            "image/png; application/activity+json", "application/activity+jsonx",
        ] as [String?])
    func `an upload cannot pass for a document`(type: String?) {
        #expect(!Vocabulary.isDocumentType(type))
    }
}
