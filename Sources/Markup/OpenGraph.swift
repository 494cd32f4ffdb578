/// What a page says about itself for those who link to it: <https://ogp.me>, with what else is common as second choice.
///
/// All texts are plain: no markup, on one line, without control characters, of bounded length. Addresses are as the
/// page has them and may be relative.
package struct OpenGraph: Equatable, Sendable {
    package var title: String?
    package var description: String?
    /// The name of the site.
    package var site: String?
    package var author: String?
    package var authorURL: String?
    package var image: String?
    package var imageDescription: String?
    /// In pixels, as the page says.
    package var imageWidth: Int64?
    package var imageHeight: Int64?
    /// The language alone, such as `en`.
    package var language: String?
    /// As it stands there: nearly always ISO 8601.
    package var published: String?
    /// The handle of whoever wrote it, `fediverse:creator`.
    package var creator: String?

    package init() {}

    /// Longest texts, in characters; apps show two lines.
    private static let longestTitle = 200
    private static let longestDescription = 500
    private static let longestName = 120
    private static let longestImageDescription = 1_500
    /// Longest address, in bytes.
    private static let longestAddress = 2_048

    /// - Parameters:
    ///   - page: the page or its beginning; all of it is looked at, so whoever reads it sets the bound.
    ///   - charset: what the answer said about its letters.
    package static func read(_ page: [UInt8], charset: String? = nil) -> OpenGraph {
        let found = PageHead(page)
        let texts = PageTexts(page, charset: charset)
        var graph = OpenGraph()
        graph.title =
            texts.text(found, [.title, .twitterTitle], longestTitle)
            ?? found.titleElement.flatMap { texts.text($0, longestTitle, isInAttribute: false) }
        graph.description = texts.text(
            found, [.description, .twitterDescription, .plainDescription], longestDescription)
        graph.site = texts.text(found, [.site], longestName)
        graph.image = texts.address(
            found, [.secureImage, .image, .imageURL, .twitterImage, .twitterImageSource], longestAddress)
        graph.imageDescription = texts.text(
            found, [.imageDescription, .twitterImageDescription], longestImageDescription)
        graph.imageWidth = texts.pixels(found, .imageWidth)
        graph.imageHeight = texts.pixels(found, .imageHeight)
        graph.published = texts.text(found, [.published], longestName)
        graph.creator = texts.text(found, [.creator], longestName)
        graph.language =
            texts.language(found[.locale]) ?? texts.language(found.languageAttribute)
        // What the article names may be a person or the address of one.
        for text in [
            texts.text(found, [.articleAuthor], longestAddress), texts.text(found, [.author], longestName),
        ].compactMap(\.self) {
            if text.hasPrefix("https://") || text.hasPrefix("http://") {
                graph.authorURL = graph.authorURL ?? text
            } else {
                graph.author = graph.author ?? String(text.prefix(longestName))
            }
        }
        return graph
    }
}
