import Basics
import Federation
import HTTP
import Markup
import Storage

extension LinkPreview {
    /// What a page says about itself; without a title when there is no page.
    init(of address: String, from page: PageBeginning?, at now: Timestamp) {
        self.init(address: address, fetchedAt: now)
        guard let page else { return }
        let graph = OpenGraph.read(page.bytes, charset: page.charset)
        guard let title = graph.title else { return }
        self.title = title
        description = graph.description ?? ""
        provider = graph.site ?? ""
        author = graph.author ?? ""
        authorURL = graph.authorURL.flatMap { page.url.resolving($0)?.string }
        image = graph.image.flatMap { page.url.resolving($0)?.string }
        if image != nil {
            imageDescription = graph.imageDescription ?? ""
            if let width = graph.imageWidth, let height = graph.imageHeight {
                imageWidth = width
                imageHeight = height
            }
        }
        language = graph.language
        publishedAt = graph.published.flatMap { ISO8601.parse($0) }.map { Timestamp(milliseconds: $0) }
        creator = graph.creator
    }
}
