import Federation
import Markup

/// A page of people, each with what they say of themselves in a few words.
struct PeopleList {
    /// People on a page.
    static let people = 40
    /// What is shown of what they say, in characters.
    private static let note = 120

    private let answer: Answer
    private let markup: OwnerPosts

    init(_ answer: Answer, _ visit: Visit) {
        self.answer = answer
        markup = visit.posts
    }

    /// - Parameter base: the page's address, with the items of its query that stay.
    func html(at base: String, empty: HTML = "<p class=\"empty\">There is nobody here.</p>\n") -> HTML {
        let people = answer.elements.map(Person.init)
        return (people.isEmpty ? empty : PeopleList.html(people, markup)) + Cursor.ways(answer, at: base)
    }

    static func html(_ people: [Person], _ markup: OwnerPosts) -> HTML {
        let rows = people.map { person -> HTML in
            let note = PlainText.text(person.note.text, limit: PeopleList.note)
            let more: HTML = note.isEmpty ? HTML() : "\n<p class=\"note\" dir=\"auto\">\(note)</p>"
            return "<li>\(markup.author(person))\(more)</li>\n"
        }
        return "<ul class=\"list\">\n\(rows.joined())</ul>\n"
    }
}
