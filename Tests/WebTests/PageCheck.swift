/// A strict look at a page of ours: every element closed in order, every attribute quoted, nothing that runs.
enum PageCheck {
    private static let void: Set<String> = ["meta", "link", "base", "img", "br", "hr", "input"]
    private static let banned: Set<String> = ["script", "iframe", "object", "embed", "form", "style"]

    /// What is wrong with the page; nothing for a good one.
    static func faults(in page: String, allowing allowed: Set<String> = []) -> [String] {
        var faults: [String] = []
        var open: [String] = []
        var ids: Set<String> = []
        if !page.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">") {
            faults.append("it does not begin as a page")
        }
        var rest = page.dropFirst("<!DOCTYPE html>".count)
        while let start = rest.firstIndex(of: "<") {
            if rest[..<start].contains(">") { faults.append("a bare > in: \(rest[..<start].suffix(40))") }
            guard let end = rest[start...].firstIndex(of: ">") else { return faults + ["a tag without end"] }
            let tag = rest[rest.index(after: start)..<end]
            rest = rest[rest.index(after: end)...]
            if tag.first == "/" {
                let name = String(tag.dropFirst())
                if open.popLast() != name { faults.append("</\(name)> does not match") }
                continue
            }
            let name = String(tag.prefix { $0 != " " })
            if banned.subtracting(allowed).contains(name) { faults.append("<\(name)>") }
            for (attribute, value) in attributes(of: tag.dropFirst(name.count), &faults) {
                if attribute.hasPrefix("on") || attribute == "style" {
                    faults.append("\(attribute) in <\(name)>")
                }
                if attribute == "id", !ids.insert(value).inserted { faults.append("the id \(value) twice") }
                if attribute == "href" || attribute == "src" {
                    let isSafe = ["https://", "http://", "/", "#"].contains { value.hasPrefix($0) }
                    if !isSafe { faults.append("\(attribute)=\(value)") }
                }
            }
            if name == "img", !tag.contains(" alt=") { faults.append("a picture without alt") }
            if !void.contains(name) { open.append(name) }
        }
        return open.isEmpty ? faults : faults + ["left open: \(open)"]
    }

    private static func attributes(of text: Substring, _ faults: inout [String]) -> [(String, String)] {
        var found: [(String, String)] = []
        var rest = text
        while let start = rest.firstIndex(where: { $0 != " " && $0 != "\n" }) {
            rest = rest[start...]
            let name = rest.prefix { $0 != "=" && $0 != " " && $0 != "\n" }
            rest = rest.dropFirst(name.count)
            if found.contains(where: { $0.0 == name }) { faults.append("\(name) twice in one tag") }
            guard rest.first == "=" else {
                found.append((String(name), ""))
                continue
            }
            guard rest.dropFirst().first == "\"", let end = rest.dropFirst(2).firstIndex(of: "\"") else {
                faults.append("\(name) is not quoted")
                return found
            }
            found.append((String(name), String(rest[rest.index(rest.startIndex, offsetBy: 2)..<end])))
            rest = rest[rest.index(after: end)...]
        }
        return found
    }
}
