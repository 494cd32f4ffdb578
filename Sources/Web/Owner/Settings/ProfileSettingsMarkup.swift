import Markup

/// The form for the owner's profile.
struct ProfileSettingsMarkup {
    let form: ProfileForm
    /// As they are now.
    let person: Person
    /// Most lines of the table on the profile.
    let rows: Int
    let token: FormToken

    func html(at path: String) -> HTML {
        """
        <h1>Profile</h1>
        <form method="post" action="\(path)" enctype="multipart/form-data" class="stack">
        \(token.field)
        \(about)\(pictures)\(fields)\(visibility)\(posting)<button type="submit" class="primary">Save</button>
        </form>

        """
    }

    private var about: HTML {
        FormMarkup.text("display_name", "Name", form.name, more: " autocomplete=\"name\"")
            + FormMarkup.area("note", "About you", form.note, rows: 6)
    }

    private var pictures: HTML {
        picture(
            "avatar", "Picture", shown: person.avatar, text: form.avatarDescription, drops: form.dropsAvatar)
            + picture(
                "header", "Banner", shown: person.header, text: form.headerDescription,
                drops: form.dropsHeader)
    }

    private func picture(
        _ name: HTML, _ label: HTML, shown: String, text: String, drops: Bool
    ) -> HTML {
        let remove = FormMarkup.checkbox("drop-\(name)", "Remove it", isOn: drops)
        let words = FormMarkup.text(
            "\(name)_description", "Described for those who cannot see it", text)
        return """
            <fieldset class="stack">
            <legend>\(label)</legend>
            <img class="chosen" src="\(shown)" alt="As it is now" width="96">
            <label>Another file <input type="file" name="\(name)" accept="image/*"></label>
            \(words)\(remove)</fieldset>

            """
    }

    /// Name and value a line; a link whose page links back is verified.
    private var fields: HTML {
        let lines = (0..<max(rows, form.fields.count)).map { index -> HTML in
            let field = index < form.fields.count ? form.fields[index] : ("", "")
            let isVerified =
                index < person.fields.count && person.fields[index].isVerified
                && person.fields[index].name == field.0
            let mark: HTML =
                isVerified
                ? "<p class=\"done\">Verified: the page links back to this profile.</p>\n" : HTML()
            return FormMarkup.text("field-name", "Label \(index + 1)", field.0)
                + FormMarkup.text("field-value", "Content \(index + 1)", field.1) + mark
        }
        return """
            <fieldset class="stack">
            <legend>More about you</legend>
            <p class="note">An address becomes a verified link when its page links to this profile with rel="me".</p>
            \(lines.joined())</fieldset>

            """
    }

    private var visibility: HTML {
        let labels: [(HTML, String, HTML)] = [
            ("locked", "locked", "Ask me before somebody follows"),
            ("bot", "bot", "This account posts automatically"),
            ("discoverable", "discoverable", "Others may recommend this account"),
            ("indexable", "indexable", "Search engines and other servers' searches may find public posts"),
            ("hide_collections", "hide_collections", "Do not show whom I follow and who follows me"),
        ]
        let boxes = labels.map { FormMarkup.checkbox($0.0, $0.2, isOn: form.switches.contains($0.1)) }
        let domains = FormMarkup.area(
            "domains", "Sites that may name you as author, one a line", form.domains, rows: 2)
        return """
            <fieldset class="stack">
            <legend>Who finds and follows you</legend>
            \(boxes.joined())\(domains)</fieldset>

            """
    }

    private var posting: HTML {
        let visibility = FormMarkup.select(
            "visibility", "Who sees it", WritingOptionsMarkup.visibilities,
            chosen: form.visibility)
        let policy = FormMarkup.select(
            "policy", "Who may quote it", WritingOptionsMarkup.policies, chosen: form.policy)
        let format = FormMarkup.select(
            "format", "Written as", WritingOptionsMarkup.formats, chosen: form.format)
        let sensitive = FormMarkup.checkbox(
            "sensitive", "Hide the media until they are asked for", isOn: form.isSensitive)
        return """
            <fieldset class="stack">
            <legend>How new posts are</legend>
            \(visibility)\(LanguageInput.html(form.language))\(format)\(policy)\(sensitive)</fieldset>

            """
    }
}
