/// The head of a frame of MPEG-1, -2 or -2.5 audio layer III. ISO/IEC 11172-3 section 2.4.1.3, ISO/IEC
/// 13818-3 section 2.4.
struct MPEGFrame: Hashable {
    static let headSize = 4
    /// In kbit/s, by index, for MPEG-1 and for the others.
    private static let rates = [
        [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
        [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
    ]
    private static let samplings = [44_100, 48_000, 32_000]

    /// In bytes, with its head.
    let size: Int
    /// Samples a second.
    let sampling: Int
    /// Samples of each channel in a frame.
    let samples: Int
    /// Where a Xing head begins in a frame that has one.
    let sideSize: Int

    /// Nil if that is no head, or one without a size ("free format").
    init?(_ head: ArraySlice<UInt8>) {
        let bytes = Array(head.prefix(MPEGFrame.headSize))
        guard bytes.count == MPEGFrame.headSize, bytes[0] == 0xFF, bytes[1] & 0xE6 == 0xE2 else { return nil }
        let version = Int(bytes[1] >> 3 & 3)  // 3: MPEG-1, 2: MPEG-2, 0: MPEG-2.5
        let rateIndex = Int(bytes[2] >> 4)
        let samplingIndex = Int(bytes[2] >> 2 & 3)
        guard version != 1, 1...14 ~= rateIndex, samplingIndex < 3 else { return nil }
        let isFirst = version == 3
        sampling = MPEGFrame.samplings[samplingIndex] / (isFirst ? 1 : version == 2 ? 2 : 4)
        samples = isFirst ? 1_152 : 576
        let rate = MPEGFrame.rates[isFirst ? 0 : 1][rateIndex] * 1_000
        size = samples / 8 * rate / sampling + Int(bytes[2] >> 1 & 1)
        let isMono = bytes[3] >> 6 == 3
        sideSize = isFirst ? (isMono ? 17 : 32) : (isMono ? 9 : 17)
    }

    /// Whether both are of one stream.
    func fits(_ other: MPEGFrame) -> Bool {
        sampling == other.sampling && samples == other.samples
    }
}
