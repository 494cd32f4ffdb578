/// How large pictures become.
package struct PictureSize: Hashable, Sendable {
    /// In pixels, at least 1.
    package var width: Int
    package var height: Int

    package init(width: Int, height: Int) {
        self.width = max(1, width)
        self.height = max(1, height)
    }

    var area: Int { width * height }

    /// The largest size of the same shape with at most this many pixels; the same size if it has no more.
    package func fitting(area most: Int) -> PictureSize {
        guard area > most else { return self }
        let scale = (Double(most) / Double(area)).squareRoot()
        return PictureSize(
            width: min(Int(Double(width) * scale), most), height: min(Int(Double(height) * scale), most))
    }
}
