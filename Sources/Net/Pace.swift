/// How fast a peer sends a body: only the time counts in which we wait for it.
struct Pace {
    private var waited = Duration.zero
    private var taken = 0

    mutating func add(_ count: Int, after duration: Duration) {
        waited += duration
        taken += count
    }

    /// Whether fewer than `rate` bytes came in a second, on average; the first while of `start` is given to everybody.
    func isBelow(_ rate: Int, from start: Duration) -> Bool {
        waited > start && Double(taken) < waited / .seconds(1) * Double(rate)
    }
}
