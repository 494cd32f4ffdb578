import Federation
import HTTP
import JSON
import Storage

/// <https://docs.joinmastodon.org/methods/polls/>
extension ClientAPI {
    var pollEndpoints: [Endpoint] {
        [
            Endpoint(.get, "/api/v1/polls/:id", .optional("read:statuses")) { call in
                try poll(call.id(), for: call)
            },
            Endpoint(.post, "/api/v1/polls/:id/votes", .owner("write:statuses"), vote),
        ]
    }

    private func poll(_ id: StatusID, for call: Call) throws -> Response {
        try store.read { snapshot in
            try requireVisible(id, for: call, in: snapshot)
            let batch = try loader(for: call).statuses([id], in: snapshot)
            guard let status = batch.statuses[id], let poll = batch.polls[id] else {
                throw APIError.notFound
            }
            return .json(.ok, PollEntity.json(poll, of: status, in: batch))
        }
    }

    private func vote(_ call: Call) async throws -> Response {
        let id: StatusID = try call.id()
        let choices = call.parameters.texts("choices").prefix(limits.idsPerRequest).map { Int($0) ?? -1 }
        try await store.write { tx in
            guard let status = try Statuses.find(id, in: tx), try Polls.find(id, in: tx) != nil else {
                throw APIError.notFound
            }
            guard status.actor != identity.owner else {
                throw APIError.invalid("You cannot vote in your own polls")
            }
            do {
                try outbox.vote(Array(choices), on: id, in: tx)
            } catch let refusal as PollRefusal {
                throw APIError.invalid(ClientAPI.sentence(for: refusal))
            }
        }
        return try poll(id, for: call)
    }

    private static func sentence(for refusal: PollRefusal) -> String {
        switch refusal {
        case .over: "The poll has already ended"
        case .alreadyVoted: "You have already voted on this poll"
        case .noSuchOption: "The chosen vote option does not exist"
        case .tooManyChoices: "Only one option may be chosen"
        }
    }
}
