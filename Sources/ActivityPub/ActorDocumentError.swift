/// Why a document is not the actor that was asked for.
package enum ActorDocumentError: Error, Equatable, Sendable {
    case notAnObject
    /// It is about somebody else, or does not say about whom.
    case otherID(String?)
    /// None of its types is an actor's.
    case notAnActor
    case noInbox
    /// It has no `preferredUsername` and no `webfinger`.
    case noName
}
