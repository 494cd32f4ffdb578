/// How the letters of a page became bytes, as far as this program reads them, <https://encoding.spec.whatwg.org/>.
enum PageEncoding: Equatable {
    case utf8
    /// Also what calls itself ISO 8859-1 or ASCII, as browsers read it.
    case windows1252
    /// One that is not read here: text that is UTF-8 all the same counts, other text does not.
    case other

    /// How far into the page its own word is looked for, in bytes. Browsers look at 1,024; some pages say it later.
    private static let search = 4_096

    /// - Parameters:
    ///   - charset: what the answer said, which goes before what the page says.
    init(of page: [UInt8], charset: String?) {
        if page.starts(with: [0xEF, 0xBB, 0xBF]) {
            self = .utf8
        } else if let charset, !charset.isEmpty {
            self.init(name: charset.utf8)
        } else if let name = PageEncoding.said(in: page) {
            self.init(name: name)
        } else {
            self = .utf8
        }
    }

    private init(name: some Sequence<UInt8>) {
        let name = name.lazy.map(lowercased).filter { !isSpace($0) }
        switch String(decoding: Array(name.prefix(32)), as: UTF8.self) {
        case "utf-8", "utf8", "unicode-1-1-utf-8": self = .utf8
        case "windows-1252", "cp1252", "x-cp1252", "iso-8859-1", "iso8859-1", "iso_8859-1", "latin1",
            "latin-1", "l1", "us-ascii", "ascii":
            self = .windows1252
        default: self = .other
        }
    }

    /// What `<meta charset>` or `<meta http-equiv content="…; charset=…">` says.
    private static func said(in page: [UInt8]) -> ArraySlice<UInt8>? {
        var tokenizer = Tokenizer(Array(page.prefix(search)))
        while let token = tokenizer.next() {
            // `meta` is none of the elements that are known by name.
            guard token == .start(.other) else { continue }
            if let charset = tokenizer.attribute("charset") { return tokenizer.bytes[charset] }
            if tokenizer.attribute("http-equiv") != nil, let content = tokenizer.attribute("content"),
                let charset = charset(in: tokenizer.bytes[content])
            {
                return charset
            }
        }
        return nil
    }

    private static func charset(in content: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        let mark = Array("charset=".utf8)
        var rest = content
        while rest.count > mark.count {
            if rest.prefix(mark.count).lazy.map(lowercased).elementsEqual(mark) {
                return rest.dropFirst(mark.count).prefix { $0 != UInt8(ascii: ";") && !isSpace($0) }
            }
            rest = rest.dropFirst()
        }
        return nil
    }

    /// The bytes as UTF-8; nil when nothing sensible can be made of them.
    func utf8(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
        switch self {
        case .utf8:
            return Array(bytes)
        case .other:
            return String(validating: bytes, as: UTF8.self) == nil ? nil : Array(bytes)
        case .windows1252:
            return Windows1252.utf8(bytes)
        }
    }
}
