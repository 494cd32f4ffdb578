import HTTP
import Markup

/// What the form of the appearance holds, also while it is not valid yet.
struct AppearanceForm: Sendable {
    var accent: String
    var css: String
    var words: Words
    var icons: Icons

    init(_ appearance: Appearance) {
        accent = appearance.accent?.colour.hex ?? ""
        css = appearance.css
        words = appearance.words
        icons = appearance.icons
    }

    init(_ form: Form) {
        accent = form.value("accent") ?? ""
        css = form.value("css") ?? ""
        words = Words()
        for word in Words.Word.allCases { words[word] = form.value("word-\(word.rawValue)") ?? "" }
        icons = Icons()
        for icon in Icons.Icon.allCases { icons[icon] = form.value("icon-\(icon.rawValue)") }
    }

    /// The appearance that these values describe, on top of what the form does not hold.
    ///
    /// - Throws: `Refusal` for what cannot be.
    func applied(to appearance: Appearance) throws(Refusal) -> Appearance {
        var appearance = appearance
        let colour = accent.split(separator: " ").joined()
        appearance.accent = nil
        if !colour.isEmpty {
            guard let colour = Colour(hex: colour) else {
                throw Refusal(.unprocessable, "A colour is written like #2f6d8f.")
            }
            appearance.accent = Accent(colour: colour)
        }
        let css = css.replacing("\r\n", with: "\n")
        guard css.utf8.count <= Appearance.longestCSS else {
            throw Refusal(
                .unprocessable,
                "The CSS has \(css.utf8.count) bytes; \(Appearance.longestCSS) are the most.")
        }
        appearance.css = css
        appearance.words = words
        appearance.icons = icons
        return appearance
    }

    var fields: HTML {
        let words = Words.Word.allCases.map { word in
            Inputs.text(
                word.standard, "word-\(word.rawValue)",
                self.words[word] == word.standard ? "" : self.words[word], longest: Words.longest)
        }
        let icons = Icons.Icon.allCases.map { icon in
            Inputs.text(icon.rawValue, "icon-\(icon.rawValue)", self.icons[icon] ?? "", longest: 12)
        }
        return """
            \(Inputs.text(
                "Colour", "accent", accent, longest: 8,
                hint: "Such as #2f6d8f. Text gets a darker or lighter shade of it, so that it stays legible."))\
            <details>
            <summary>Your own words</summary>
            <p class="note">Empty fields stay as they are called here.</p>
            <div class="cols">
            \(words.joined())</div>
            </details>
            <details>
            <summary>Your own signs</summary>
            <p class="note">A character or an emoji instead of the drawing.</p>
            <div class="cols">
            \(icons.joined())</div>
            </details>
            \(Inputs.area(
                "CSS", "css", css, rows: 12,
                hint: "At most \(Appearance.longestCSS) bytes. It comes after the style of all pages, and can load nothing from elsewhere.",
                direction: "ltr", more: " spellcheck=\"false\""))
            """
    }
}
