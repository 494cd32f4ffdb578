extension ISOTrack {
    private static let keptInTrack: Set<String> = ["edts", "tapt", "clip", "matt", "load"]
    private static let keptInInformation: Set<String> = [
        "vmhd", "smhd", "hmhd", "nmhd", "sthd", "gmhd",
    ]
    private static let keptInTable: Set<String> = [
        "stts", "ctts", "cslg", "stsc", "stsz", "stz2", "stco", "co64", "stss", "stps", "stsh", "padb",
        "sdtp", "sbgp", "sgpd", "subs", "saiz", "saio",
    ]

    /// Overwrites what a track that stays need not say.
    ///
    /// - Parameter gone: the tracks that are not there any more.
    func clean(_ file: EditableFile, without gone: Set<Int>, _ budget: inout Int) throws(UploadError) {
        var boxes = try ISOBoxes(file, in: box)
        while let child = try boxes.next(&budget) {
            switch child.type {
            case "tkhd":
                let size = try ISOTrack.isLong(file, child) ? 16 : 8
                let dates = try child.place(4, size)
                try file.fill(dates..<dates + size)
            case "tref": try cleanReferences(file, child, without: gone, &budget)
            case "mdia": try cleanMedia(file, child, &budget)
            default:
                if !ISOTrack.keptInTrack.contains(child.type) { try file.blank(child, &budget) }
            }
        }
    }

    /// Lists of track numbers, each a box. Section 8.3.3.
    private func cleanReferences(
        _ file: EditableFile, _ box: ISOBox, without gone: Set<Int>, _ budget: inout Int
    ) throws(UploadError) {
        var boxes = try ISOBoxes(file, in: box)
        while let child = try boxes.next(&budget) {
            var place = child.body
            var isGone = (child.end - child.body) % 4 != 0 || child.end - child.body > 1_024
            while !isGone, place < child.end {
                isGone = gone.contains(try file.number(4, at: place))
                place += 4
            }
            if isGone { try file.blank(child, &budget) }
        }
    }

    private func cleanMedia(_ file: EditableFile, _ box: ISOBox, _ budget: inout Int) throws(UploadError) {
        var boxes = try ISOBoxes(file, in: box)
        while let child = try boxes.next(&budget) {
            switch child.type {
            case "mdhd": try ISOTimes(file, child).erase(file)
            case "hdlr": try cleanHandler(file, child)
            case "minf": try cleanInformation(file, child, &budget)
            case "elng": break
            default: try file.blank(child, &budget)
            }
        }
    }

    /// Version, then two types; then QuickTime's maker of the handler, and a name: of the camera, with many.
    private func cleanHandler(_ file: EditableFile, _ box: ISOBox) throws(UploadError) {
        try file.erase(from: try box.place(12, 0), to: box.end)
    }

    private func cleanInformation(_ file: EditableFile, _ box: ISOBox, _ budget: inout Int)
        throws(UploadError)
    {
        var boxes = try ISOBoxes(file, in: box)
        while let child = try boxes.next(&budget) {
            switch child.type {
            case "hdlr": try cleanHandler(file, child)
            case "dinf":
                var inner = try ISOBoxes(file, in: child)
                while let references = try inner.next(&budget) {
                    if references.type == "dref" {
                        try cleanSources(file, references, &budget)
                    } else {
                        try file.blank(references, &budget)
                    }
                }
            case "stbl":
                var tables = try ISOBoxes(file, in: child)
                while let table = try tables.next(&budget) {
                    if table.type == "stsd" {
                        try cleanCodecs(file, table, &budget)
                    } else if !ISOTrack.keptInTable.contains(table.type) {
                        try file.blank(table, &budget)
                    }
                }
            default:
                if !ISOTrack.keptInInformation.contains(child.type) { try file.blank(child, &budget) }
            }
        }
    }

    /// Where the samples are: in this file, whatever is said, and no names of disks and folders. Section
    /// 8.7.2.
    private func cleanSources(_ file: EditableFile, _ box: ISOBox, _ budget: inout Int)
        throws(UploadError)
    {
        var boxes = try ISOBoxes(file, in: box, after: 8)
        while let source = try boxes.next(&budget) {
            try file.overwrite([0, 0, 0, 1], at: try source.place(0, 4))
            try file.erase(from: source.body + 4, to: source.end)
        }
    }

    /// Sample entries, section 8.5.2: QuickTime's name of the maker in the first fields, the encoder's in
    /// those of a film, and boxes behind the fields.
    private func cleanCodecs(_ file: EditableFile, _ box: ISOBox, _ budget: inout Int)
        throws(UploadError)
    {
        let isNew = try file.number(1, at: try box.place(0, 1)) == 1
        var entries = try ISOBoxes(file, in: box, after: 8)
        while let entry = try entries.next(&budget) {
            var fields: Int
            switch handler {
            case "vide":
                fields = 78
                let name = try entry.place(42, 32)
                try file.fill(name..<name + 32)
            case "soun":
                // QuickTime's versions 1 and 2 have more fields, its Sound Sample Descriptions.
                let version = try file.number(2, at: try entry.place(8, 2))
                fields = isNew ? 28 : version == 0 ? 28 : version == 1 ? 44 : 64
            default: continue
            }
            let maker = try entry.place(12, 4)
            try file.fill(maker..<maker + 4)
            var boxes = try ISOBoxes(file, in: entry, after: fields)
            while let child = try boxes.next(&budget) {
                if ["uuid", "udta", "meta"].contains(child.type) { try file.blank(child, &budget) }
            }
        }
    }
}
