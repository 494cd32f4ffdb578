import Testing

@testable import Markup

@Suite struct RelMeTests {
    @Test(arguments: [
        (#"<a rel="me" href="https://h/@a">x</a>"#, ["https://h/@a"]),
        (#"<link href='https://h/@a' rel='noopener ME'/>"#, ["https://h/@a"]),
        (#"<A REL=me HREF=https://h/?a=1&amp;b=2>"#, ["https://h/?a=1&b=2"]),
        (#"<a rel="meh" href="https://h/@a">"#, []),
        (#"<a rel="nofollow" href="https://h/@a">"#, []),
        (#"<!-- <a rel="me" href="https://h/@a"> -->"#, []),
        (#"<script>'<a rel="me" href="https://h/@a">'</script>"#, []),
        (#"<a rel="me">"#, []), ("", []), ("<a rel=me href=", []),
    ])
    func `only links that say me count`(page: String, links: [String]) {
        #expect(RelMe.links(in: Array(page.utf8)) == links)
    }

    @Test func `a page full of links is read to a bound`() {
        let page = String(repeating: "<a rel=me href=x>", count: 10_000)
        #expect(RelMe.links(in: Array(page.utf8)).count == 256)
    }
}
