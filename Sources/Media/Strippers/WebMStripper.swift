/// Takes out of WebM, in its place, what says when, by whom and with what it was made.
///
/// <https://www.webmproject.org/docs/container/> and RFC 9559: a header, then a segment of lists and clusters
/// of blocks. What is not known to be needed for playing becomes `Void`, so that no position changes. Not
/// looked into: the clusters and the coded pictures and sounds themselves.
enum WebMStripper {
    private static let header = 0x1A45_DFA3
    private static let documentType = 0x4282
    private static let segment = 0x1853_8067
    private static let seekHead = 0x114D_9B74
    private static let information = 0x1549_A966
    private static let tracks = 0x1654_AE6B
    private static let cues = 0x1C53_BB6B
    private static let cluster = 0x1F43_B675
    /// What a segment holds, RFC 9559 section 5.1: the lists above, attachments, chapters and tags.
    private static let partsOfSegment: Set<Int> = [
        seekHead, information, tracks, cues, cluster, 0x1941_A469, 0x1043_A770, 0x1254_C367,
    ]
    private static let keptInSegment: Set<Int> = [seekHead, information, tracks, cues, cluster]
    /// Version numbers and longest sizes.
    private static let keptInHeader: Set<Int> = [
        0x4286, 0x42F7, 0x42F2, 0x42F3, documentType, 0x4287, 0x4285,
    ]

    static func strip(_ file: EditableFile) throws(UploadError) -> MediaHeader {
        var budget = EBMLElements.most
        var parts = EBMLElements(file, from: 0, to: file.length)
        guard let head = try parts.next(&budget), head.id == header else { throw .damaged }
        try readHeader(file, head, &budget)
        guard let body = try parts.next(&budget), body.id == segment else { throw .damaged }
        let end = body.knownEnd ?? file.length
        var film = WebMFilm(file)
        try strip(file, from: body.body, to: end, &film, &budget)
        // What follows is no part of the film.
        if end < file.length { try file.void(from: end, to: file.length) }
        return try film.header()
    }

    private static func readHeader(_ file: EditableFile, _ head: EBMLElement, _ budget: inout Int)
        throws(UploadError)
    {
        var fields = EBMLElements(file, from: head.body, to: try head.end)
        var type: [UInt8] = []
        while let field = try fields.next(&budget) {
            if field.id == documentType {
                type = try file.read(min(16, try field.end - field.body), at: field.body)
            } else if !keptInHeader.contains(field.id) {
                try file.void(field)
            }
        }
        guard String(decoding: type.prefix { $0 != 0 }, as: UTF8.self) == "webm" else {
            throw .unsupportedType
        }
    }

    private static func strip(
        _ file: EditableFile, from start: Int, to end: Int, _ film: inout WebMFilm, _ budget: inout Int
    ) throws(UploadError) {
        var parts = EBMLElements(file, from: start, to: end)
        var isInCluster = false
        while let part = try parts.next(&budget) {
            if part.id == cluster {
                film.hasBlocks = true
                isInCluster = part.knownEnd == nil
            } else if partsOfSegment.contains(part.id) {
                isInCluster = false
                switch part.id {
                case information: try film.cleanInformation(part, &budget)
                case tracks: try film.cleanTracks(part, &budget)
                case seekHead: try cleanIndex(file, part, &budget)
                case cues: _ = try part.end
                default: try file.void(part)
                }
            } else if isInCluster, WebMFilm.keptInCluster.contains(part.id) {
                _ = try part.end
            } else {
                try file.void(part)
            }
        }
    }

    /// Where the lists are: those that are gone are not pointed at. RFC 9559 section 5.1.1.
    private static func cleanIndex(_ file: EditableFile, _ index: EBMLElement, _ budget: inout Int)
        throws(UploadError)
    {
        var entries = EBMLElements(file, from: index.body, to: try index.end)
        while let entry = try entries.next(&budget) {
            var isKept = false
            if entry.id == 0x4DBB {
                var fields = EBMLElements(file, from: entry.body, to: try entry.end)
                while let field = try fields.next(&budget) {
                    if field.id == 0x53AB { isKept = keptInSegment.contains(try file.number(in: field)) }
                }
            }
            if !isKept { try file.void(entry) }
        }
    }
}
