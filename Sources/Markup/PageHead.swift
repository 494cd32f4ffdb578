/// Where in a page stands what it says about itself; the first of each kind counts.
struct PageHead {
    /// The names are those in `property` or `name`.
    enum Property: String {
        case title = "og:title"
        case description = "og:description"
        case image = "og:image"
        case imageURL = "og:image:url"
        case secureImage = "og:image:secure_url"
        case imageWidth = "og:image:width"
        case imageHeight = "og:image:height"
        case imageDescription = "og:image:alt"
        case site = "og:site_name"
        case locale = "og:locale"
        case published = "article:published_time"
        case articleAuthor = "article:author"
        case author = "author"
        case plainDescription = "description"
        case twitterTitle = "twitter:title"
        case twitterDescription = "twitter:description"
        case twitterImage = "twitter:image"
        case twitterImageSource = "twitter:image:src"
        case twitterImageDescription = "twitter:image:alt"
        case creator = "fediverse:creator"

        /// Whether it describes the picture named before it.
        var isOfImage: Bool {
            switch self {
            case .imageURL, .secureImage, .imageWidth, .imageHeight, .imageDescription: true
            default: false
            }
        }
    }

    /// The longest name above, in bytes.
    private static let longestName = 32

    private var values: [Property: Range<Int>] = [:]
    /// What is in `<title>`.
    private(set) var titleElement: Range<Int>?
    /// `lang` of `<html>`.
    private(set) var languageAttribute: Range<Int>?
    private var images = 0

    /// Offsets into this page.
    init(_ page: [UInt8]) {
        var tokenizer = Tokenizer(page)
        var isTitle = false
        while let token = tokenizer.next() {
            switch token {
            case .start(.title): isTitle = titleElement == nil
            case .text(let range):
                if isTitle { titleElement = range }
                isTitle = false
            case .start(.body) where values[.title] != nil: return
            // `meta` and `html` are none of the elements that are known by name.
            case .start(.other): take(tokenizer)
            default: isTitle = false
            }
        }
    }

    subscript(_ property: Property) -> Range<Int>? { values[property] }

    private mutating func take(_ tokenizer: Tokenizer) {
        guard let content = tokenizer.attribute("content"), !content.isEmpty else {
            if languageAttribute == nil { languageAttribute = tokenizer.attribute("lang") }
            return
        }
        for attribute in [tokenizer.attribute("property"), tokenizer.attribute("name")] {
            guard let attribute, attribute.count <= PageHead.longestName,
                let property = Property(
                    rawValue: String(
                        decoding: tokenizer.bytes[attribute].map(lowercased), as: UTF8.self))
            else { continue }
            if property == .image { images += 1 }
            // Of several pictures the first one is shown.
            if property.isOfImage && images > 1 { return }
            if values[property] == nil { values[property] = content }
            return
        }
    }
}
