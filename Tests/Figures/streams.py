#!/usr/bin/env python3
"""Measures what open streams cost: 20 WebSockets and 20 event streams, 5 of them stalled, while notes come.

The same notes go to a server without readers and to one with them; they come from people the owner follows.
"""

import collections
import http.client
import pathlib
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Protocols"))

from instance import Instance, arguments, scratch, wait_for
from report import Report, expect
from stranger import Stranger
from stream_readers import Reader, Taking
from usage import forget_peak, kilobytes

PEOPLE = [f"friend{n}" for n in range(4)]
EACH, STALLED = 20, {"WebSocket": 3, "event stream": 2}
LIMIT_MB = 4.0


def send(stranger, server, inbox, count, label):
    """Everybody sends their share over a connection of their own; -> the statuses that were answered."""
    answers = collections.Counter()

    def speak(name):
        keep = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        for number in range(count // len(PEOPLE)):
            text = f"{name} {label} {number} " + "and so on " * 40
            answers[stranger.post(inbox, name, stranger.create(name, f"{label}{number}", text), keep)] += 1

    speakers = [threading.Thread(target=speak, args=(name,)) for name in PEOPLE]
    for one in speakers:
        one.start()
    for one in speakers:
        one.join()
    return answers


def measure(given, folder, with_readers):
    """One server, from its start to its stop; -> what was measured, by name."""
    stranger = Stranger(PEOPLE)
    server = Instance(given.islet, folder, "owner").init().start()
    for name in PEOPLE:
        server.follow(f"{name}@{stranger.host}")
    inbox = server.actor()["inbox"]
    # So that no first statement and no first key is counted.
    send(stranger, server, inbox, 40, "warm")
    server.home()
    time.sleep(2)
    rest = kilobytes(server.process.pid, "VmRSS")
    readers = []
    if with_readers:
        for kind in STALLED:
            readers += [Reader(server, kind, stalled=at < STALLED[kind]) for at in range(EACH)]
    live = [reader for reader in readers if not reader.stalled]
    time.sleep(1)
    idle = kilobytes(server.process.pid, "VmRSS")
    forget_peak(server.process.pid)
    with Taking(readers):
        begun = time.monotonic()
        answers = send(stranger, server, inbox, given.count, "note")
        seconds = time.monotonic() - begun
        wait_for(lambda: all(reader.count >= given.count for reader in live), 60, 0.5)
        peak = kilobytes(server.process.pid, "VmHWM")
        # The limit of a write has passed for whoever takes nothing.
        time.sleep(25 if with_readers else 1)
    after = kilobytes(server.process.pid, "VmRSS")
    ended = [reader for reader in readers if reader.stalled and reader.drain(5)]
    return {
        "answers": dict(answers),
        "seconds": seconds,
        "rest": rest,
        "idle": idle,
        "peak": peak,
        "after": after,
        "readers": readers,
        "ended": ended,
        "stop": server.stop(),
    }


def check(report, m, count):
    live = [reader for reader in m["readers"] if not reader.stalled]
    stalled = [reader for reader in m["readers"] if reader.stalled]
    share = count // len(PEOPLE)
    first = live[0].posts()
    with report("every live reader got every note once, and each person's in their order") as seen:
        for at, reader in enumerate(live):
            where = f"{reader.kind} {at}, over: {reader.over}"
            posts = [post.split()[:3] for post in reader.posts()]
            for name in PEOPLE:
                numbers = [int(number) for who, label, number in posts if (who, label) == (name, "note")]
                expect(len(numbers), share, f"{where}: notes of {name}")
                expect(numbers == list(range(share)), True, f"{where}: in order")
        seen.append(f"{len(live)} readers, {len(first)} notes each")
    with report("all live readers got them in the same order"):
        for at, reader in enumerate(live):
            expect(reader.posts() == first, True, f"{reader.kind} {at}")
    with report("stalled readers were sent away, and did not get everything") as seen:
        expect(len(m["ended"]), len(stalled), "connections that ended")
        for reader in stalled:
            assert len(reader.posts()) < count, f"a stalled {reader.kind} got all"
            if reader.kind == "WebSocket":
                expect(reader.close_code(), {1013, None}, "close code")
        codes = [str(reader.close_code() or "cut") for reader in stalled if reader.kind == "WebSocket"]
        seen.append("WebSockets: " + " ".join(codes))
    with report("live readers were told when the server stopped, which took no grace"):
        for reader in live:
            assert reader.over or reader.drain(5), f"a {reader.kind} is still open"
            if reader.kind == "WebSocket":
                expect(reader.close_code(), 1001, "close code")


def main():
    given = arguments(
        __doc__,
        ("--count", dict(type=int, default=2_000, help="notes that come in")),
        ("--quick", dict(action="store_true", help="300 notes")),
    )
    if given.quick:
        given.count = 300
    report, folder = Report(), scratch(given.keep)
    without = measure(given, folder / "without", False)
    having = measure(given, folder / "with", True)
    more = (having["peak"] - without["peak"]) / 1024
    rows = (
        ("resident before the readers come", "rest"),
        ("with all readers idle", "idle"),
        ("peak while the notes come", "peak"),
        ("half a minute later", "after"),
    )
    print(f"\n| {given.count} notes | without readers | with 20 + 20, 5 stalled | difference |")
    print("|---|---|---|---|")
    for what, key in rows:
        one, two = without[key] / 1024, having[key] / 1024
        print(f"| {what} | {one:.1f} MB | {two:.1f} MB | {two - one:.1f} MB |")
    print(f"| time to take them | {without['seconds']:.1f} s | {having['seconds']:.1f} s | |", flush=True)
    with report("all notes were taken"):
        for m in (without, having):
            expect(set(m["answers"]), {202}, "answers")
            expect(m["stop"], 0, "exit status")
    check(report, having, given.count)
    with report("peak memory with the readers above the same without") as seen:
        seen.append(f"{more:.1f} MB")
        assert more <= LIMIT_MB, f"{more:.1f} MB, must reach {LIMIT_MB:g} MB"
    report.end()


main()
