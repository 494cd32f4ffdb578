extension Sanitizing {
    /// An image becomes a link to it with its description as text; inside of a link, and when it has no
    /// address of its own, only the text.
    mutating func image() {
        guard let image = Image(tokenizer, base: base) else { return }
        guard let target = image.target, !open.contains(.a), !image.isEmoji else {
            return text(decoded: image.text)
        }
        writePending()
        write("<a")
        tokenizer.forgetAttributes()
        writeAttributes(of: .a, target: target)
        write(">")
        text(decoded: image.text)
        write("</a>")
    }
}
