import JSON

/// A PreviewCard as pages show it, <https://docs.joinmastodon.org/entities/PreviewCard/>.
struct LinkCard: Sendable {
    let url: String
    let title: String
    let description: String
    let provider: String
    /// At this server.
    let image: String?
    let imageDescription: String

    init(_ json: JSONValue) {
        url = json.text("url")
        title = json.text("title")
        description = json.text("description")
        provider = json.text("provider_name")
        image = json["image"]?.string
        imageDescription = json.text("image_description")
    }
}
