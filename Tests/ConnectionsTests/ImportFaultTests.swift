import Federation
import Testing

@testable import Connections

@Suite struct ImportFaultTests {
    @Test(arguments: [
        (FetchError.passing("timedOut"), "lake.example does not answer (it took too long)."),
        (.passing("connectionFailed(\"refused\")"), "lake.example does not answer (no connection)."),
        (.passing("HTTP 503"), "lake.example does not answer (HTTP 503)."),
        (.gone, "lake.example says that a@lake.example is gone."),
        (.missing, "lake.example knows nothing of a@lake.example."),
        (.refused("HTTP 403"), "a@lake.example cannot be had from lake.example: HTTP 403."),
    ])
    func `every fault is a sentence`(error: FetchError, sentence: String) {
        switch ImportFault(error, about: "a@lake.example", at: "lake.example") {
        case .nowhere(let reason):
            #expect(!error.isPassing)
            #expect(reason == sentence)
        case .unanswered(let reason):
            #expect(error.isPassing)
            #expect(reason == sentence)
        }
    }
}
