import Basics
import Connections
import Federation
import HTTP
import Storage
import TestSupport
import Testing

@Suite struct ImportReplacingTests {
    private func story(_ body: (Pond, Neighbour, StrangerActor) async throws -> Void) async throws {
        try await Pond.with { pond in
            let ann = pond.stranger("lake.example").resident("ann")
            try await body(pond, Neighbour(pond, try await pond.islet("here.example")), ann)
        }
    }

    @Test func `replacing undoes what is not in the file, and spares whom it could not ask about`()
        async throws
    {
        try await story { pond, here, ann in
            let bob = ann.host.resident("bob")
            let cat = pond.stranger("sea.example").resident("cat")
            for person in [ann, bob, cat] { try await here.islet.follow(person.handle) }
            // Somebody else claims the handle, so its server would have to be asked, and does not answer.
            let row = try #require(try here.islet.actor(cat.id))
            try await here.islet.store.write { tx in
                var other = row
                other.uri = "https://sea.example/users/other"
                _ = try Actors.save(other, in: tx)
            }
            cat.host.answer("/.well-known/webfinger?resource=acct%3Acat%40sea.example", .fail(.timedOut))
            let file = Array("\(ann.handle)\n\(cat.handle)\n".utf8)
            #expect(try await here.imports.plan(.follows, .replace, file).undone == 1)
            #expect(try await here.imports.plan(.follows, .merge, file).undone == nil)
            let job = try await here.take(.follows, .replace, String(decoding: file, as: UTF8.self))
            #expect((job.done, job.failed, job.undone) == (1, 1, 1))
            let left = try here.csv(.follows)
            #expect(left.contains(ann.handle) && left.contains(cat.handle) && !left.contains(bob.handle))
        }
    }

    @Test func `languages that are not said stay, unless all is to be as the file says`() async throws {
        try await story { _, here, ann in
            let head = "Account address,Show boosts,Notify on new posts,Languages\n"
            try await here.take(.follows, .merge, head + "\(ann.handle),true,false,de\n")
            let silent = head + "\(ann.handle),true,false,\n"
            try await here.take(.follows, .merge, silent)
            #expect(try here.csv(.follows).hasSuffix(",de\n"))
            try await here.take(.follows, .replace, silent)
            #expect(try here.csv(.follows) == silent)
            // By the address of a profile nobody knows beforehand who that is.
            let plan = try await here.imports.plan(.follows, .replace, Array("\(ann.id)\n".utf8))
            #expect(plan.sentences.contains("Here but not in the file are at most 1,"))
        }
    }

    @Test func `replacing leaves what the owner adds meanwhile`() async throws {
        try await story { pond, here, ann in
            let (bob, cat) = (ann.host.resident("bob"), ann.host.resident("cat"))
            try await here.islet.follow(bob.handle)
            let head = "Filter title,Contexts,Action,Expires at,Keyword,Whole word,Post\n"
            try await here.take(.filters, .merge, head + "A,home,warn,,one,true,\nB,home,hide,,x,true,\n")
            try await here.take(.lists, .merge, "One,\(ann.handle)\n")
            let jobs = [
                try await here.imports.start(.follows, .replace, Array("\(ann.handle)\n".utf8)),
                try await here.imports.start(
                    .filters, .replace, Array((head + "C,home,warn,,c,true,\n").utf8)),
                try await here.imports.start(.lists, .replace, Array("Two,\(ann.handle)\n".utf8)),
            ]
            let one = try #require(try here.islet.read { try Lists.all(in: $0).first })
            let now = here.islet.clock.now()
            let row = try await here.islet.follow(cat.handle)
            try await here.islet.store.write { tx in
                _ = try ListMembers.insert(row, into: one.id, in: tx)
                let filter = try Filters.all(in: tx).first { $0.title == "A" }
                if let filter {
                    _ = try FilterKeywords.insert("new", isWholeWord: true, into: filter.id, at: now, in: tx)
                }
            }
            try await here.work { _ in
                (try? here.imports.all())?.allSatisfy { $0.endedAt != nil } ?? false
            }
            let undone = try jobs.map { try here.imports.find($0)?.undone }
            #expect(undone == [1, 2, 1])
            let follows = try here.csv(.follows)
            #expect(follows.contains(cat.handle) && !follows.contains(bob.handle))
            #expect(
                try here.csv(.filters) == head + "A,home,warn,,new,true,\nC,home,warn,,c,true,\n")
            #expect(try here.csv(.lists) == "One,\(cat.handle)\nTwo,\(ann.handle)\n")
        }
    }

    @Test func `replacing lists removes those that the file does not have`() async throws {
        try await story { _, here, ann in
            let bob = ann.host.resident("bob")
            try await here.take(.lists, .merge, "One,\(ann.handle)\nOne,\(bob.handle)\nTwo,\(ann.handle)\n")
            let job = try await here.take(.lists, .replace, "One,\(bob.handle)\n")
            #expect(job.undone == 2)
            #expect(try here.csv(.lists) == "One,\(bob.handle)\n")
            #expect(try here.islet.read { try Lists.all(in: $0).map(\.title) } == ["One"])
            #expect(try here.csv(.follows).split(separator: "\n").count == 3, "follows stay")
        }
    }

    @Test func `replacing filters and domain blocks`() async throws {
        try await story { _, here, _ in
            let head = "Filter title,Contexts,Action,Expires at,Keyword,Whole word,Post\n"
            try await here.take(
                .filters, .merge,
                head + "A,home,warn,,one,true,\nA,home,warn,,two,true,\nB,home,hide,,x,true,\n")
            let file = head + "A,home,warn,,two,true,\n"
            try await here.take(.filters, .replace, file)
            #expect(try here.csv(.filters) == file)
            try await here.take(.domainBlocks, .merge, "a.example\nb.example\nhere.example\n")
            #expect(try here.csv(.domainBlocks) == "a.example\nb.example\n")
            try await here.take(.domainBlocks, .replace, "b.example\nc.example\n")
            #expect(try here.csv(.domainBlocks) == "b.example\nc.example\n")
        }
    }
}
