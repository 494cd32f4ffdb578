import HTTP
import Markup
import Storage

/// `/home/settings/about`: what the page about this server says, and its rules.
extension WebPages {
    /// Characters of the text; and of the rules together.
    private static let longestAbout = 20_000
    private static let longestRules = 10_000

    var aboutSettingsRoutes: [Route] {
        formPage("/home/settings/about") { visit, typed in
            let stored = try store.read { try Settings.texts([.about, .rules], in: $0) }
            let isTyped = !typed.pairs.isEmpty
            let fields =
                Inputs.area(
                    "About", "about", isTyped ? typed.value("about") ?? "" : stored[.about] ?? "", rows: 10,
                    hint: "Plain text; links, mentions and hashtags are found in it.")
                + Inputs.area(
                    "Rules", "rules", isTyped ? typed.value("rules") ?? "" : stored[.rules] ?? "",
                    hint: "One a line: what you expect of those who write to you.")
                + Inputs.button("Keep it")
            return OwnerPage(
                title: "About this server", section: "/home/more",
                main: """
                    <h1>About this server</h1>
                    <p class="note">It is shown on <a href="/about">the page about it</a> and by apps.</p>
                    \(visit.form("/home/settings/about", fields, kind: "stack"))
                    """)
        } act: { _, form in
            let about = (form.value("about") ?? "").replacing("\r\n", with: "\n")
            let rules = (form.value("rules") ?? "").replacing("\r\n", with: "\n")
            guard about.unicodeScalars.count <= WebPages.longestAbout,
                rules.unicodeScalars.count <= WebPages.longestRules
            else {
                throw Refusal(
                    .unprocessable,
                    "The text may have \(WebPages.longestAbout) characters, the rules \(WebPages.longestRules)."
                )
            }
            try await store.write { tx in
                for (name, text) in [(Settings.Name.about, about), (.rules, rules)] {
                    if text.isEmpty {
                        try Settings.remove(name, in: tx)
                    } else {
                        try Settings.set(name, to: text, in: tx)
                    }
                }
                tx.announce(.owner)
            }
            return .done("/home/settings/about")
        }
    }
}
