import HTTP
import Markup

/// `/home/bookmarks` and `/home/favourites`.
extension WebPages {
    var savedPostsRoutes: [Route] {
        [("bookmarks", Words.Word.bookmarks), ("favourites", .favourites)].map { name, word in
            page("/home/\(name)") { visit in
                // These go by when something was marked, so that a page cannot end anywhere and is shorter.
                let answer = try await visit.ask.get("/api/v1/\(name)", Cursor.query(visit, limit: 20))
                let list = Timeline(
                    answer, at: "/home/\(name)", visit, visit.posts(.everywhere), cursorIsPost: false)
                let title = visit.words.title(word)
                return OwnerPage(title: title, main: "<h1>\(title)</h1>\n" + list.html)
            }
        }
    }
}
