import HTTP
import Storage

/// A new description or focus of a file that a post has already: `media_attributes[]` of an edit.
struct MediaChange: Sendable {
    let id: AttachmentID
    /// As it is to be stored; empty for none, nil for the one that is there.
    let description: String?
    let focus: Focus?

    /// - Throws: 422 for a description that is too long.
    static func list(_ parameters: Parameters, limits: APILimits) throws -> [MediaChange] {
        try (parameters["media_attributes"]?.elements ?? []).compactMap { element in
            guard let id = element["id"]?.string.flatMap({ AttachmentID($0) }) else { return nil }
            return try MediaChange(
                id: id,
                description: element["description"]?.string.map { try limits.mediaDescription($0) ?? "" },
                focus: element["focus"]?.string.flatMap { Focus($0) })
        }
    }

    /// - Returns: whether the file is one of these and anything changed.
    func apply(to attachments: [Attachment], in tx: Transaction) throws -> Bool {
        guard let old = attachments.first(where: { $0.id == id }) else { return false }
        let text = description.map { $0.isEmpty ? nil : $0 } ?? old.description
        let x = focus?.x ?? old.focusX
        let y = focus?.y ?? old.focusY
        // Where nothing was said, the middle stays in sight.
        let hasMoved = (x ?? 0) != (old.focusX ?? 0) || (y ?? 0) != (old.focusY ?? 0)
        guard text != old.description || hasMoved else { return false }
        let point = x.flatMap { x in y.map { (x: x, y: $0) } }
        try Attachments.describe(id, description: text, focus: point, in: tx)
        return true
    }
}

extension APILimits {
    /// What is stored of a description that somebody typed: line ends as one character; nil for nothing but space.
    ///
    /// - Throws: 422 when it is too long.
    func mediaDescription(_ typed: String) throws -> String? {
        let text = typed.replacing("\r\n", with: "\n").replacing("\r", with: "\n").trimmingSpaces
        guard text.count <= descriptionLength else {
            throw APIError.invalid("Description is too long (maximum is \(descriptionLength) characters)")
        }
        return text.isEmpty ? nil : text
    }
}

/// The point of a picture that must stay in sight when it is cropped: −1 to 1, from left and bottom.
struct Focus: Hashable, Sendable {
    let x: Double
    let y: Double

    /// Reads two numbers with a comma between.
    init?(_ text: String) {
        let parts = text.split(separator: ",")
        guard parts.count == 2, let x = Double(String(parts[0]).trimmingSpaces),
            let y = Double(String(parts[1]).trimmingSpaces), x.isFinite, y.isFinite
        else { return nil }
        self.x = min(max(x, -1), 1)
        self.y = min(max(y, -1), 1)
    }
}
