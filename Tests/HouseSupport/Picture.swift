/// Small pictures for uploads, made here.
package enum Picture {
    /// A PNG of 3 by 2 pixels with a text that nobody should see. Checksums and pixels are not looked at.
    package static let png: [UInt8] =
        signature + chunk("IHDR", [0, 0, 0, 3, 0, 0, 0, 2, 8, 2, 0, 0, 0])
        + chunk("tEXt", Array("secret".utf8))
        + chunk("IDAT", [1, 2, 3]) + chunk("IEND", [])
    package static let cleanPNG: [UInt8] =
        signature + chunk("IHDR", [0, 0, 0, 3, 0, 0, 0, 2, 8, 2, 0, 0, 0]) + chunk("IDAT", [1, 2, 3])
        + chunk("IEND", [])

    /// A PNG that says to be of this size.
    package static func png(width: Int, height: Int) -> [UInt8] {
        var size: [UInt8] = []
        for side in [width, height] {
            for shift in [24, 16, 8, 0] { size.append(UInt8(truncatingIfNeeded: side >> shift)) }
        }
        return signature + chunk("IHDR", size + [8, 2, 0, 0, 0] as [UInt8])
            + chunk("IDAT", [UInt8](repeating: 1, count: 200)) + chunk("IEND", [])
    }

    private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    private static func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
        [0, 0, 0, UInt8(data.count)] + Array(type.utf8) + data + [9, 9, 9, 9]
    }

    /// A multipart form with one file and some texts.
    package static func form(_ field: String, _ bytes: [UInt8], _ texts: [(String, String)] = []) -> [UInt8] {
        var body: [UInt8] = []
        for (name, value) in texts {
            body += Array("--b\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
        }
        body += Array(
            "--b\r\nContent-Disposition: form-data; name=\"\(field)\"; filename=\"a\"\r\nContent-Type: image/jpg\r\n\r\n"
                .utf8)
        return body + bytes + Array("\r\n--b--\r\n".utf8)
    }
}
