import Markup

/// The form for the owner's profile.
struct ProfileSettingsMarkup {
    let form: ProfileForm
    /// As they are now.
    let person: Person
    /// Most lines of the table on the profile.
    let rows: Int
    let token: FormToken
    let words: Words

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
        Inputs.text("Name", "display_name", form.name, more: " autocomplete=\"name\"")
            + Inputs.area("About you", "note", form.note, rows: 6)
    }

    private var pictures: HTML {
        picture(
            "avatar", "Picture", shown: person.avatar, text: form.avatarDescription, drops: form.dropsAvatar)
            + picture(
                "header", "Banner", shown: person.header, text: form.headerDescription,
                drops: form.dropsHeader)
    }

    private func picture(
        _ name: String, _ label: String, shown: String, text: String, drops: Bool
    ) -> HTML {
        let remove = Inputs.tick("Remove it", "drop-\(name)", drops)
        let words = Inputs.text("Described for those who cannot see it", "\(name)_description", text)
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
            return Inputs.text("Label \(index + 1)", "field-name", field.0)
                + Inputs.text("Content \(index + 1)", "field-value", field.1) + mark
        }
        return """
            <fieldset class="stack">
            <legend>More about you</legend>
            <p class="note">An address becomes a verified link when its page links to this profile with rel="me".</p>
            \(lines.joined())</fieldset>

            """
    }

    private var visibility: HTML {
        let labels: [(String, String)] = [
            ("locked", "Ask me before somebody follows"),
            ("bot", "This account posts automatically"),
            ("discoverable", "Others may recommend this account"),
            (
                "indexable",
                "Search engines and other servers' searches may find public \(words[.posts])"
            ),
            ("hide_collections", "Do not show whom I follow and who follows me"),
        ]
        let boxes = labels.map { Inputs.tick($0.1, $0.0, form.switches.contains($0.0)) }
        let domains = Inputs.area(
            "Sites that may name you as author, one a line", "domains", form.domains, rows: 2)
        return """
            <fieldset class="stack">
            <legend>Who finds and follows you</legend>
            \(boxes.joined())\(domains)</fieldset>

            """
    }

    private var posting: HTML {
        let visibility = Inputs.choice(
            "Who sees it", "visibility", form.visibility, WritingOptionsMarkup.visibilities)
        let policy = Inputs.choice(
            "Who may quote it", "policy", form.policy, WritingOptionsMarkup.policies)
        let format = Inputs.choice("Written as", "format", form.format, WritingOptionsMarkup.formats)
        let sensitive = Inputs.tick(
            "Hide the media until they are asked for", "sensitive", form.isSensitive)
        return """
            <fieldset class="stack">
            <legend>How new \(words[.posts]) are</legend>
            \(visibility)\(LanguageInput.html(form.language))\(format)\(policy)\(sensitive)</fieldset>

            """
    }
}
