/// Takes texts out of a page: decoded, on one line, without what does harm, cut to a length.
struct PageTexts {
    private let page: [UInt8]
    private let encoding: PageEncoding

    init(_ page: [UInt8], charset: String?) {
        self.page = page
        encoding = PageEncoding(of: page, charset: charset)
    }

    /// The first of these that is there and has text in it.
    func text(_ head: PageHead, _ properties: [PageHead.Property], _ longest: Int) -> String? {
        for property in properties {
            if let range = head[property], let text = text(range, longest, isInAttribute: true) {
                return text
            }
        }
        return nil
    }

    /// - Parameter longest: in characters; the last one is `…` when there are more.
    func text(_ range: Range<Int>, _ longest: Int, isInAttribute: Bool) -> String? {
        // A character has seldom more than a few bytes; a text may end sooner where they pile up.
        guard let text = line(range.prefix(longest * 16), isInAttribute: isInAttribute) else { return nil }
        guard text.count > longest else { return text }
        return text.prefix(longest - 1) + "\u{2026}"
    }

    /// The first of these that is there, if it has no space in it and is not too long, in bytes.
    func address(_ head: PageHead, _ properties: [PageHead.Property], _ longest: Int) -> String? {
        for property in properties {
            if let range = head[property], range.count <= longest * 2,
                let text = line(range, isInAttribute: true), text.utf8.count <= longest,
                !text.utf8.contains(0x20)
            {
                return text
            }
        }
        return nil
    }

    /// A length of a picture that can be true.
    func pixels(_ head: PageHead, _ property: PageHead.Property) -> Int64? {
        guard let range = head[property], range.count <= 16,
            let text = line(range, isInAttribute: true), let number = Int64(text),
            (1...100_000).contains(number)
        else { return nil }
        return number
    }

    /// The first part of `en_GB` or `en-GB`.
    func language(_ range: Range<Int>?) -> String? {
        guard let range else { return nil }
        let code = page[range].prefix { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "_") }.map(lowercased)
        guard (2...3).contains(code.count),
            code.allSatisfy({ (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) })
        else { return nil }
        return String(decoding: code, as: UTF8.self)
    }

    /// Nil when there is nothing to read in it.
    private func line(_ range: Range<Int>, isInAttribute: Bool) -> String? {
        guard let bytes = encoding.utf8(page[range]) else { return nil }
        var decoded: [UInt8] = []
        TextWriter(target: .plain).append(
            bytes.indices, of: bytes, decodesReferences: true, isInAttribute: isInAttribute, to: &decoded)
        let line = Array(decoded.split(whereSeparator: isSpace).joined(separator: [0x20]))
        return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
    }
}
