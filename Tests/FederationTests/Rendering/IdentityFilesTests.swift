import Basics
import Federation
import Storage
import Testing

struct IdentityFilesTests {
    private func identity(_ secret: String = "a") -> Identity {
        Identity(
            origin: "https://islet.example", host: "islet.example", accountDomain: "islet.example",
            username: "me",
            owner: ActorID(1), mediaSecret: Array(secret.utf8))
    }

    @Test func `a file of somebody else has a signed address here`() throws {
        let address = identity().media(RemoteFile(.attachment, 7), at: "https://far.example/a.png")
        let parts = address.split(separator: "/", omittingEmptySubsequences: false)
        #expect(parts.dropLast() == ["https:", "", "islet.example", "media", "attachment", "7"])
        #expect(parts.last?.utf8.count == 22)
        #expect(parts.last.map(String.init) == identity().signature(of: RemoteFile(.attachment, 7), at: ""))
    }

    @Test func `nobody can make an address for another file, kind or server`() {
        let known = identity().signature(of: RemoteFile(.attachment, 7), at: "")
        #expect(identity().signature(of: RemoteFile(.attachment, 8), at: "") != known)
        #expect(identity().signature(of: RemoteFile(.preview, 7), at: "") != known)
        #expect(identity("b").signature(of: RemoteFile(.attachment, 7), at: "") != known)
    }

    @Test(arguments: RemoteFile.Kind.allCases)
    func `another picture of the same person has another address`(kind: RemoteFile.Kind) {
        let file = RemoteFile(kind, 7)
        let isSame =
            identity().media(file, at: "https://far.example/1")
            == identity().media(file, at: "https://far.example/2")
        #expect(isSame != [.avatar, .header, .card].contains(kind))
    }

    @Test func `the owner's pictures are own files, and who has none gets one`() {
        var actor = Actor(uri: "u", username: "me", domain: nil, createdAt: Timestamp(milliseconds: 0))
        #expect(identity().avatar(of: actor) == "https://islet.example/static/avatar/missing.png")
        #expect(identity().header(of: actor) == "https://islet.example/static/header/missing.png")
        actor.avatar = "a.png"
        #expect(identity().avatar(of: actor) == "https://islet.example/media/a.png")
        actor.avatar = "https://islet.example/media/b.png"
        #expect(identity().avatar(of: actor) == "https://islet.example/media/b.png")
        actor.domain = "far.example"
        #expect(identity().avatar(of: actor).hasPrefix("https://islet.example/media/avatar/0/"))
    }
}
