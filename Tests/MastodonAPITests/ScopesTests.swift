import Testing

@testable import MastodonAPI

@Suite struct ScopesTests {
    @Test(
        arguments: [
            ("read", "read:statuses", true), ("read:statuses", "read", false),
            ("read:statuses", "read:accounts", false),
            ("write", "read:statuses", false), ("follow", "write:follows", true),
            ("follow", "read:mutes", true),
            ("follow", "write:statuses", false), ("push read", "push", true), ("", "read", false),
            ("readx", "read:statuses", false), ("profile", "profile", true), ("read", "profile", false),
        ] as [(String, Scope, Bool)])
    func `wider scopes open what narrower ones do`(granted: String, needed: Scope, expected: Bool) {
        #expect(ScopeSet(granted).allows(needed) == expected)
    }

    @Test(arguments: [
        ("read write", "read:statuses write", true), ("read", "read write", false),
        ("read write follow", "follow", true),
        ("read write", "follow", true), ("read", "follow", false), ("read", "", true),
    ])
    func `a set covers what it opens`(outer: String, inner: String, expected: Bool) {
        #expect(ScopeSet(outer).covers(ScopeSet(inner)) == expected)
    }

    @Test func `unknown names and repetitions vanish, and every usual separator separates`() {
        #expect(ScopeSet(asked: "read+write,push\nread nonsense admin:read").description == "read write push")
    }
}
