import ActivityPub
import Basics
import Federation
import JSON
import Storage
import Testing

struct NoteRenderingTests {
    private func note(_ id: StatusID, of house: Household) throws -> JSONValue {
        let bytes = try house.store.read { try NoteRendering(identity: house.identity).note(id, in: $0) }
        return try Document(try #require(bytes)).root
    }

    @Test func `a plain post is whole`() async throws {
        let house = try await Household()
        let id = try await house.post()
        let uri = "https://islet.example/users/me/statuses/\(id)"
        let document = try house.store.read {
            try NoteRendering(identity: house.identity).document(id, in: $0)
        }
        #expect(
            text(document) == """
                {"@context":["https://www.w3.org/ns/activitystreams",{"gts":"https://gotosocial.org/ns#","sensitive":"as:sensitive",\
                "interactionPolicy":{"@id":"gts:interactionPolicy","@type":"@id"},"canQuote":{"@id":"gts:canQuote","@type":"@id"},\
                "automaticApproval":{"@id":"gts:automaticApproval","@type":"@id"}}],"id":"\(uri)","type":"Note",\
                "attributedTo":"https://islet.example/users/me","content":"<p>Hello</p>","published":"2024-01-02T03:04:05Z",\
                "url":"https://islet.example/@me/\(id)","to":["https://www.w3.org/ns/activitystreams#Public"],\
                "cc":["https://islet.example/users/me/followers"],"inReplyTo":null,"summary":null,"sensitive":false,\
                "attachment":[],"tag":[],"interactionPolicy":{"canQuote":{"automaticApproval":[\
                "https://www.w3.org/ns/activitystreams#Public"]}},"replies":{"id":"\(uri)/replies","type":"Collection","first":{"type":"CollectionPage",\
                "partOf":"\(uri)/replies","next":"\(uri)/replies?page=true","items":[]}},\
                "likes":{"id":"\(uri)/likes","type":"Collection","totalItems":0},\
                "shares":{"id":"\(uri)/shares","type":"Collection","totalItems":0}}
                """)
    }

    @Test func `a post with everything is read as it was meant`() async throws {
        let house = try await Household()
        let bob = try await house.stranger("bob")
        let parent = try await house.foreignPost(by: bob)
        let id = try await house.post(
            #"<p>#<span>SwiftLang</span></p>"#, visibility: .unlisted,
            { status, _ in
                status.spoiler = "cw \"quoted\""
                status.language = "de"
                status.conversation = "https://b.example/contexts/1"
                status.inReplyTo = parent
                status.inReplyToActor = bob
                status.editedAt = Household.start + .minutes(1)
            },
            then: { id, tx in
                try Mentions.insert(status: id, actor: bob, in: tx)
                try Hashtags.insert("swiftlang", status: id, in: tx)
                var picture = Attachment(kind: .image, createdAt: Household.start)
                picture.status = id
                picture.file = "abc.png"
                picture.mediaType = "image/png"
                picture.description = "alt"
                picture.width = 640
                picture.height = 480
                picture.blurhash = "LEHV6nWB2yk8pyo0adR*.7kCMdnj"
                picture.focusX = 0.5
                picture.focusY = -0.25
                _ = try Attachments.insert(picture, in: tx)
                _ = try Favourites.insert(actor: bob, status: id, uri: "https://b.example/likes/1", in: tx)
            })
        let value = try note(id, of: house)
        let read = try #require(NoteDocument(value))
        #expect(Audience(to: read.to, cc: read.cc, followers: house.identity.followers).kind == .unlisted)
        #expect(read.cc == [Vocabulary.everybody, "https://b.example/users/bob"])
        #expect(read.contentWarning == "cw \"quoted\"" && read.sensitive)
        #expect(read.contentLanguage == "de" && read.updated == Household.start.milliseconds + 60_000)
        #expect(read.conversation == "https://b.example/contexts/1" && read.context == read.conversation)
        #expect(read.inReplyTo == "https://b.example/posts/0")
        #expect(read.mentions.map(\.href) == ["https://b.example/users/bob"])
        #expect(read.mentions.map(\.name) == ["@bob@b.example"])
        #expect(read.hashtags == ["SwiftLang"])
        #expect(value["tag"]?.elements.last?["href"]?.string == "https://islet.example/tags/swiftlang")
        let file = try #require(read.attachments.first)
        #expect(file.url == "https://islet.example/media/abc.png" && file.mediaType == "image/png")
        #expect(file.description == "alt" && file.width == 640 && file.height == 480)
        #expect(file.focalPoint?.x == 0.5 && file.focalPoint?.y == -0.25)
        #expect(value["likes"]?["totalItems"]?.int == 1 && value["shares"]?["totalItems"]?.int == 0)
    }

    @Test func `a film says how long it is and which picture stands for it`() async throws {
        let house = try await Household()
        let id = try await house.post(then: { id, tx in
            var film = Attachment(kind: .video, createdAt: Household.start)
            film.status = id
            film.file = "abc.mp4"
            film.mediaType = "video/mp4"
            film.duration = 12.5
            film.preview = "def.jpg"
            _ = try Attachments.insert(film, in: tx)
        })
        let file = try #require(NoteDocument(try note(id, of: house))?.attachments.first)
        #expect(file.kind == .video && file.url == "https://islet.example/media/abc.mp4")
        #expect(file.duration == 12.5 && file.preview == "https://islet.example/media/def.jpg")
    }

    @Test(arguments: [
        (Visibility.public, Audience.Kind.open), (.unlisted, .unlisted), (.private, .followers),
        (.direct, .direct),
    ])
    func `who may see a post is said by its addressing`(visibility: Visibility, kind: Audience.Kind)
        async throws
    {
        let house = try await Household()
        let bob = try await house.stranger("bob")
        let id = try await house.post(
            visibility: visibility, then: { id, tx in try Mentions.insert(status: id, actor: bob, in: tx) })
        let read = try #require(NoteDocument(try note(id, of: house)))
        #expect(Audience(to: read.to, cc: read.cc, followers: house.identity.followers).kind == kind)
        #expect((read.to + read.cc).contains("https://b.example/users/bob"))
    }

    @Test func `a parent that was deleted is left out`() async throws {
        let house = try await Household()
        let known = try await house.post { status, _ in status.inReplyToURI = "https://b.example/posts/9" }
        #expect(try note(known, of: house)["inReplyTo"]?.string == "https://b.example/posts/9")
        try await house.store.write {
            try Tombstones.insert("https://b.example/posts/9", at: Household.start, in: $0)
        }
        #expect(try note(known, of: house)["inReplyTo"]?.isNull == true)
    }

    @Test func `only the owner's own texts are rendered`() async throws {
        let house = try await Household()
        let bob = try await house.stranger("bob")
        let foreign = try await house.foreignPost(by: bob)
        let boost = try await house.post("", { status, _ in status.reblogOf = foreign })
        let rendering = NoteRendering(identity: house.identity)
        #expect(try house.store.read { try rendering.note(foreign, in: $0) } == nil)
        #expect(try house.store.read { try rendering.note(boost, in: $0) } == nil)
        #expect(try house.store.read { try rendering.document(StatusID(5), in: $0) } == nil)
    }

    @Test func `the handle of the owner has the domain of the handle`() async throws {
        let house = try await Household(accountDomain: "example.org")
        let owner = house.identity.owner
        let id = try await house.post(then: { id, tx in try Mentions.insert(status: id, actor: owner, in: tx)
        })
        #expect(NoteDocument(try note(id, of: house))?.mentions.first?.name == "@me@example.org")
    }
}
