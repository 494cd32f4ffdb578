import Testing

/// One document of a real server, how it is fed to an islet, and what must come of it. Rows are written by hand.
struct Sample: Sendable, CustomTestStringConvertible {
    /// How a document comes.
    enum Feed: Sendable {
        /// An activity, delivered by its actor.
        case activity
        /// An object, delivered by its author within an activity of this type.
        case object(in: String)
        /// An object, delivered within an activity of this type by somebody else.
        case foreign(in: String, by: String)
        /// Whatever it is, delivered as it is by somebody who has nothing to do with it.
        case document
        /// Somebody's document, served at its id and asked for.
        case actor
        /// A document that is found where somebody looks, with this type.
        case address(String, type: String)
        /// A WebFinger answer about this handle.
        case handle(String)
    }

    /// Path below the folder of samples.
    let file: String
    let feed: Feed
    let given: [Given]
    let expected: [Expectation]

    var testDescription: String { file }

    static func activity(_ file: String, _ given: [Given] = [], _ expected: Expectation...) -> Sample {
        Sample(file: file, feed: .activity, given: given, expected: expected)
    }

    /// An object of somebody whom the owner follows.
    static func post(_ file: String, _ given: [Given] = [], _ expected: Expectation...) -> Sample {
        Sample(file: file, feed: .object(in: "Create"), given: [.followsAuthor] + given, expected: expected)
    }

    /// An object of somebody whom the owner does not follow.
    static func letter(_ file: String, _ given: [Given] = [], _ expected: Expectation...) -> Sample {
        Sample(file: file, feed: .object(in: "Create"), given: given, expected: expected)
    }

    static func actor(_ file: String, _ given: [Given] = [], _ expected: Expectation...) -> Sample {
        Sample(file: file, feed: .actor, given: given, expected: expected)
    }

    /// No activity: it is refused, and nothing comes of it.
    static func document(_ file: String) -> Sample {
        Sample(file: file, feed: .document, given: [], expected: [.answered(400)])
    }

    /// The same row in the folder of a software.
    func below(_ folder: String) -> Sample {
        Sample(file: "\(folder)/\(file).json", feed: feed, given: given, expected: expected)
    }
}

/// What is so before a sample comes. Applied in order.
enum Given: Sendable {
    /// What a text of the sample is replaced with, so that it concerns the owner.
    enum Own: Sendable {
        case actor
        case post
        /// A post that asks, with these answers to choose from.
        case poll([String])
    }

    case replacing(String, Own)
    /// This date in the sample becomes one of a few minutes ago: what is old tells nobody.
    case fresh(String)
    case followsAuthor
    case follows(String)
    /// The owner asked to follow them and has no answer yet.
    case asked(String)
    case followed(by: String)
    case known(String)
    /// There is such a person, of whom nothing is known here.
    case lives(String)
    /// A handle that leads to this actor, who is called otherwise.
    case finger(String, is: String, as: String)
    /// The owner has this post of somebody whom they follow.
    case has(String, by: String)
    /// Another sample of the same software came before, as an activity.
    case after(String)
    /// Another sample of the same software came before, within a Create.
    case afterCreate(of: String)
    /// A sample, or the part of it that this path of members names, is to be had at its own id.
    case serves(String, part: [String] = [])
    /// A sample is to be had at this address too.
    case servesAt(String, String)
    /// A note is to be had at its id.
    case says(String, by: String, String)
}
