import Basics
import Foundation
import Storage
import Testing

@testable import Media

@Suite struct OwnFilesTests {
    @Test func `files without a row and rows without a file are told`() async throws {
        let house = try await RemoteHouse()
        let folder = house.folder + "/media"
        #expect(try OwnFiles(folder: folder, store: house.store).files == 0, "there is no folder yet")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let names = ["a", "b", "c"].map { String(repeating: $0, count: 64) + ".png" }
        for name in names.dropLast() + [".part-x"] {
            #expect(FileManager.default.createFile(atPath: "\(folder)/\(name)", contents: Data(Bytes.png)))
        }
        try await house.store.write { tx in
            for name in [names[0], names[2]] {
                var attachment = Attachment(kind: .image, createdAt: house.cache.clock.now())
                attachment.file = name
                _ = try Attachments.insert(attachment, in: tx)
            }
        }
        let own = try OwnFiles(folder: folder, store: house.store)
        #expect(own.files == 2 && own.bytes == 2 * Bytes.png.count)
        #expect(own.unnamed == [names[1]])
        #expect(own.missing == [names[2]])
    }
}
