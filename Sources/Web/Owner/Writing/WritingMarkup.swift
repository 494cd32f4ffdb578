import Markup

/// The form to write, with what it is about above it.
struct WritingMarkup {
    let scene: WritingScene
    let visit: Visit

    private var form: WritingForm { scene.form }

    var title: String {
        form.isEdit
            ? "Edit \(visit.words.one(.post))"
            : form.scheduled != nil
                ? "Edit a scheduled \(visit.words[.post])"
                : form.isReply
                    ? visit.words.title(.reply)
                    : form.quote != nil
                        ? "Quote \(visit.words.one(.post))" : "Write \(visit.words.one(.post))"
    }

    var html: HTML {
        """
        <h1>\(title)</h1>
        \(problems)\(rival)\(waiting)\(surroundings)\(scene.preview ?? HTML())\
        <form method="post" action="\(form.address)" enctype="multipart/form-data" class="stack write" data-draft \
        data-most="\(scene.limits.characters)" data-link="\(scene.limits.link)">
        \(hidden)\(texts)\(WritingFilesMarkup(scene: scene).html)\(WritingPollMarkup(scene: scene).html)\
        \(WritingOptionsMarkup(scene: scene).html)<div class="row">
        <button type="submit" name="act" value="preview">Preview</button>
        <button type="submit" name="act" value="publish" class="primary">\(verb)</button>
        </div>
        </form>

        """
    }

    private var verb: HTML { form.isEdit ? "Save" : "\(visit.words.title(.publish))" }

    private var problems: HTML {
        guard !scene.problems.isEmpty else { return HTML() }
        let lines = scene.problems.map { "<p>\($0)</p>\n" as HTML }.joined()
        return "<div class=\"problem\" role=\"alert\">\n\(lines)</div>\n"
    }

    /// What is there already instead of what the form says.
    private var rival: HTML {
        guard let rival = scene.rival else { return HTML() }
        let warning: HTML =
            rival.warning.isEmpty
            ? HTML() : "<p class=\"note\" dir=\"auto\">Content warning: \(rival.warning)</p>\n"
        return """
            <section class="box" aria-labelledby="rival">
            <h2 id="rival"><a href="\(rival.address)">\(rival.title)</a></h2>
            \(warning)\(TypedText.html(rival.text))</section>

            """
    }

    private var waiting: HTML {
        guard form.scheduled != nil else { return HTML() }
        return
            "<p class=\"note\">The post waits for its time as it was until this form is published or scheduled.</p>\n"
    }

    /// Without buttons: what was typed would be lost by pressing one.
    private var surroundings: HTML {
        var posts = visit.posts
        posts.hasActs = false
        var html = HTML()
        if let parent = scene.parent {
            html +=
                "<section aria-label=\"The \(visit.words[.post]) that you answer\">\n\(posts.html(parent.shown))</section>\n"
        }
        if let quoted = scene.quoted?.shown {
            html +=
                "<section aria-label=\"The \(visit.words[.post]) that you quote\">\n\(posts.html(quoted))</section>\n"
            if form.isEdit { return html }
            if quoted.quoting == "denied" {
                html +=
                    "<p class=\"problem\">Its author does not let you quote this \(visit.words[.post]).</p>\n"
            } else if quoted.quoting == "manual" {
                html +=
                    "<p class=\"note\">Its author is asked; until they agree, others see your \(visit.words[.post]) without the quote.</p>\n"
            }
        }
        return html
    }

    private var hidden: HTML {
        var fields = [("draft", form.draft)]
        if let reply = form.reply { fields.append(("reply", reply)) }
        if let quote = form.quote { fields.append(("quote", quote)) }
        if let scheduled = form.scheduled { fields.append(("scheduled", scheduled)) }
        if let edited = form.edited {
            // Whom it is for cannot be changed, but is known should the post be gone and the text become a new one.
            fields += [("edit", edited), ("version", form.version), ("visibility", form.visibility)]
        }
        let inputs = fields.map { "<input type=\"hidden\" name=\"\($0.0)\" value=\"\($0.1)\">" as HTML }
        return visit.token.field + inputs.joined() + "\n"
    }

    private var texts: HTML {
        let count: HTML =
            "<p class=\"note\" id=\"count\">At most \(scene.limits.characters) characters; a link counts \(scene.limits.link).</p>\n"
        return Inputs.area("Text", "text", form.text, rows: 8, more: " aria-describedby=\"count\"")
            + count
            + Inputs.text(
                "Content warning, which hides everything else until it is opened", "warning", form.warning)
    }
}
