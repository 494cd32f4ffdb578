import Markup

/// The files of a post that is written: what was added, with words for those who do not see it, and room for more.
struct WritingFilesMarkup {
    let scene: WritingScene

    /// The middle first, then around it, as `x,y`.
    private static let places: [(value: String, label: String)] = [
        (WritingForm.middle, "The middle"), ("0.0,1.0", "The top"), ("0.0,-1.0", "The bottom"),
        ("-1.0,0.0", "The left"),
        ("1.0,0.0", "The right"), ("-1.0,1.0", "The top left"), ("1.0,1.0", "The top right"),
        ("-1.0,-1.0", "The bottom left"), ("1.0,-1.0", "The bottom right"),
    ]

    var html: HTML {
        let files = zip(scene.files, scene.form.files).enumerated().map { index, pair in
            self.file(pair.0, pair.1, number: index + 1)
        }
        return "<fieldset class=\"stack\">\n<legend>Files</legend>\n\(files.joined())\(room)</fieldset>\n"
    }

    private func file(_ file: AttachedFile, _ typed: WritingForm.File, number: Int) -> HTML {
        let kind = FileKind.name(file.kind)
        let picture: HTML =
            file.preview.map { "<img src=\"\($0)\" alt=\"\" width=\"96\">\n" } ?? HTML()
        let text = Inputs.area(
            "\(kind) \(number), described for those who cannot see or hear it",
            WritingForm.descriptionField(file.id), typed.description, rows: 2,
            more: " maxlength=\"\(scene.limits.description)\"")
        let focus: HTML =
            file.kind == "image"
            ? Inputs.choice(
                "What stays in sight when it is cropped", WritingForm.focusField(file.id), typed.place,
                WritingFilesMarkup.places) : HTML()
        return """
            <div class="stack">
            <input type="hidden" name="media" value="\(file.id)">
            \(picture)\(text)\(focus)<button type="submit" name="act" value="\(WritingForm.dropAct(file.id))" \
            class="quiet">Remove \(kind.lowercased()) \(number)</button>
            </div>

            """
    }

    private var room: HTML {
        let left = scene.limits.files - scene.form.files.count
        guard left > 0 else { return "<p class=\"note\">A post has no more files than these.</p>\n" }
        let more: HTML = scene.form.files.isEmpty ? "" : " more"
        let several: HTML = left > 1 ? " multiple" : ""
        return """
            <label>Pictures, films or sounds; up to \(left)\(more) <input type="file" name="files" \
            accept="image/*,video/*,audio/*"\(several)></label>
            <button type="submit" name="act" value="files" class="quiet">Add files and describe them</button>

            """
    }
}
