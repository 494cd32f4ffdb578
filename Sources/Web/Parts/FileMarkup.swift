import Markup

/// The files of a post on a page that anybody may read.
struct FileMarkup {
    /// The page of the post they belong to.
    let post: String

    /// Only own files are shown; what belongs to a stranger's post is seen at their server.
    func html(_ files: [AttachedFile]) -> HTML {
        guard !files.isEmpty else { return HTML() }
        if files.contains(where: { $0.remote != nil }) {
            let count = PostMarkup.count(files.count, "attachment", "attachments")
            return "<p class=\"note\"><a href=\"\(post)\">\(count)</a></p>\n"
        }
        return "<div class=\"media\">\n\(files.map(file).joined())</div>\n"
    }

    private func file(_ file: AttachedFile) -> HTML {
        // A picture that is a link needs a name even when nobody described it.
        let label = file.description.isEmpty ? "Attachment without description" : file.description
        switch file.kind {
        case "video", "gifv":
            return """
                <video class="u-video" controls preload="none" src="\(file.url)" aria-label="\(label)"></video>

                """
        case "audio":
            return """
                <audio class="u-audio" controls preload="none" src="\(file.url)" aria-label="\(label)"></audio>

                """
        default:
            var size = HTML()
            if let width = file.width, let height = file.height {
                size = " width=\"\(width)\" height=\"\(height)\""
            }
            return """
                <a href="\(file.url)"><img class="u-photo" src="\(file.preview ?? file.url)" alt="\(label)"\(size) loading="lazy"></a>

                """
        }
    }
}
