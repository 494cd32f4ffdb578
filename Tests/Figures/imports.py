#!/usr/bin/env python3
"""Measures a file of 1,000 follows on 200 fake hosts: how soon all are out, and how often each host is asked.

Two more hosts are dead: one refuses, one takes the connection and never says a word. They may hold nobody up.
Then the follows are exported, and must be what was imported. Needs root and fedisim, like run_fedisim.py.
"""

import asyncio
import collections
import contextlib
import time

from neighbours import STATE, TOOLS, judge

import aiohttp
from fedisim.procmon import Monitor, settle
from fedisim.server import AP, FakeHosts
from fedisim.world import KeyPool, World, host_ip, host_name
from fedisim_runs import HOST, PORT, Runs
from instance import arguments, scratch
from report import Report
from thread_hosts import HostProcess

PER_SECOND = 5


class ImportHosts(FakeHosts):
    """Writes down when each host is asked, and who is followed."""

    def __init__(self, world, latency):
        super().__init__(STATE, self._key_of_owner)
        self.worlds, self.latency = [world], latency
        self.moments, self.unanswered = collections.defaultdict(list), 0
        self.followed, self.last, self.wrong = set(), 0.0, 0
        self.on_activity = self._activity

    async def _key_of_owner(self, key):
        headers = {"Host": HOST, "Accept": AP, "X-Forwarded-Proto": "https"}
        async with aiohttp.ClientSession() as http:
            async with http.get(f"http://127.0.0.1:{PORT}/users/owner", headers=headers) as answer:
                return (await answer.json(content_type=None))["publicKey"]["publicKeyPem"]

    def _activity(self, host, path, activity, delivery):
        if activity.get("type") == "Follow" and delivery.sig_ok:
            self.followed.add(activity["object"])
            self.last = time.monotonic()
        else:
            self.wrong += 1

    async def silence(self, host):
        async def accept(reader, writer):
            self.unanswered += 1
            while await reader.read(65536):
                pass
            writer.close()

        self.hung[host] = await asyncio.start_server(accept, host_ip(host), 443)

    async def _handle(self, request):
        if request.method == "GET":
            self.moments[request.headers.get("Host", "").lower()].append(time.monotonic())
        await asyncio.sleep(self.latency)
        return await super()._handle(request)

    def busiest(self):
        """The most questions to one host within any second."""
        most = 0
        for moments in self.moments.values():
            for place, moment in enumerate(moments):
                most = max(most, sum(1 for other in moments[place:] if other < moment + 1))
        return most

    def counts(self):
        return {
            "followed": len(self.followed),
            "last": self.last,
            "wrong": self.wrong,
            "asked": sum(map(len, self.moments.values())),
            "unanswered": self.unanswered,
        }


class Hosts(HostProcess):
    """The hosts in a process of their own: `with Hosts(world, silent, latency) as hosts: hosts.counts()`."""

    def __init__(self, world, silent, latency):
        super().__init__(world, latency)
        self.silent = silent

    def _run(self, pipe):
        self.pipe.close()
        asyncio.run(self._serve(pipe))

    async def _serve(self, pipe):
        hosts, ended = ImportHosts(self.tree, self.latency), asyncio.Event()
        await hosts.start(self.tree.hosts)
        await hosts.silence(self.silent)
        pipe.send("up")

        def asked():
            try:
                said = pipe.recv()
            except EOFError:
                return ended.set()
            pipe.send(hosts.busiest() if said == "busiest" else hosts.counts())

        asyncio.get_running_loop().add_reader(pipe.fileno(), asked)
        await ended.wait()

    def busiest(self):
        return self._ask("busiest")


def command(server, *words):
    ended = server.run(*words, "--data", str(server.folder))
    assert ended.returncode == 0, f"{' '.join(words)}: {ended.returncode} {ended.stderr}"
    return ended.stdout


def measure(server, hosts, file, count, timeout):
    """-> what was measured, by name."""
    pids = [server.process.pid]
    settle(pids, 2.0, 30)
    with Monitor(pids, str(server.folder), 0.1) as monitor:
        begun = time.monotonic()
        command(server, "import", "follows", str(file))
        started = time.monotonic() - begun
        while True:
            counts = hosts.counts()
            if counts["followed"] >= count or time.monotonic() - begun > timeout:
                break
            time.sleep(0.2)
    begun_export = time.monotonic()
    exported = command(server, "export", "follows")
    return {
        "started": started,
        "seconds": counts["last"] - begun if counts["followed"] >= count else None,
        "export": time.monotonic() - begun_export,
        "exported": exported,
        "busiest": hosts.busiest(),
        "status": command(server, "import", "status").strip(),
        **counts,
        **monitor.result(),
    }


def main():
    given = arguments(
        __doc__,
        ("--follows", dict(type=int, default=1000)),
        ("--hosts", dict(type=int, default=200)),
        ("--latency", dict(type=float, default=0.05, help="seconds each host takes for an answer")),
        ("--timeout", dict(type=float, default=120, help="seconds after which to wait no more")),
    )
    with contextlib.suppress(ImportError):
        import uvloop

        uvloop.install()
    report, runs = Report(), Runs(given.islet, TOOLS, scratch(given.keep))
    runs.prepare()
    world = World(KeyPool(STATE), range(1, given.hosts + 1), given.follows // given.hosts, prefix="f")
    refusing, silent = given.hosts + 1, given.hosts + 2
    handles = [f"{actor.user}@{actor.host}" for actor in world.actors]
    dead = [f"u{number}@{host_name(host)}" for number in range(20) for host in (refusing, silent)]
    file = runs.folder / "following_accounts.csv"
    head = "Account address,Show boosts,Notify on new posts,Languages"
    # The dead ones stand first, where they would hold up whoever waits for them.
    file.write_text("\n".join([head, *(f"{handle},true,false," for handle in dead + handles)]) + "\n")
    with Hosts(world, silent, given.latency) as hosts:
        runs.server.start()
        try:
            m = measure(runs.server, hosts, file, len(handles), given.timeout)
        finally:
            runs.server.stop()
    print(f"# {m['status']}; {m['asked']} questions, {m['unanswered']} to the host that says nothing")
    judge(
        report,
        [
            (f"{len(handles)} follows on {given.hosts} hosts are out after", m["seconds"], "s", 60, True),
            ("questions to one host within a second, the most", m["busiest"], "", PER_SECOND, True),
            ("exporting them", m["export"], "s", 5, True),
            ("until the file is stored", m["started"], "s", None, False),
            ("CPU until all are out", m["cpu_s"], "s", None, False),
            ("peak resident above before", (m["peak_rss_kb"] - m["rss_before_kb"]) / 1024, "MB", None, False),
        ],
    )
    with report("what was imported is exported"):
        wanted = [head, *sorted(f"{handle},true,false," for handle in handles)]
        assert m["exported"].splitlines() == wanted, f"{len(m['exported'].splitlines()) - 1} follows"
    with report("nobody got anything but a Follow, signed and once") as seen:
        seen.append(f"{m['followed']} follows")
        assert m["followed"] == len(handles) and not m["wrong"], m
    report.end()


main()
