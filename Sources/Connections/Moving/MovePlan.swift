package import Basics
package import Federation
package import Storage

/// What moving to another account would do, to be said before it is done.
package struct MovePlan: Sendable {
    /// Where the owner wants to go, as its server described it just now.
    package let target: Actor
    /// Who would be told, and on how many servers.
    package let followers: Int
    package let servers: Int
    /// Why it cannot be done now; nil when it can.
    package let refusal: MoveRefusal?
    /// When the pause after the last move ends, where there was one.
    package let nextMove: Timestamp?

    /// A few plain sentences.
    ///
    /// - Parameter own: the owner's handle here.
    package func sentences(own: String) -> [String] {
        let there = target.acct
        return [
            "Your followers here (\(followers) on \(servers) servers) are told that you are @\(there) now. "
                + "Most servers then follow you there by themselves.",
            "Your profile @\(own) stays, shows where you have gone, and gets no new followers by itself.",
            "Your posts stay here, and so does whom you follow, mute and block; export those and import them there.",
            "You can stop showing where you have gone, but followers who went do not come back, and you can move "
                + "again only after \(Outbox.movePauseDays) days.",
        ]
    }
}

extension Outbox {
    fileprivate static var movePauseDays: Int64 { movePause.components.seconds / 86_400 }
}

extension MoveRefusal {
    /// A plain sentence.
    ///
    /// - Parameters:
    ///   - there: the handle of the other account.
    ///   - own: the owner's handle here.
    package func sentence(there: String, own: String) -> String {
        switch self {
        case .notAcknowledged:
            "@\(there) does not say yet that @\(own) is its own. Add @\(own) as an alias there first."
        case .movedOn: "@\(there) has moved on itself."
        case .tooSoon: "The last move was less than \(Outbox.movePauseDays) days ago."
        case .nobodyThere: "There is nobody whom you could move to."
        }
    }
}
