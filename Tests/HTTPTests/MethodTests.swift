import HTTP
import Testing

@Suite struct MethodTests {
    @Test func `a method is any token, in its own case`() {
        #expect(Method(token: Array("GET".utf8)) == .get)
        #expect(Method(token: Array("get".utf8)) != .get)
        #expect(Method(token: Array("BREW".utf8))?.rawValue == "BREW")
    }

    @Test(arguments: ["", "GE T", "GE(T", "GET\r", "G\u{1}T", "GÉT"])
    func `what is no token is no method`(text: String) {
        #expect(Method(token: Array(text.utf8)) == nil)
    }
}
