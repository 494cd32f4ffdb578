#!/usr/bin/env python3
"""Counts what an idle server does in some minutes: wake-ups of all its threads, and bytes it writes.

It runs as under systemd/islet.service: with a notify socket and its watchdog. A wake-up is a
voluntary context switch: a thread that slept and was woken. Reading /proc wakes nobody.
"""

import os
import pathlib
import socket
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Protocols"))

from instance import ROOT, Instance, arguments, scratch
from report import Report

UNIT = (ROOT / "systemd/islet.service").read_text()
WATCHDOG_US = int(UNIT.split("\nWatchdogSec=")[1].split()[0]) * 1_000_000


class Wakeups:
    """Voluntary context switches per thread, threads that came and went in between included."""

    def __init__(self, pid):
        self.pid, self.first, self.last = pid, {}, {}
        self.sample()
        self.first = dict(self.last)

    def sample(self):
        for task in pathlib.Path(f"/proc/{self.pid}/task").iterdir():
            try:
                status = (task / "status").read_text()
            except (FileNotFoundError, ProcessLookupError):
                continue  # it ended just now; its last sample stays
            self.last[task.name] = int(status.split("\nvoluntary_ctxt_switches:")[1].split()[0])

    def count(self):
        self.sample()
        return sum(n - self.first.get(task, 0) for task, n in self.last.items())


def written(pid):
    return int(pathlib.Path(f"/proc/{pid}/io").read_text().split("\nwrite_bytes:")[1].split()[0])


def memory(pid):
    """-> resident and owned memory, in MB."""
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return tuple(int(status.split(f"\n{name}:")[1].split()[0]) / 1024 for name in ("VmRSS", "RssAnon"))


def main():
    given = arguments(
        __doc__,
        ("--minutes", dict(type=float, default=10)),
        ("--settle", dict(type=float, default=60, help="seconds between start and first count")),
    )
    report, folder = Report(), scratch(given.keep)
    server = Instance(given.islet, folder / "data").init()
    server.token()
    notify = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    notify.bind(str(folder / "notify.socket"))
    server.start(env={"NOTIFY_SOCKET": str(folder / "notify.socket"), "WATCHDOG_USEC": str(WATCHDOG_US)})
    for _ in range(3):
        server.api("GET", "/api/v1/timelines/home")
    fed = 0

    def listen():
        nonlocal fed
        while True:
            fed += b"WATCHDOG=1" in notify.recv(4096)

    threading.Thread(target=listen, daemon=True).start()

    clock = threading.Event()  # never set: what it waits is the time that is measured
    clock.wait(given.settle)
    pid = server.process.pid
    wakeups, bytes_before, fed_before, start = Wakeups(pid), written(pid), fed, time.monotonic()
    end = start + given.minutes * 60
    while time.monotonic() < end:
        clock.wait(min(5, max(end - time.monotonic(), 0)))
        wakeups.sample()
    minutes = (time.monotonic() - start) / 60
    per_minute, bytes_after = wakeups.count() / minutes, written(pid)
    rss, owned = memory(pid)
    print(
        f"# {minutes:.1f} minutes: {wakeups.count()} wake-ups, {bytes_after - bytes_before} bytes written, "
        f"watchdog fed {fed - fed_before} times, {server.threads()} threads, "
        f"{rss:.1f} MB resident, {owned:.1f} MB owned"
    )
    with report("nothing is written to disk") as seen:
        seen.append(f"{bytes_after - bytes_before} bytes")
        assert bytes_after == bytes_before, f"{bytes_after - bytes_before} bytes"
    with report("at most 8 wake-ups a minute, watchdog included") as seen:
        seen.append(f"{per_minute:.1f} a minute")
        assert per_minute <= 8, f"{per_minute:.1f} a minute"
    with report("the watchdog was fed all the time"):
        assert fed - fed_before >= int(
            minutes * 60e6 / WATCHDOG_US
        ), f"{fed - fed_before} times in {minutes:.1f} minutes"
    server.stop()
    os.unlink(folder / "notify.socket")
    report.end()


main()
