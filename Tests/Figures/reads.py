#!/usr/bin/env python3
"""Measures what the owner's apps ask for: CPU seconds per 1,000 requests with 2,000 and with 100,000 posts in the
store, and how long the start burst of an app takes.

A page that was asked for before is answered from memory until something is committed; so home is measured three
times: as apps ask for it, page after page (no answer is kept then), and while the store changes. Needs wrk. --quick
fills less and judges only what does not depend on how busy the machine is.
"""

import pathlib
import re
import socket
import statistics
import subprocess
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Protocols"))

from filled_store import fill
from instance import Instance, arguments, scratch
from report import Report
from usage import cpu

HOME = "/api/v1/timelines/home?limit=20"
SMALL = (
    "/api/v1/accounts/verify_credentials",
    "/api/v2/instance",
    "/api/v1/instance",
    "/api/v1/custom_emojis",
    "/api/v1/preferences",
)
# What Tusky, Ivory and Ice Cubes ask for when they start, all at once.
BURST = (
    "/api/v1/accounts/verify_credentials",
    "/api/v2/instance",
    "/api/v1/custom_emojis",
    "/api/v1/preferences",
    "/api/v2/filters",
    "/api/v1/lists",
    "/api/v1/followed_tags?limit=200",
    "/api/v1/announcements",
    "/api/v1/markers?timeline[]=home&timeline[]=notifications",
    "/api/v1/timelines/home?limit=40",
    "/api/v2/notifications?limit=40",
    "/api/v2/notifications/unread_count",
    "/api/v1/notifications/policy",
    "/api/v1/conversations",
)
WALK = """
local pages, n = {%s}, 0
request = function()
  n = n + 1
  return wrk.format("GET", "%s&max_id=" .. pages[n %% #pages + 1])
end
"""


class Reading:
    """One filled server and what reading from it costs."""

    def __init__(self, islet, folder, posts):
        self.server = Instance(islet, folder / f"data{posts}").init()
        self.bearer = self.server.token()
        fill(self.server.folder, posts=posts)
        self.server.start()
        self.folder, self.posts = folder, posts
        self.settle()

    def cpu(self):
        return cpu(self.server.process.pid)

    def settle(self):
        """Waits until the server has nothing to do any more, such as filling its index."""
        quiet, last = 0, self.cpu()
        while quiet < 6:
            time.sleep(0.5)
            now = self.cpu()
            quiet = quiet + 1 if now - last < 0.011 else 0
            last = now

    def cost(self, path, seconds, script=None):
        """-> CPU seconds per 1,000 requests."""
        before = self.cpu()
        said = subprocess.run(
            ["wrk", "-t1", "-c4", f"-d{seconds}s", "-H", f"Authorization: Bearer {self.bearer}"]
            + (["-s", str(script)] if script else [])
            + [f"http://127.0.0.1:{self.server.port}{path}"],
            capture_output=True,
            text=True,
        ).stdout
        spent = self.cpu() - before
        assert "Non-2xx" not in said and "Socket errors" not in said, f"{path}: {said}"
        return 1000 * spent / int(re.search(r"(\d+) requests in", said)[1])

    def walk(self, seconds):
        """Home, a different page each time."""
        ids, oldest = [], ""
        for _ in range(40):
            page = self.server.api("GET", f"/api/v1/timelines/home?limit=40{oldest}").json()
            ids += [status["id"] for status in page]
            oldest = f"&max_id={ids[-1]}"
        script = self.folder / "walk.lua"
        script.write_text(WALK % (",".join(f'"{i}"' for i in ids[::20]), HOME))
        return self.cost(HOME, seconds, script)

    def changing(self, seconds):
        """Home while something is committed twenty times a second."""
        stop = threading.Event()

        def commit():
            n = 0
            while not stop.wait(0.05):
                n += 1
                self.server.api("POST", "/api/v1/markers", {"home[last_read_id]": n})

        thread = threading.Thread(target=commit)
        thread.start()
        try:
            return self.cost(HOME, seconds)
        finally:
            stop.set()
            thread.join()

    def burst(self):
        """-> milliseconds from the first byte sent to the last answer read, on new connections."""
        sockets = [socket.create_connection(("127.0.0.1", self.server.port)) for _ in BURST]
        asked = [
            f"GET {path} HTTP/1.1\r\nHost: {self.server.domain}\r\nAuthorization: Bearer {self.bearer}\r\n"
            "Connection: close\r\n\r\n".encode()
            for path in BURST
        ]
        begun = time.monotonic()
        for s, request in zip(sockets, asked):
            s.sendall(request)
        for s, path in zip(sockets, BURST):
            head = b""
            while piece := s.recv(262144):
                head = head or piece
            assert head.startswith(b"HTTP/1.1 200"), f"{path}: {head[:60]}"
        took = (time.monotonic() - begun) * 1000
        for s in sockets:
            s.close()
        return took

    def bursts(self, count):
        """-> the median and the worst of some bursts, each after a commit, so that nothing is kept."""
        taken = []
        for n in range(count):
            self.server.api("POST", "/api/v1/statuses", {"status": f"burst {n}"})
            time.sleep(0.5)
            taken.append(self.burst())
        return statistics.median(taken), max(taken)


def main():
    given = arguments(__doc__, ("--quick", dict(action="store_true")))
    report, folder = Report(), scratch(given.keep)
    counts, seconds = ((500, 5_000), 1) if given.quick else ((2_000, 100_000), 4)
    rows, homes, walks = [], [], []
    for posts in counts:
        reading = Reading(given.islet, folder, posts)
        homes.append(reading.cost(HOME, seconds))
        walks.append(reading.walk(seconds))
        rows.append((f"home of 20, {posts} posts, CPU s per 1,000", homes[-1], 0.15))
        rows.append((f"the same, a different page each time, {posts} posts", walks[-1], None))
        rows.append((f"the same, 20 commits a second, {posts} posts", reading.changing(seconds), 0.15))
        if posts == counts[0]:
            for path in SMALL:
                rows.append((f"{path}, CPU s per 1,000", reading.cost(path, seconds), 0.03))
        median, worst = reading.bursts(3 if given.quick else 20)
        rows.append((f"start burst of {len(BURST)}, {posts} posts, median, ms", median, 60))
        rows.append(("the same, worst, ms", worst, None))
        reading.server.stop()
    rows.append(("home with many posts to home with few", homes[1] / homes[0], 1.3))
    rows.append(("the same, a different page each time", walks[1] / walks[0], 1.3))
    for name, seen, most in rows:
        with report(name) as said:
            said.append(f"{seen:.3f}" + (f", at most {most}" if most else ""))
            assert given.quick or most is None or seen <= most, f"{seen:.3f}, at most {most}"
    report.end()


if __name__ == "__main__":
    main()
