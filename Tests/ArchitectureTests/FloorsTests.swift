import Foundation
import Testing

/// The shape of the house: who may import whom, and what may be written where.
@Suite struct FloorsTests {
    /// From the ground up; a target imports what lies on a lower floor.
    static let floors = [
        ["CSQLite", "COpenSSL", "CLinux"],
        ["Basics", "HTTP", "JSON", "Markup", "Crypto", "SQLite"],
        ["ActivityPub", "Storage", "Net"],
        ["Federation", "Media"],
        ["MastodonAPI", "Connections"],
        ["Web"],
        ["islet"],
    ]
    /// The one target that may use a C library.
    static let keepers = ["CSQLite": "SQLite", "COpenSSL": "Crypto", "CLinux": "Net"]
    /// What comes with the toolchain and is used in `Sources`.
    static let outside: Set = ["Glibc", "Synchronization", "FoundationEssentials", "Swift"]

    private let sources = SourceFile.all

    private func floor(of target: String) -> Int? {
        Self.floors.firstIndex { $0.contains(target) }
    }

    @Test func `every target has its floor`() throws {
        let folders = Set(sources.map(\.target)).union(SourceFile.targets)
        #expect(folders == Set(Self.floors.joined()))
        #expect(sources.count > 100, "the sources are found")
    }

    @Test func `every import goes to a lower floor`() {
        for file in sources {
            for module in file.imports where !Self.outside.contains(module) {
                guard let above = floor(of: file.target), let below = floor(of: module) else {
                    Issue.record("\(file.name) imports \(module), which is on no floor")
                    continue
                }
                #expect(below < above, "\(file.name) imports \(module)")
                // The tools know nothing of each other, nor of anything of ours but their C library.
                if above == 1 {
                    #expect(Self.keepers[module] == file.target, "\(file.name) imports \(module)")
                }
            }
        }
    }

    @Test func `every import is declared in the manifest, and everything declared is imported`() throws {
        let declared = try Manifest.dependencies()
        #expect(Set(declared.keys) == Set(Self.floors.dropFirst().joined()))
        let imported = Dictionary(grouping: sources, by: \.target).mapValues { files in
            Set(files.flatMap(\.imports)).subtracting(Self.outside)
        }
        for (target, modules) in declared {
            #expect(imported[target] == modules, "\(target): imported on the left, declared on the right")
        }
    }

    @Test func `each C library has one keeper`() {
        for (library, keeper) in Self.keepers {
            let users = Set(sources.filter { $0.imports.contains(library) }.map(\.target))
            #expect(users == [keeper], "\(library)")
        }
    }

    @Test func `only the program opens sockets`() {
        #expect(Set(sources.filter { $0.imports.contains("Net") }.map(\.target)) == ["islet"])
    }

    @Test func `nothing imports the whole of Foundation`() {
        for file in sources { #expect(!file.imports.contains("Foundation"), "\(file.name)") }
    }

    @Test func `SQL is only written in Storage`() {
        // The floor below writes only what opens, migrates and checks any database.
        let verbs = ["SELECT ", "INSERT INTO", "INSERT OR ", "DELETE FROM", "CREATE TABLE", "DROP TABLE"]
        let writers = sources.filter { file in verbs.contains { file.says($0) } }
        #expect(Set(writers.map(\.target)) == ["Storage"])
    }

    @Test func `the limits of HTTP are named in one file`() {
        let files = sources.filter { ["HTTP", "Net"].contains($0.target) && $0.says("Limits: Sendable") }
        #expect(files.map(\.name) == ["HTTP/Limits.swift"])
    }
}
