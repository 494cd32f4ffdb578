/// What a file says about itself: kind, size, length. Nothing is decoded.
package struct MediaHeader: Hashable, Sendable {
    package var kind: MediaKind
    /// In pixels, as it is to be shown: a turn that the camera noted is taken into account. Nil for sounds, and where
    /// the file does not say.
    package var width: Int?
    package var height: Int?
    /// In seconds; nil for pictures, and where the file does not say.
    package var duration: Double?

    package init(kind: MediaKind, width: Int? = nil, height: Int? = nil, duration: Double? = nil) {
        self.kind = kind
        self.width = width
        self.height = height
        self.duration = duration
    }

    /// Longest and widest picture in pixels; what is beyond is made to exhaust whoever shows it.
    static let longestSide = 16_384
    /// Most pixels; telephones take pictures of 50 million.
    package static let mostPixels = 64_000_000

    /// Whether somebody can show it: false for no size, or an absurd one, where there should be one.
    var isReasonable: Bool {
        if kind.group == .audio { return true }
        guard let width, let height else { return kind.group == .video }
        return width > 0 && height > 0 && width <= MediaHeader.longestSide
            && height <= MediaHeader.longestSide && width * height <= MediaHeader.mostPixels
    }
}
