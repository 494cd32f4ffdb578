#!/usr/bin/env python3
"""Measures the opening of a big thread: 1,000 replies on 50 fake hosts, 5 of which never answer.

The owner looks the root up and then opens it again and again, as a client does. What lies behind hosts that
hang cannot be had; everything else must come. Needs root and fedisim, like run_fedisim.py. --quick asks for
less, and judges only what does not depend on how busy the machine is.
"""

import asyncio
import collections
import contextlib
import http.client
import time
import urllib.parse

from neighbours import TOOLS, judge

from fedisim.procmon import Monitor, settle, snap
from fedisim.world import host_name
from fedisim_runs import PORT, Runs
from instance import arguments, scratch
from report import Report
from thread_hosts import HostProcess, Tree, walk


class Opening:
    """What a client sees of the thread, look by look."""

    def __init__(self, server, root):
        self.server, self.root, self.looks, self.shown = server, root, [], []
        self.keep = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
        begun = time.monotonic()
        query = urllib.parse.urlencode({"q": root, "resolve": "true"})
        answer = server.api("GET", f"/api/v2/search?{query}", timeout=60, keep=self.keep)
        self.search = time.monotonic() - begun
        found = answer.json().get("statuses")
        self.id = found[0]["id"] if found else None

    def look(self):
        """-> the ids of the replies that are shown now."""
        begun = time.monotonic()
        answer = self.server.api("GET", f"/api/v1/statuses/{self.id}/context", timeout=60, keep=self.keep)
        self.looks.append(time.monotonic() - begun)
        assert answer.status == 200, f"context answered {answer.status}"
        self.shown = answer.json()["descendants"]
        return {status["uri"] for status in self.shown}

    def misplaced(self, tree):
        """How many of the shown replies are twice there, not of the tree, or not below what they answer."""
        uri = {self.id: self.root} | {status["id"]: status["uri"] for status in self.shown}
        wrong = len(self.shown) - len({status["uri"] for status in self.shown})
        for status in self.shown:
            parent = tree.parent.get(status["uri"])
            wrong += parent is None or uri.get(status["in_reply_to_id"]) != parent
        return wrong


def warm(server, elsewhere):
    """Has the server do once what any server has done that is not new: answer a client, fetch a post."""
    for _ in range(3):
        server.api("GET", "/api/v1/timelines/home")
    query = urllib.parse.urlencode({"q": elsewhere, "resolve": "true"})
    found = server.api("GET", f"/api/v2/search?{query}").json()
    assert found.get("statuses"), f"{elsewhere} was not found: {found}; {server.last_words()}"


def traffic(counts):
    return sum(counts["asked"].values()) + sum(counts["attempts"].values())


def quiet(hosts, seconds=3.0, most=90.0):
    """Waits until nobody has asked the hosts anything for a while, nor holds on to one that hangs."""
    last, since, end = None, time.monotonic(), time.monotonic() + most
    while time.monotonic() < end:
        counts = hosts.counts()
        now = (traffic(counts), counts["open_hanging"])
        if now != last or now[1]:
            last, since = now, time.monotonic()
        elif time.monotonic() - since > seconds:
            return True
        time.sleep(0.2)
    return False


def measure(server, tree, hosts, timeout):
    """-> what was measured, by name."""
    pids = [server.process.pid]
    settle(pids, 2.0, 30)
    hosts.forget()
    m = {"complete": None, "most": 0, "progress": []}
    with Monitor(pids, str(server.folder), 0.1) as monitor:
        opening = Opening(server, tree.root)
        m["search"] = opening.search
        if opening.id is None:
            raise SystemExit(f"FAILED  the root of the thread was not found: {server.last_words()}")
        begun = time.monotonic()
        while True:
            started = time.monotonic()
            shown = len(opening.look() & tree.reachable)
            now = time.monotonic() - begun
            if shown > m["most"]:
                m["most"] = shown
                m["progress"].append(f"{now:.1f} s: {shown}")
            if shown == len(tree.reachable):
                m["complete"] = now
            if m["complete"] is not None or now > timeout:
                break
            time.sleep(max(0, 0.5 - (time.monotonic() - started)))
        cpu = snap(pids, False)["cpu"] - monitor.s0["cpu"]
        m["quiet"] = quiet(hosts)
    m["misplaced"] = opening.misplaced(tree)
    # What was fetched once is not to be fetched again because somebody looks again.
    counts = hosts.counts()
    for _ in range(2):
        opening.look()
        time.sleep(2)
    m["again"] = traffic(hosts.counts()) - traffic(counts)
    per_host = collections.Counter()
    for (name, _), times in counts["asked"].items():
        per_host[name] += times
    root_host = per_host.pop(host_name(1), 0)
    first, *later = opening.looks
    return m | {
        "first": first,
        "slowest": max(later),
        "cpu_until": cpu,
        "per_host": max(per_host.values(), default=0),
        "root_host": root_host,
        "requests": root_host + sum(per_host.values()),
        "twice": sum(times - 1 for times in counts["asked"].values()),
        "hanging": max(counts["attempts"].values(), default=0),
        "side_by_side": max(counts["busiest"].values(), default=0),
        "kinds": counts["kinds"],
        **monitor.result(),
    }


