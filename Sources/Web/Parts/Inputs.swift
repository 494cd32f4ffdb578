import Markup

/// The parts that forms are made of, each with its label around it.
enum Inputs {
    static func text(
        _ label: String, _ name: String, _ value: String, longest: Int? = nil, hint: String = "",
        kind: HTML = "text", more: HTML = ""
    ) -> HTML {
        let bound: HTML = longest.map { " maxlength=\"\($0)\"" } ?? HTML()
        let direction: HTML = kind.text == "text" ? " dir=\"auto\"" : HTML()
        return """
            <label>\(label) <input type="\(kind)" name="\(name)" value="\(value)"\(bound)\(direction)\(more)></label>
            \(note(hint))
            """
    }

    /// Browsers drop a line end right behind the tag of a text area; so there always is one.
    static func area(
        _ label: String, _ name: String, _ value: String, rows: Int = 6, hint: String = "",
        direction: HTML = "auto", more: HTML = ""
    ) -> HTML {
        """
        <label>\(label) <textarea name="\(name)" rows="\(rows)" dir="\(direction)"\(more)>
        \(value)</textarea></label>
        \(note(hint))
        """
    }

    static func tick(_ label: String, _ name: String, _ isOn: Bool, value: String = "1") -> HTML {
        let checked: HTML = isOn ? " checked" : ""
        return """
            <label class="row"><input type="checkbox" name="\(name)" value="\(value)"\(checked)> \(label)</label>

            """
    }

    /// The chosen value joins the options when it is none of them.
    static func choice(
        _ label: String, _ name: String, _ chosen: String, _ options: [(value: String, label: String)]
    ) -> HTML {
        let isKnown = options.contains { $0.value == chosen }
        let options = (isKnown ? [] : [(value: chosen, label: "As it is")]) + options
        let items = options.map { option -> HTML in
            let selected: HTML = option.value == chosen ? " selected" : ""
            return "<option value=\"\(option.value)\"\(selected)>\(option.label)</option>\n"
        }
        return "<label>\(label) <select name=\"\(name)\">\n\(items.joined())</select></label>\n"
    }

    /// A button that says which of several acts of the form is wanted.
    static func button(_ label: String, _ name: String = "", _ value: String = "", kind: HTML = "") -> HTML {
        let named: HTML = name.isEmpty ? HTML() : " name=\"\(name)\" value=\"\(value)\""
        let kind: HTML = kind.isEmpty ? HTML() : " class=\"\(kind)\""
        return "<button type=\"submit\"\(kind)\(named)>\(label)</button>\n"
    }

    static func note(_ text: String) -> HTML {
        text.isEmpty ? HTML() : "<p class=\"note\">\(text)</p>\n"
    }
}
