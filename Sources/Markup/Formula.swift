/// A `math` element as it is read: it ends up as the LaTeX or the text that its author annotated it with
/// (FEP-dc88).
struct Formula {
    private let isBlock: Bool
    private var latex: [UInt8] = []
    private var description: [UInt8] = []
    /// The symbols, for formulas without annotation.
    private var symbols: [UInt8] = []
    private var place = Place.symbols

    private enum Place {
        case symbols, latex, description, elsewhere
    }

    enum Progress {
        case goesOn, ended
    }

    /// - Parameter tokenizer: has just read the start tag.
    init(_ tokenizer: Tokenizer) {
        isBlock = Self.value("display", tokenizer) == Array("block".utf8)
    }

    mutating func consume(_ token: Tokenizer.Token, _ tokenizer: Tokenizer) -> Progress {
        switch token {
        case .text(let range):
            let writer = TextWriter(target: .plain)
            switch place {
            case .symbols: writer.append(range, of: tokenizer.bytes, decodesReferences: true, to: &symbols)
            case .latex: writer.append(range, of: tokenizer.bytes, decodesReferences: true, to: &latex)
            case .description:
                writer.append(range, of: tokenizer.bytes, decodesReferences: true, to: &description)
            case .elsewhere: break
            }
        case .verbatim: break
        case .start(.annotation): place = Self.place(of: Self.value("encoding", tokenizer))
        case .end(.annotation): place = .symbols
        case .end(.math): return .ended
        case .start, .end: break
        }
        return .goesOn
    }

    /// What to show.
    var text: [UInt8] {
        if latex.isEmpty { return description.isEmpty ? symbols : description }
        let border = Array((isBlock ? "$$" : "$").utf8)
        return border + latex + border
    }

    private static func place(of encoding: [UInt8]?) -> Place {
        switch encoding {
        case Array("application/x-tex".utf8): .latex
        case Array("text/plain".utf8): .description
        default: .elsewhere
        }
    }

    private static func value(_ name: StaticString, _ tokenizer: Tokenizer) -> [UInt8]? {
        tokenizer.attribute(name).map { tokenizer.bytes[$0].map(lowercased) }
    }
}