def table(report, m, quick):
    ms = lambda seconds: seconds * 1000
    mb = lambda kb: kb / 1024
    above = mb(m["peak_rss_kb"] - m["rss_before_kb"])
    judge(
        report,
        [
            ("a thread's first answer", ms(m["first"]), "ms", 50, not quick),
            ("until all reachable replies are shown", m["complete"], "s", 15, not quick),
            ("resident memory above idle, the most", above, "MB", 6, True),
            ("requests when looking twice more", m["again"], "", 5, True),
            ("documents asked for more than once", m["twice"], "", 5, True),
            ("resident before", mb(m["rss_before_kb"]), "MB", None, False),
            ("slowest of the later answers", ms(m["slowest"]), "ms", None, False),
            ("looking the root up", ms(m["search"]), "ms", None, False),
            ("CPU until all are shown", m["cpu_until"], "s", None, False),
            ("CPU until nothing is fetched any more", m["cpu_s"], "s", None, False),
            ("bytes written", m["write_bytes"] // 1024, "KB", None, False),
            ("the data folder grows by", m["dir_growth_bytes"] // 1024, "KB", None, False),
            ("requests to healthy hosts", m["requests"], "", None, False),
            ("to the root's host; it alone has pages", m["root_host"], "", None, False),
            ("to another, the most", m["per_host"], "", None, False),
            ("to any at one time, the most", m["side_by_side"], "", None, False),
            ("connections to one hanging host, the most", m["hanging"], "", None, False),
        ],
    )


def main():
    given = arguments(
        __doc__,
        ("--replies", dict(type=int, default=1000)),
        ("--hosts", dict(type=int, default=50)),
        ("--hanging", dict(type=int, default=5)),
        ("--latency", dict(type=float, default=0.05, help="seconds each host takes for an answer")),
        ("--paged-leaves", dict(action="store_true", help="each reply names a page of replies, if empty")),
        ("--timeout", dict(type=float, default=30, help="seconds after which to look no more")),
        ("--quick", dict(action="store_true", help="200 replies on 10 hosts, 1 hanging")),
    )
    if given.quick:
        given.replies, given.hosts, given.hanging = 200, 10, 1
    with contextlib.suppress(ImportError):
        import uvloop

        uvloop.install()
    report, runs = Report(), Runs(given.islet, TOOLS, scratch(given.keep))
    runs.prepare()
    server, tree = runs.server, Tree(given.replies, given.hosts, given.hanging, given.paged_leaves)
    print(
        f"# {len(tree.replies)} replies by {len(tree.world.actors)} authors on {given.hosts} hosts, "
        f"{len(tree.hanging)} of them hanging; {len(tree.children[tree.root])} answer the root, "
        f"{len(tree.reachable)} can be had, up to {tree.depth()} deep"
    )
    with HostProcess(tree, given.latency) as hosts:
        with report("the hosts serve the thread: a plain client reads all that can be had") as seen:
            got, authors, silent = asyncio.run(walk(tree.root))
            seen.append(f"{len(got)} replies, {len(authors)} authors, {len(silent)} silent hosts")
            assert got == tree.reachable, f"{len(got)} of {len(tree.reachable)}"
            assert silent == {host_name(n) for n in tree.hanging}, silent
        server.start()
        try:
            warm(server, tree.elsewhere)
            m = measure(server, tree, hosts, given.timeout)
        finally:
            server.stop()
    print(f"# shown after {'; '.join(m['progress']) or 'all looks: nothing'}")
    print(f"# asked for: {', '.join(f'{n} {kind}' for kind, n in sorted(m['kinds'].items())) or 'nothing'}")
    table(report, m, given.quick)
    with report("all replies that can be had are shown") as seen:
        seen.append(f"{m['most']} of {len(tree.reachable)}")
        assert m["complete"] is not None, f"{m['most']} of {len(tree.reachable)} after {given.timeout:g} s"
    with report("each is shown once, below what it answers"):
        assert m["most"] and not m["misplaced"], f"{m['misplaced']} of {m['most']} are not"
    with report("in the end nothing is asked any more"):
        assert m["quiet"]
    report.end()


main()
