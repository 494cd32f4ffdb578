import Markup

/// How the post would look, as far as it is known before it is published.
struct WritingPreview {
    let scene: WritingScene
    let text: HTML
    /// For the limit.
    let length: Int

    var html: HTML {
        let form = scene.form
        var body: HTML = "<div class=\"e-content\" dir=\"auto\">\(text)</div>\n" + files + poll
        if !form.warning.isEmpty {
            body = "<details open>\n<summary dir=\"auto\">\(form.warning)</summary>\n\(body)</details>\n"
        }
        let over: HTML =
            length > scene.limits.characters
            ? "<p class=\"problem\">That is \(length - scene.limits.characters) too many.</p>\n" : HTML()
        return """
            <section class="preview" aria-labelledby="preview">
            <h2 id="preview">Preview</h2>
            \(body)<p class="note">\(length) of \(scene.limits.characters) characters</p>
            \(over)</section>

            """
    }

    private var files: HTML {
        let names = zip(scene.files, scene.form.files).map { file, typed -> HTML in
            let text = typed.description.isEmpty ? "without description" : typed.description
            guard file.kind == "image", let preview = file.preview else {
                return "<p class=\"note\" dir=\"auto\">\(FileKind.name(file.kind)): \(text)</p>\n"
            }
            return "<img src=\"\(preview)\" alt=\"\(text)\">\n"
        }
        return names.isEmpty ? HTML() : "<div class=\"media\">\n\(names.joined())</div>\n"
    }

    private var poll: HTML {
        guard !scene.form.poll.isEmpty else { return HTML() }
        let options = scene.form.poll.options.filter { !$0.allSatisfy(\.isWhitespace) }
        return
            "<ul class=\"poll\">\n\(options.map { "<li dir=\"auto\">\($0)</li>\n" as HTML }.joined())</ul>\n"
    }
}

/// What a file is, in a word for people.
enum FileKind {
    static func name(_ kind: String) -> String {
        switch kind {
        case "image": "Picture"
        case "video", "gifv": "Film"
        case "audio": "Sound"
        default: "File"
        }
    }
}
