import HTTP
import JSON
import Markup

/// What can be said of a filter, as its form holds it.
struct FilterForm: Sendable {
    struct Keyword: Sendable {
        /// Empty for a new one.
        var id: String
        var text: String
        var isWholeWord: Bool
    }

    /// Lines for new words that a form offers.
    private static let spare = 3
    private static let contexts = [
        ("home", "On the home page and in lists"), ("notifications", "In notifications"),
        ("public", "Under hashtags and in searches"), ("thread", "In threads"), ("account", "On profiles"),
    ]

    var title = ""
    var contexts: Set<String> = ["home", "notifications", "public"]
    var action = "warn"
    /// Seconds; `keep` leaves the end as it is, nothing is never.
    var span = ""
    var keywords: [Keyword] = []
    /// Whether it is there already, so that its end can stay.
    var isKnown = false

    init() {}

    init(_ filter: JSONValue) {
        title = filter.text("title")
        contexts = Set(filter.list("context").compactMap(\.string))
        action = filter.text("filter_action")
        span = "keep"
        isKnown = true
        keywords = filter.list("keywords").map {
            Keyword(id: $0.text("id"), text: $0.text("keyword"), isWholeWord: $0.flag("whole_word"))
        }
    }

    init(_ form: Form, isKnown: Bool) {
        title = form.value("title") ?? ""
        contexts = Set(form.values("context"))
        action = form.value("action") ?? "warn"
        span = form.value("span") ?? ""
        self.isKnown = isKnown
        let texts = form.values("keyword")
        keywords = zip(form.values("keyword-id"), texts).enumerated().map {
            Keyword(id: $1.0, text: $1.1, isWholeWord: form.isOn("whole-\($0)"))
        }
    }

    /// As the API takes it. A known word without text is removed.
    var parameters: [(String, String)] {
        var pairs = [("title", title), ("filter_action", action)]
        pairs += contexts.sorted().map { ("context[]", $0) }
        // Without any, the API is to say so.
        if contexts.isEmpty { pairs.append(("context[]", "")) }
        if span != "keep" { pairs.append(("expires_in", span)) }
        for (index, keyword) in keywords.enumerated() {
            let name = "keywords_attributes[\(index)]"
            guard !keyword.id.isEmpty || !keyword.text.isEmpty else { continue }
            if !keyword.id.isEmpty { pairs.append(("\(name)[id]", keyword.id)) }
            if keyword.text.isEmpty {
                pairs.append(("\(name)[_destroy]", "true"))
            } else {
                pairs.append(("\(name)[keyword]", keyword.text))
                pairs.append(("\(name)[whole_word]", keyword.isWholeWord ? "true" : "false"))
            }
        }
        return pairs
    }

    func fields(_ names: Words) -> HTML {
        let places = FilterForm.contexts.map {
            Inputs.tick($0.1, "context", contexts.contains($0.0), value: $0.0)
        }
        let spans = (isKnown ? [("keep", "As it is")] : []) + Spans.choices(never: "")
        return """
            \(Inputs.text("Name", "title", title, longest: 256, more: " required"))<fieldset>
            <legend>Where</legend>
            \(places.joined())</fieldset>
            \(Inputs.choice(
                "What happens to \(names.one(.post)) that matches", "action", action,
                [
                    ("warn", "It stands behind the filter's name"), ("blur", "Its pictures are hidden"),
                    ("hide", "It is not shown at all"),
                ]))\(Inputs.choice("Until when", "span", span, spans))<fieldset>
            <legend>Words</legend>
            <p class="note">A word that is emptied is removed.</p>
            \(words.joined())</fieldset>

            """
    }

    private var words: [HTML] {
        let empty = keywords.filter { $0.id.isEmpty && $0.text.isEmpty }.count
        let spare = Keyword(id: "", text: "", isWholeWord: true)
        let lines = keywords + Array(repeating: spare, count: max(0, FilterForm.spare - empty))
        return lines.enumerated().map { index, keyword in
            let whole: HTML = keyword.isWholeWord ? " checked" : HTML()
            return """
                <div class="row"><input type="hidden" name="keyword-id" value="\(keyword.id)">
                <label>Word \(index + 1) <input type="text" name="keyword" value="\(keyword.text)" maxlength="512" dir="auto"></label>
                <label class="row"><input type="checkbox" name="whole-\(index)" value="1"\(whole)> The whole word</label></div>

                """
        }
    }
}
