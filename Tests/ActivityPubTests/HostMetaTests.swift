import JSON
import Testing

@testable import ActivityPub

struct HostMetaTests {
    @Test func `our own document is read back`() throws {
        let template = "https://islet.example/.well-known/webfinger?resource={uri}"
        #expect(
            WebFinger.template(inHostMeta: text(HostMeta.xml(origin: "https://islet.example"))) == template)
        let links = try Document(HostMeta.json(origin: "https://islet.example")).root["links"]
        #expect(links?.elements.first?["template"]?.string == template)
    }

    @Test(arguments: [
        (
            #"<XRD><Link template='https://a.example/?a=1&amp;r={uri}' type="x" rel='lrdd'></Link></XRD>"#,
            "https://a.example/?a=1&r={uri}"
        ),
        (
            #"<Link rel="other" template="https://a.example/{uri}"/><Link  rel = "lrdd"  template = "https://b.example/{uri}"/>"#,
            "https://b.example/{uri}"
        ),
        (#"<Link rel="lrdd" template="https://a.example/"/>"#, nil), (#"<Link rel="lrdd"/>"#, nil), ("", nil),
        ("<<<<", nil),
        (#"<Link rel="lrdd" template="https://a.example/{uri}"#, nil),
        ("<Link rel=lrdd template=x{uri}>", nil),
    ])
    func `a template is found in what others write`(source: String, expected: String?) {
        #expect(WebFinger.template(inHostMeta: source) == expected)
    }

    @Test func `a megabyte of brackets is over quickly`() {
        #expect(WebFinger.template(inHostMeta: String(repeating: "<Link =", count: 150_000)) == nil)
    }
}
