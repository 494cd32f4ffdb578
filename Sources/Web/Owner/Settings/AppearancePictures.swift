import HTTP
import Markup
import MastodonAPI
import Media
import Storage

/// The owner's picture above every page, and the sign in the browser's tab.
extension WebPages {
    /// Bytes of each: every reader loads them.
    private static let longest = ["picture": 2 << 20, "icon": 256 << 10]

    var appearancePictureRoute: Route {
        fileForm("/home/settings/appearance/pictures", files: ["picture", "icon"]) { visit, sent in
            guard sent.isOurs else { throw Visit.notFromHere }
            if let fault = sent.faults.first { throw Refusal(.unprocessable, fault.reason + ".") }
            var appearance = layout.appearances.current.appearance
            if sent.texts.isOn("drop-picture") { appearance.picture = nil }
            if sent.texts.isOn("drop-icon") { appearance.icon = nil }
            for (field, file) in sent.files {
                guard file.header.kind.group == .picture else {
                    throw Refusal(.unprocessable, "That is no picture.")
                }
                guard file.size <= WebPages.longest[field] ?? 0 else {
                    throw Refusal(
                        .unprocessable,
                        "A picture may have 2 MiB and the sign 256 KiB, because every reader loads them.")
                }
                if field == "picture" { appearance.picture = file.name } else { appearance.icon = file.name }
            }
            let changed = appearance
            try await store.write { tx in try changed.save(in: tx) }
            return .done("/home/settings/appearance")
        }
    }

    func picturesForm(_ visit: Visit, _ appearance: Appearance) -> HTML {
        func input(_ name: String, _ label: String, _ current: String?) -> HTML {
            let drop = current == nil ? HTML() : Inputs.tick("Remove it", "drop-\(name)", false)
            return
                "<label>\(label) <input type=\"file\" name=\"\(name)\" accept=\"image/*\"></label>\n" + drop
        }
        return """
            <h2>Pictures</h2>
            <form method="post" action="/home/settings/appearance/pictures" enctype="multipart/form-data" class="stack">
            \(visit.token.field)
            \(input("picture", "Above every page, at most 2 MiB", appearance.picture))\
            \(input("icon", "In the browser's tab, a square of at most 256 KiB", appearance.icon))\
            \(Inputs.button("Keep them"))</form>

            """
    }
}
