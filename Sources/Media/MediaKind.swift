/// The kinds of files that are recognised by their first bytes; what a client or server calls them is not believed.
package enum MediaKind: CaseIterable, Hashable, Sendable {
    case jpeg, png, gif, webp, avif, heic
    case mp4, quickTime, webm
    case mp3, ogg, flac, m4a, wav
    /// WebM with sound alone, which begins like one with pictures.
    case weba

    /// What apps do with it.
    package enum Group: Hashable, Sendable {
        case picture, video, audio
    }

    /// How many bytes are needed to tell; of a film with a rare first brand up to 64.
    package static let prefixLength = 12

    /// The kind whose signature these bytes begin with, or nil.
    package init?(prefix bytes: some Collection<UInt8>) {
        let start = Array(bytes.prefix(64))
        if start.starts(with: [0xFF, 0xD8, 0xFF]) {
            self = .jpeg
        } else if start.starts(with: MediaKind.pngSignature) {
            self = .png
        } else if start.starts(with: "GIF87a".utf8) || start.starts(with: "GIF89a".utf8) {
            self = .gif
        } else if start.starts(with: "RIFF".utf8), start.dropFirst(8).starts(with: "WEBP".utf8) {
            self = .webp
        } else if start.starts(with: "RIFF".utf8), start.dropFirst(8).starts(with: "WAVE".utf8) {
            self = .wav
        } else if start.dropFirst(4).starts(with: "ftyp".utf8) {
            guard let kind = MediaKind(brandsIn: start) else { return nil }
            self = kind
        } else if start.starts(with: [0x1A, 0x45, 0xDF, 0xA3]) {
            self = .webm
        } else if start.starts(with: "OggS".utf8) {
            self = .ogg
        } else if start.starts(with: "fLaC".utf8) {
            self = .flac
        } else if start.starts(with: "ID3".utf8) || MediaKind.isMPEGAudio(start) {
            self = .mp3
        } else {
            return nil
        }
    }

    /// ISO/IEC 14496-12 section 4.3: the major brand says it, or the first compatible one that is known. The brands that
    /// AVIF and HEIC share say it only if no other does.
    private init?(brandsIn start: [UInt8]) {
        let size = start.prefix(4).reduce(0) { $0 << 8 | Int($1) }
        guard size >= 16 else { return nil }
        var brands = [start[8..<min(12, start.count)]]
        var place = 16
        while place + 4 <= min(size, start.count) {
            brands.append(start[place..<place + 4])
            place += 4
        }
        for brand in brands {
            if let kind = MediaKind(brand: String(decoding: brand, as: UTF8.self)) {
                self = kind
                return
            }
        }
        guard brands.contains(where: { ["mif1", "msf1"].contains(String(decoding: $0, as: UTF8.self)) })
        else {
            return nil
        }
        self = .heic
    }

    private init?(brand: String) {
        switch brand {
        case "avif", "avis": self = .avif
        case "heic", "heix", "heim", "heis", "hevc", "hevx": self = .heic
        case "qt  ": self = .quickTime
        case "M4A ", "M4B ": self = .m4a
        case "isom", "iso2", "iso3", "iso4", "iso5", "iso6", "iso7", "iso8", "iso9", "mp41", "mp42", "avc1",
            "M4V ",
            "M4VH", "M4VP", "dash", "cmfc",
            "3gp4", "3gp5", "3gp6", "3gp7", "3g2a", "f4v ", "mmp4", "MSNV":
            self = .mp4
        default: return nil
        }
    }

    /// The header of an MPEG-1 or -2 layer III frame, ISO/IEC 11172-3 section 2.4.1.3.
    private static func isMPEGAudio(_ start: [UInt8]) -> Bool {
        guard start.count >= 4, start[0] == 0xFF, start[1] & 0xE6 == 0xE2 else { return false }
        return start[1] & 0x18 != 0x08 && start[2] & 0xF0 != 0xF0 && start[2] & 0xF0 != 0
            && start[2] & 0x0C != 0x0C
    }

    /// <https://www.w3.org/TR/png-3/#5PNG-file-signature>
    static let pngSignature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    package var mediaType: String { names.type }
    /// Without the dot.
    package var fileExtension: String { names.end }

    package var group: Group {
        switch self {
        case .jpeg, .png, .gif, .webp, .avif, .heic: .picture
        case .mp4, .quickTime, .webm: .video
        case .mp3, .ogg, .flac, .m4a, .wav, .weba: .audio
        }
    }

    /// The kind of a file of ours, by its name.
    package init?(fileExtension: some StringProtocol) {
        guard let kind = MediaKind.allCases.first(where: { $0.fileExtension == fileExtension }) else {
            return nil
        }
        self = kind
    }

    private var names: (type: String, end: String) {
        switch self {
        case .jpeg: ("image/jpeg", "jpg")
        case .png: ("image/png", "png")
        case .gif: ("image/gif", "gif")
        case .webp: ("image/webp", "webp")
        case .avif: ("image/avif", "avif")
        case .heic: ("image/heic", "heic")
        case .mp4: ("video/mp4", "mp4")
        case .quickTime: ("video/quicktime", "mov")
        case .webm: ("video/webm", "webm")
        case .mp3: ("audio/mpeg", "mp3")
        case .ogg: ("audio/ogg", "ogg")
        case .flac: ("audio/flac", "flac")
        case .m4a: ("audio/mp4", "m4a")
        case .wav: ("audio/wav", "wav")
        case .weba: ("audio/webm", "weba")
        }
    }
}
