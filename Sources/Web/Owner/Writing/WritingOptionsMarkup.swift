import Markup

/// Who sees the post, in which language it is, and when it is published.
struct WritingOptionsMarkup {
    let scene: WritingScene

    private var form: WritingForm { scene.form }

    static let visibilities: [(value: String, label: String)] = [
        ("public", "Everybody"), ("unlisted", "Everybody, but not in lists of new posts"),
        ("private", "Followers"), ("direct", "Only people who are mentioned"),
    ]
    static let policies: [(value: String, label: String)] = [
        ("public", "Everybody"), ("followers", "Followers"), ("nobody", "Only you"),
    ]
    static let formats: [(value: String, label: String)] = [
        ("text/plain", "Plain text"), ("text/markdown", "Markdown"),
    ]

    var html: HTML {
        let sensitive = Inputs.tick("Hide the media until they are asked for", "sensitive", form.isSensitive)
        let format = Inputs.choice("Written as", "format", form.format, Self.formats)
        return """
            <fieldset class="stack">
            <legend>How</legend>
            \(visibility)\(sensitive)\(LanguageInput.html(form.language))\(format)\(policy)</fieldset>
            \(schedule)
            """
    }

    /// Who saw a post once cannot be asked to forget it.
    private var visibility: HTML {
        form.isEdit
            ? HTML()
            : Inputs.choice("Who sees it", "visibility", form.visibility, Self.visibilities)
    }

    private var policy: HTML {
        let unchanged: [(value: String, label: String)] = form.isEdit ? [("", "As it is")] : []
        return Inputs.choice("Who may quote it", "policy", form.policy, unchanged + Self.policies)
    }

    private var schedule: HTML {
        guard !form.isEdit else { return HTML() }
        return """
            <details\(form.isScheduled ? " open" : "")>
            <summary>Publish it later</summary>
            <div class="stack">
            \(MomentInput.html(date: form.date, time: form.time, isUTC: form.isMomentUTC))</div>
            </details>

            """
    }
}

/// A day and a time.
enum MomentInput {
    /// - Parameter isUTC: whether the script may tell them in the reader's own time; what was typed stays.
    static func html(date: String, time: String, isUTC: Bool = false) -> HTML {
        let zone: HTML = isUTC ? " data-utc" : ""
        return """
            <label>Day <input type="date" name="date" value="\(date)"\(zone)></label>
            <label>Time <span data-zone>(UTC)</span> <input type="time" name="time" value="\(time)"></label>

            """
    }
}

/// A language by its tag, with the names of many to choose from.
enum LanguageInput {
    static func html(_ language: String) -> HTML {
        let options = languages.map { "<option value=\"\($0.0)\">\($0.1)</option>" as HTML }
        return """
            <label>Language, as a tag such as en or pt-BR <input type="text" name="language" value="\(language)" \
            list="languages" maxlength="35" autocapitalize="none" autocomplete="off" spellcheck="false"></label>
            <datalist id="languages">\(options.joined())</datalist>

            """
    }

    private static let languages: [(HTML, HTML)] = [
        ("ar", "Arabic"), ("bg", "Bulgarian"), ("ca", "Catalan"), ("cs", "Czech"), ("cy", "Welsh"),
        ("da", "Danish"), ("de", "German"), ("el", "Greek"), ("en", "English"), ("eo", "Esperanto"),
        ("es", "Spanish"), ("et", "Estonian"), ("eu", "Basque"), ("fa", "Persian"), ("fi", "Finnish"),
        ("fr", "French"), ("ga", "Irish"), ("gl", "Galician"), ("he", "Hebrew"), ("hi", "Hindi"),
        ("hr", "Croatian"), ("hu", "Hungarian"), ("id", "Indonesian"), ("is", "Icelandic"),
        ("it", "Italian"),
        ("ja", "Japanese"), ("ko", "Korean"), ("lt", "Lithuanian"), ("lv", "Latvian"), ("nl", "Dutch"),
        ("no", "Norwegian"), ("pl", "Polish"), ("pt", "Portuguese"), ("pt-BR", "Portuguese of Brazil"),
        ("ro", "Romanian"), ("ru", "Russian"), ("sk", "Slovak"), ("sl", "Slovenian"), ("sq", "Albanian"),
        ("sr", "Serbian"), ("sv", "Swedish"), ("th", "Thai"), ("tr", "Turkish"), ("uk", "Ukrainian"),
        ("vi", "Vietnamese"), ("zh-CN", "Chinese, simplified"), ("zh-TW", "Chinese, traditional"),
    ]
}
