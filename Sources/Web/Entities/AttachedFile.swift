import JSON

/// A MediaAttachment as pages show it, <https://docs.joinmastodon.org/entities/MediaAttachment/>.
struct AttachedFile: Sendable {
    let id: String
    /// `image`, `video`, `gifv`, `audio` or `unknown`.
    let kind: String
    /// At this server.
    let url: String
    let preview: String?
    /// At its own server; nil for own files.
    let remote: String?
    let description: String
    let width: Int?
    let height: Int?
    /// What must stay in sight when it is cropped, as the API takes it: `x,y`.
    let focus: String?

    init(_ json: JSONValue) {
        id = json.text("id")
        kind = json.text("type")
        url = json.text("url")
        preview = json["preview_url"]?.string
        remote = json["remote_url"]?.string
        description = json.text("description")
        let size = json["meta"]?["original"]
        width = size?["width"]?.int
        height = size?["height"]?.int
        focus = json["meta"]?.present("focus").flatMap { focus in
            focus["x"]?.double.flatMap { x in focus["y"]?.double.map { "\(x),\($0)" } }
        }
    }
}
