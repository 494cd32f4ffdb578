/// Something that happens at a moment unless it is moved or called off.
final class Alarm {
    fileprivate(set) var moment: MonotonicTime
    fileprivate var position = -1
    let fire: () -> Void

    init(at moment: MonotonicTime, fire: @escaping () -> Void) {
        self.moment = moment
        self.fire = fire
    }

    var isSet: Bool { position >= 0 }
}

/// Alarms by their moment: a binary heap in which each alarm knows its place, so that any can be taken out.
struct TimerHeap {
    private var alarms: [Alarm] = []

    var next: MonotonicTime? { alarms.first?.moment }

    mutating func set(_ alarm: Alarm, at moment: MonotonicTime) {
        alarm.moment = moment
        if alarm.position < 0 {
            alarm.position = alarms.count
            alarms.append(alarm)
        }
        settle(alarm.position)
    }

    mutating func cancel(_ alarm: Alarm) {
        guard alarm.position >= 0 else { return }
        let hole = alarm.position
        alarm.position = -1
        let last = alarms.removeLast()
        guard last !== alarm else { return }
        alarms[hole] = last
        last.position = hole
        settle(hole)
    }

    /// Takes out an alarm whose moment has come. The caller fires it: that may set and cancel others.
    mutating func takeDue(at now: MonotonicTime) -> Alarm? {
        guard let first = alarms.first, first.moment <= now else { return nil }
        cancel(first)
        return first
    }

    private mutating func settle(_ start: Int) {
        var index = start
        while index > 0, alarms[index].moment < alarms[(index - 1) / 2].moment {
            exchange(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
        while true {
            var least = index
            for child in [2 * index + 1, 2 * index + 2]
            where child < alarms.count && alarms[child].moment < alarms[least].moment {
                least = child
            }
            guard least != index else { return }
            exchange(index, least)
            index = least
        }
    }

    private mutating func exchange(_ first: Int, _ second: Int) {
        alarms.swapAt(first, second)
        alarms[first].position = first
        alarms[second].position = second
    }
}
