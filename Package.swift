// swift-tools-version: 6.2
import PackageDescription

/// Every target is built with these. Warnings become errors in `Deploy/test`, never for a user's build.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),  // imports say what leaks out
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),  // async code stays on its caller's executor
]

func floor(_ name: String, on below: String...) -> Target {
    .target(name: name, dependencies: below.map { .byName(name: $0) }, swiftSettings: strict)
}

func tests(_ name: String, on tested: String..., fixtures: String? = nil) -> Target {
    .testTarget(
        name: name, dependencies: tested.map { .byName(name: $0) }, exclude: fixtures.map { [$0] } ?? [],
        swiftSettings: strict)
}

/// What an islet without sockets is made of.
let pond: [Target.Dependency] = [
    "Basics", "HTTP", "JSON", "Markup", "Crypto", "ActivityPub", "Storage", "Federation",
]

let package = Package(
    name: "islet",
    products: [.executable(name: "islet", targets: ["islet"])],
    targets: [
        // Doors to C: each is imported by exactly one Swift target.
        .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "COpenSSL", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CLinux"),

        // 1: tools; none imports anything of ours.
        floor("Basics"),
        floor("HTTP"),
        floor("JSON"),
        floor("Markup"),
        floor("Crypto", on: "COpenSSL"),
        floor("SQLite", on: "CSQLite"),

        // 2: what we say, what we remember, how bytes travel.
        floor("ActivityPub", on: "HTTP", "JSON", "Crypto"),
        floor("Storage", on: "Basics", "SQLite"),
        floor("Net", on: "Basics", "HTTP", "Crypto", "CLinux"),

        // 3: what we do with other servers, and with files.
        floor("Federation", on: "Basics", "HTTP", "JSON", "Markup", "Crypto", "ActivityPub", "Storage"),
        floor("Media", on: "Basics", "HTTP", "Storage"),

        // 4: what people ask for.
        floor(
            "MastodonAPI", on: "Basics", "HTTP", "JSON", "Markup", "Crypto", "Storage", "Federation", "Media"),
        floor("Connections", on: "Basics", "HTTP", "JSON", "Markup", "Storage", "Federation"),

        // 5: what a browser sees, asking the floor below as an app would.
        floor(
            "Web", on: "Basics", "HTTP", "JSON", "Markup", "Crypto", "Storage", "Federation", "Media",
            "MastodonAPI", "Connections"),

        // 6: the program.
        .executableTarget(
            name: "islet",
            dependencies: [
                "Basics", "HTTP", "JSON", "Crypto", "ActivityPub", "Storage", "Net", "Federation", "Media",
                "MastodonAPI", "Connections", "Web",
            ],
            swiftSettings: strict),

        // One folder of tests for each floor, and stories across several islets.
        .target(name: "TestSupport", dependencies: pond, path: "Tests/TestSupport", swiftSettings: strict),
        .target(
            name: "HouseSupport",
            dependencies: [
                "Basics", "HTTP", "JSON", "Crypto", "Storage", "Federation", "Media", "MastodonAPI",
            ], path: "Tests/HouseSupport", swiftSettings: strict),
        tests("ArchitectureTests"),
        tests("BasicsTests", on: "Basics"),
        tests("HTTPTests", on: "HTTP"),
        tests("JSONTests", on: "JSON"),
        tests("MarkupTests", on: "Markup"),
        tests("CryptoTests", on: "Crypto", "COpenSSL", fixtures: "Fixtures"),
        tests("SQLiteTests", on: "SQLite"),
        tests("ActivityPubTests", on: "ActivityPub", "HTTP", "JSON", "Crypto"),
        tests("StorageTests", on: "Basics", "SQLite", "Storage", fixtures: "Fixtures"),
        tests("NetTests", on: "Basics", "HTTP", "Crypto", "Net"),
        .testTarget(name: "FederationTests", dependencies: pond + ["TestSupport"], swiftSettings: strict),
        tests("MediaTests", on: "Basics", "HTTP", "Storage", "Media"),
        tests(
            "MastodonAPITests", on: "Basics", "HTTP", "JSON", "Crypto", "Storage", "Federation", "Media",
            "MastodonAPI", "HouseSupport"),
        .testTarget(
            name: "ConnectionsTests", dependencies: pond + ["Connections", "TestSupport"],
            swiftSettings: strict),
        tests(
            "WebTests", on: "Basics", "HTTP", "JSON", "Markup", "Crypto", "SQLite", "Storage", "Federation",
            "Media",
            "MastodonAPI", "Connections", "Web", "HouseSupport"),
        .testTarget(name: "PondTests", dependencies: pond + ["TestSupport"], swiftSettings: strict),
    ]
)
