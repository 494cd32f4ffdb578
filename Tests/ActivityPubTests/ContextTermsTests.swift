import Testing

@testable import ActivityPub

struct ContextTermsTests {
    @Test func `each single term is told from the others`() {
        let all = Context.terms.map(\.term) + Context.documents.map(\.term)
        #expect(all.allSatisfy { $0.rawValue.nonzeroBitCount == 1 })
        // `PropertyValue` and `value` come together.
        #expect(Set(all.map(\.rawValue)).count == all.count - 1)
        #expect(Set(Context.terms.map(\.name)).count == Context.terms.count)
    }

    @Test func `each prefix that is used is defined for its terms`() {
        let known = ["as", "https"] + Context.prefixes.map(\.name)
        for entry in Context.terms {
            let iri =
                switch entry.meaning {
                case .plain(let iri), .id(let iri), .list(let iri): iri
                }
            let prefix = String(iri.prefix { $0 != ":" })
            #expect(known.contains(prefix))
            for candidate in Context.prefixes {
                #expect(candidate.terms.contains(entry.term) == (candidate.name == prefix))
            }
        }
    }
}
