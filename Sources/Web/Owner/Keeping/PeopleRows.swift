import HTTP
import Markup

/// People in a list, each with what can be done about them.
enum PeopleRows {
    /// People on a page.
    static let limit = 40

    static func html(_ people: [Person], empty: String, buttons: (Person) -> HTML) -> HTML {
        guard !people.isEmpty else { return "<p class=\"empty\">\(empty)</p>\n" }
        let rows = people.map { person -> HTML in
            """
            <li class="item"><img class="avatar" src="\(person.avatar)" alt="" width="48" height="48" loading="lazy">
            <div class="what"><a href="/home/people/\(person.id)"><bdi>\(
                EmojiMarkup.text(person.name, person.emojis, shows: true))</bdi></a> <span class="handle">@\(person.acct)</span></div>
            \(buttons(person))</li>

            """
        }
        return "<ul class=\"list\">\n\(rows.joined())</ul>\n"
    }
}

extension Visit {
    /// The id of the person with this handle or address, who is looked up when nobody here knows them.
    ///
    /// - Throws: `Refusal` when there is nobody.
    func person(named text: String) async throws -> Person {
        let name = text.split(separator: " ").joined()
        guard !name.isEmpty else {
            throw Refusal(.unprocessable, "A handle is needed, such as @name@example.org.")
        }
        let answer = try await ask.get(
            "/api/v2/search", [("q", name), ("type", "accounts"), ("resolve", "true"), ("limit", "5")])
        let found = answer.root.list("accounts").map(Person.init)
        let wanted = (name.hasPrefix("@") ? String(name.dropFirst()) : name).lowercased()
        let isAddress = wanted.contains("/")
        guard let person = found.first(where: { isAddress || $0.acct.lowercased() == wanted }) else {
            throw Refusal(.unprocessable, "Nobody was found as \(name).")
        }
        return person
    }
}
