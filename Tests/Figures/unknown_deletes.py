#!/usr/bin/env python3
"""Measures what it costs to hear that many accounts nobody here has heard of are gone.

Each Delete names another actor, on one of 250 fake hosts, and is signed as Mastodon signs it. The hosts
count who connects to them: nobody may. Needs root and fedisim, like run_fedisim.py.
"""

import asyncio
import collections
import contextlib
import time

from neighbours import STATE, TOOLS, judge

import aiohttp
from fedisim.client import Target, post_all, prepare
from fedisim.procmon import Monitor, settle
from fedisim.world import CTX, PUBLIC, KeyPool, World, host_ip
from fedisim_runs import HOST, PORT, Runs
from instance import arguments, scratch
from report import Report

HOSTS = range(1, 251)


class Counters:
    """Listens where the fake hosts would, and counts connections; none is answered."""

    def __init__(self):
        self.listeners, self.connections = [], collections.Counter()

    async def start(self):
        def accept(reader, writer):
            self.connections[writer.get_extra_info("sockname")] += 1
            writer.close()

        for host in HOSTS:
            for port in (443, 80):
                self.listeners.append(await asyncio.start_server(accept, host_ip(host), port))

    def stop(self):
        for listener in self.listeners:
            listener.close()


def farewell(actor):
    """The activity with which Mastodon says that an account is gone, its old kind of proof included."""
    return {
        "@context": CTX[0],
        "id": actor.id + "#delete",
        "type": "Delete",
        "actor": actor.id,
        "to": [PUBLIC],
        "object": actor.id,
        "signature": {
            "type": "RsaSignature2017",
            "creator": actor.id + "#main-key",
            "created": "2026-01-01T00:00:00Z",
            "signatureValue": "c2lnbmVk" * 43,
        },
    }


def files(folder):
    """-> {name: bytes} of all files below a folder."""
    return {str(p.relative_to(folder)): p.stat().st_size for p in folder.rglob("*") if p.is_file()}


async def flood(server, count, connections):
    """Sends the Deletes; -> what was measured, by name."""
    world = World(KeyPool(STATE), HOSTS, -(-count // len(HOSTS)), prefix="gone")
    connect = f"http://127.0.0.1:{PORT}"
    target = Target({"name": "islet", "connect": connect, "host": HOST, "username": "owner"})
    target.inbox = f"https://{HOST}/inbox"
    requests = [prepare(target, a, world.keys, farewell(a)) for a in world.actors[:count]]
    counters, pids = Counters(), [server.process.pid]
    await counters.start()
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=connections)) as http:
        # So that neither the first connections nor the first statements are counted.
        earlier = World(world.keys, HOSTS, 1, prefix="old").actors
        await post_all(http, [prepare(target, a, world.keys, farewell(a)) for a in earlier], connections)
        await asyncio.to_thread(settle, pids, 2.0, 30)
        before, log_before = files(server.folder), server.log.stat().st_size
        with Monitor(pids) as monitor:
            begun = time.perf_counter()
            answers = await post_all(http, requests, connections)
            seconds = time.perf_counter() - begun
            await asyncio.to_thread(settle, pids, 2.0, 30)
        after, log_after = files(server.folder), server.log.stat().st_size
        seen = sum(counters.connections.values())
        # Were the counters deaf, they would say nothing of the server: a Follow makes it ask for the key.
        follow = world.act(world.actors[0], "Follow", f"https://{HOST}/users/owner", 1)
        request = prepare(target, world.actors[0], world.keys, follow)
        await post_all(http, [request], 1)
        heard = sum(counters.connections.values()) - seen
    counters.stop()
    return {
        "statuses": dict(collections.Counter(str(status) for status, _ in answers)),
        "connections": seen,
        "heard": heard,
        "grown": {name: after.get(name, 0) - before.get(name, 0) for name in before.keys() | after.keys()},
        "log": log_after - log_before,
        "seconds": seconds,
        "latency": sorted(latency for _, latency in answers),
        "body": len(requests[0].body),
        **monitor.result(),
    }


def main():
    given = arguments(
        __doc__,
        ("--count", dict(type=int, default=10_000)),
        ("--connections", dict(type=int, default=8, help="kept-alive connections that send side by side")),
    )
    with contextlib.suppress(ImportError):
        import uvloop

        uvloop.install()
    report, runs = Report(), Runs(given.islet, TOOLS, scratch(given.keep))
    server = runs.server.init()
    server.start()
    for _ in range(3):
        server.api("GET", "/api/v1/timelines/home")
    m = asyncio.run(flood(server, given.count, given.connections))
    server.stop()

    grown = {name: size for name, size in m["grown"].items() if size}
    growth = sum(abs(size) for size in grown.values())
    median, slowest = (m["latency"][n] * 1000 for n in (given.count // 2, -1))
    print(
        f"# {given.count} Deletes of {m['body']} bytes over {given.connections} connections "
        f"in {m['seconds']:.1f} s; median answer {median:.2f} ms, slowest {slowest:.1f} ms; "
        f"CPU {m['utime_s']:.2f} s in user space, {m['stime_s']:.2f} s in the kernel"
    )
    judge(
        report,
        [
            ("CPU per 10,000 Deletes of unknown actors", m["cpu_s"] / given.count * 10_000, "s", 0.5, True),
            ("connections to other hosts meanwhile", m["connections"], "", 0, True),
            ("the data folder changes by", growth, "bytes", 0, True),
            ("bytes written to disk", m["write_bytes"], "bytes", 0, True),
            ("the log grows by", m["log"], "bytes", None, False),
            ("peak resident above before", (m["peak_rss_kb"] - m["rss_before_kb"]) / 1024, "MB", None, False),
        ],
    )
    with report("all answered 202"):
        assert m["statuses"] == {"202": given.count}, m["statuses"]
    with report("no file of the data folder changed its size"):
        assert not grown, grown
    with report("the fake hosts hear the server when it does ask") as seen:
        seen.append(f"{m['heard']} connections for one Follow")
        assert m["heard"] > 0, "nobody connected: the connections above say nothing"
    report.end()


main()
