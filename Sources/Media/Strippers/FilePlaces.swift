/// Parts of a file that are to stay, for overwriting what lies between them.
struct FilePlaces {
    /// Parts that are held, at 16 bytes each. An hour of 60 pictures a second, with sound between them, has
    /// 400,000.
    static let most = 500_000

    private var places: [Range<Int>]

    init(_ places: [Range<Int>] = []) {
        self.places = places
    }

    /// - Throws: if these are too many.
    mutating func add(_ place: Range<Int>) throws(UploadError) {
        guard !place.isEmpty else { return }
        if let last = places.last, last.upperBound == place.lowerBound {
            places[places.count - 1] = last.lowerBound..<place.upperBound
            return
        }
        guard places.count < FilePlaces.most else { throw .damaged }
        places.append(place)
    }

    mutating func add(_ others: FilePlaces) throws(UploadError) {
        for place in others.places { try add(place) }
    }

    /// The same bytes in order, in places that do not overlap, so that none is written many times.
    var joined: [Range<Int>] {
        var joined: [Range<Int>] = []
        for place in places.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = joined.last, last.upperBound >= place.lowerBound {
                joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, place.upperBound)
            } else {
                joined.append(place)
            }
        }
        return joined
    }

    /// Overwrites with zeros what of these parts is in no place.
    ///
    /// - Parameter parts: they do not overlap.
    func eraseRest(of parts: [Range<Int>], _ file: EditableFile) throws(UploadError) {
        let kept = joined
        var next = 0
        for part in parts.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            var begin = part.lowerBound
            while next < kept.count, kept[next].lowerBound < part.upperBound {
                try file.erase(from: begin, to: kept[next].lowerBound)
                begin = max(begin, kept[next].upperBound)
                // It may go on in the next part.
                if kept[next].upperBound > part.upperBound { break }
                next += 1
            }
            try file.erase(from: begin, to: part.upperBound)
        }
    }
}
