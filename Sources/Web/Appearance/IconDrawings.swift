import Federation
import HTTP

/// The project's own signs: lines of one thickness in a square of 24.
enum IconDrawings {
    static func address(of icon: Icons.Icon) -> String { "/static/icons/\(icon.rawValue).svg" }

    static var routes: [Route] {
        Icons.Icon.allCases.map { icon in
            let file = PublicDocument(Array(drawing(of: icon).utf8))
            return Route(.get, address(of: icon)) { request in
                Assets.answer(file, "image/svg+xml", to: request)
            }
        }
    }

    static func drawing(of icon: Icons.Icon) -> String {
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#000" stroke-width="2" \
        stroke-linecap="round" stroke-linejoin="round"><path d="\(path(of: icon))"/></svg>

        """
    }

    private static func path(of icon: Icons.Icon) -> String {
        switch icon {
        case .reply: "M10 8V3L3 10l7 7v-5c6 0 9 3 11 8 0-8-4-12-11-12z"
        case .boost: "M17 2l4 4-4 4M3 12V9a3 3 0 013-3h15M7 22l-4-4 4-4M21 12v3a3 3 0 01-3 3H3"
        case .favourite: "M12 3l2.8 5.8 6.2.9-4.5 4.4 1.1 6.3L12 17.4l-5.6 3 1.1-6.3L3 9.7l6.2-.9z"
        case .bookmark: "M6 3h12v18l-6-5-6 5z"
        case .quote: "M4 17V9a4 4 0 014-4M4 12h5v5H4zM15 17V9a4 4 0 014-4M15 12h5v5h-5z"
        case .more: "M5 12h.01M12 12h.01M19 12h.01"
        case .home: "M3 11l9-8 9 8M6 9v11h12V9M10 20v-6h4v6"
        case .notifications: "M6 16V10a6 6 0 0112 0v6l2 2H4zM10 21h4"
        case .conversations: "M4 4h16v12H11l-5 4v-4H4zM8 9h8M8 12h5"
        case .search: "M11 4a7 7 0 100 14 7 7 0 000-14zM16 16l5 5"
        case .write: "M4 20l1-5L16 4l4 4L9 19zM14 6l4 4"
        }
    }
}
