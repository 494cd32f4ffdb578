/// What a picture says about itself before its first pixel: kind and size. Nothing is decoded.
package struct ImageHeader: Hashable, Sendable {
    package var kind: ImageKind
    /// In pixels, as the picture is to be shown: a turn that the camera noted is taken into account.
    package var width: Int
    package var height: Int

    package init(kind: ImageKind, width: Int, height: Int) {
        self.kind = kind
        self.width = width
        self.height = height
    }

    /// Longest and widest picture in pixels; what is beyond is made to exhaust whoever shows it.
    static let longestSide = 16_384
    /// Most pixels; telephones take pictures of 50 million.
    package static let mostPixels = 64_000_000

    var isReasonable: Bool {
        width > 0 && height > 0 && width <= ImageHeader.longestSide && height <= ImageHeader.longestSide
            && width * height <= ImageHeader.mostPixels
    }
}
