/// Keeps count of an element that is removed with all that is in it, elements of the same name included.
struct DroppedContent {
    private var element = Element.other
    private var depth = 0

    /// Whether the token belongs to what is removed.
    mutating func consumes(_ token: Tokenizer.Token, isSelfClosing: Bool) -> Bool {
        switch token {
        case .start(let started):
            guard depth > 0 else { return begins(started, isSelfClosing: isSelfClosing) }
            if started == element, !(started == .svg && isSelfClosing) { depth += 1 }
            // A document whose head is not closed.
            if started == .body, element == .head { depth = 0 }
            return true
        case .end(let ended):
            let isInside = depth > 0
            if isInside, ended == element { depth -= 1 }
            return isInside
        case .text, .verbatim:
            return depth > 0
        }
    }

    private mutating func begins(_ started: Element, isSelfClosing: Bool) -> Bool {
        guard started.role == .dropped else { return false }
        // `embed` never has content; of the others only foreign elements can do without an end tag.
        if started != .embed, !(started == .svg && isSelfClosing) {
            element = started
            depth = 1
        }
        return true
    }
}
