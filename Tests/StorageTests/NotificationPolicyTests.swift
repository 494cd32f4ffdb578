import Storage
import Testing

@Suite struct NotificationPolicyTests {
    private typealias Policy = NotificationPolicy

    private func policy(_ origins: Policy.Origin..., are action: Policy.Action) -> Policy {
        var policy = Policy()
        for origin in origins { policy[origin] = action }
        return policy
    }

    private func sender(_ change: (inout Policy.Sender) -> Void) -> Policy.Sender {
        var sender = Policy.Sender()
        change(&sender)
        return sender
    }

    @Test func `without a policy everybody is let in`() {
        let stranger = sender { ($0.isNew, $0.isBot, $0.isUnasked) = (true, true, true) }
        #expect(Policy().acceptsEverything)
        #expect(Notification.Kind.allCases.allSatisfy { Policy().decide($0, from: stranger) == .accept })
    }

    @Test func `each origin holds back its own and lets in all others`() {
        typealias Change = (inout Policy.Sender) -> Void
        let rows: [(Policy.Origin, held: Change, free: Change)] = [
            (.notFollowing, { $0.isNew = true }, { $0.isFollowed = true }),
            (.notFollowers, { $0.isFollowed = true }, { $0.isFollower = true }),
            (.newAccounts, { $0.isNew = true }, { $0.isFollower = true }),
            (.privateMentions, { $0.isUnasked = true }, { $0.isNew = true }),
            (.bots, { $0.isBot = true }, { $0.isNew = true }),
        ]
        for (origin, held, free) in rows {
            let policy = policy(origin, are: .filter)
            var known = sender(held)
            known.isPermitted = true
            #expect(policy.decide(.mention, from: sender(held)) == .filter, "\(origin)")
            #expect(policy.decide(.mention, from: sender(free)) == .accept, "\(origin)")
            #expect(policy.decide(.mention, from: known) == .accept, "\(origin)")
        }
    }

    @Test
    func `people whom the owner follows are let in, except those who do not follow back if that is asked`() {
        let friend = sender { ($0.isFollowed, $0.isNew, $0.isBot, $0.isUnasked) = (true, true, true, true) }
        let others = policy(.notFollowing, .newAccounts, .privateMentions, .bots, are: .drop)
        #expect(others.decide(.mention, from: friend) == .accept)
        #expect(policy(.notFollowers, are: .filter).decide(.mention, from: friend) == .filter)
    }

    @Test func `of several the strictest holds`() {
        var policy = policy(.notFollowing, are: .filter)
        policy[.newAccounts] = .drop
        #expect(policy.decide(.mention, from: Policy.Sender()) == .filter)
        #expect(policy.decide(.mention, from: sender { $0.isNew = true }) == .drop)
    }

    @Test func `what the owner asked for always comes`() {
        let policy = policy(.notFollowing, are: .drop)
        for kind in Notification.Kind.allCases {
            let isAsked = [.status, .update, .poll, .quotedUpdate, .report].contains(kind)
            #expect(policy.decide(kind, from: Policy.Sender()) == (isAsked ? .accept : .drop))
        }
    }
}
