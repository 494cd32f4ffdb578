import SQLite
import Testing

@Suite struct BindableValueTests {
    private let connection: Connection

    init() throws {
        connection = try Connection(path: ":memory:")
    }

    private func type(_ value: any BindableValue) throws -> String? {
        try connection.first("SELECT typeof(?)", value) { $0.text(0) }
    }

    @Test func `each kind of value keeps its type`() throws {
        #expect(try type(1) == "integer")
        #expect(try type(Int64(1)) == "integer")
        #expect(try type(true) == "integer")
        #expect(try type(1.5) == "real")
        #expect(try type("x") == "text")
        #expect(try type("") == "text")
        #expect(try type([UInt8(1)]) == "blob")
        #expect(try type([UInt8]()) == "blob")
        #expect(try type(String?.none) == "null")
        #expect(try type(String?.some("x")) == "text")
        #expect(try type([UInt8]?.none) == "null")
    }

    @Test(arguments: [0, 1, -1, Int64.max, .min])
    func `whole numbers come back`(number: Int64) throws {
        #expect(try connection.first("SELECT ?", number) { $0.int64(0) } == number)
        #expect(try connection.first("SELECT ?", Int(number)) { $0.int(0) } == Int(number))
    }

    @Test(arguments: [0, -0.5, 1e300, .leastNonzeroMagnitude, .infinity])
    func `fractions come back`(number: Double) throws {
        #expect(try connection.first("SELECT ?", number) { $0.double(0) } == number)
    }

    @Test func `what is not a number is stored as nothing`() throws {
        #expect(try type(Double.nan) == "null")
    }

    @Test(arguments: [
        "", "x", "K\u{F6}ln \u{1F438}", "zero\u{0}inside", String(repeating: "long ", count: 10_000),
    ])
    func `text comes back whole`(text: String) throws {
        #expect(try connection.first("SELECT ?", text) { $0.text(0) } == text)
        // A string made of another one may not lie in one piece.
        #expect(
            try connection.first("SELECT ?", String(text.reversed())) { $0.text(0) }
                == String(text.reversed()))
    }

    @Test func `bytes come back whole`() throws {
        for bytes in [[], [0], Array(UInt8.min...UInt8.max), [UInt8](repeating: 7, count: 100_000)] {
            #expect(try connection.first("SELECT ?", bytes) { $0.blob(0) } == bytes)
        }
    }

    @Test func `true is one and false is none`() throws {
        #expect(try connection.first("SELECT ?, ?", true, false) { [$0.int(0), $0.int(1)] } == [1, 0])
        #expect(
            try connection.first("SELECT ?, ?", true, false) { [$0.bool(0), $0.bool(1)] } == [true, false])
    }
}
