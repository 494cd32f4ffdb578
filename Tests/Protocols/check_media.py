#!/usr/bin/env python3
"""Files of others through the real program, from a server of this check's own that stalls, lies and has no end.

Nothing is fetched before somebody looks; a hundred looks are one fetch; the cache keeps its bound, leaves the disk its
reserve and survives kill -9; what is blocked is gone; files take no more of the uplink than they may.
"""

import concurrent.futures
import contextlib
import http.client
import signal
import threading
import time

from instance import Instance, arguments, scratch, wait_for
from media_remote import Remote, film, png
from report import Report, expect
from stranger import Stranger

CACHE = 8 << 20
MEGABYTE = 1 << 20


class Look:
    """What somebody got who asked for a file; `whole` is false when it broke off."""

    def __init__(self, server, address, fields=None, timeout=120.0, most=None):
        assert address.startswith(server.url + "/media/"), address
        begun = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=timeout)
        try:
            connection.request(
                "GET", address.removeprefix(server.url), headers={"Host": server.domain, **(fields or {})}
            )
            response = connection.getresponse()
            self.status, self.fields, self.whole, pieces = response.status, response.headers, True, []
            try:
                while piece := response.read(65_536):
                    pieces.append(piece)
                    if most and sum(map(len, pieces)) > most:
                        raise AssertionError(f"more than {most} bytes came")
            except (http.client.IncompleteRead, ConnectionError) as problem:
                self.whole = False
                pieces.append(getattr(problem, "partial", b""))
            self.body = b"".join(pieces)
            if response.length:
                self.whole = False
        finally:
            connection.close()
        self.seconds = time.monotonic() - begun


class Scene:
    """The server, somebody it follows, and the files of theirs that it shows."""

    def __init__(self, islet, folder, **settings):
        settings = {"media.cache": CACHE, "media.reserve": MEGABYTE, "media.helper": "none", **settings}
        self.server = Instance(islet, folder)
        self.server.settings = self.server.settings | settings
        self.server.init().start()
        self.stranger, self.remote = Stranger(["ann", "bob"]), Remote()
        self.owner, self.number, self.lock = self.server.actor()["id"], 0, threading.Lock()
        for name in self.stranger.names:
            self.server.follow(f"{name}@{self.stranger.host}")

    def show(self, url, kind="image/png", name="ann"):
        """Has somebody post a file; -> the address that the server gives out for it."""
        self.number += 1
        note = self.stranger.create(name, self.number)
        note["object"]["attachment"] = [{"type": "Document", "mediaType": kind, "url": url, "name": "a file"}]
        expect(self.stranger.post(self.server.url + "/inbox", name, note), 202)

        def shown():
            for post in self.server.api("GET", "/api/v1/timelines/home?limit=40").json():
                if post["uri"] == note["object"]["id"]:
                    return post["media_attachments"][0]["url"]
            return None

        address = wait_for(shown)
        assert address, f"{url} is not shown"
        return address

    def look(self, address, fields=None, **options):
        return Look(self.server, address, fields, **options)

    def looks(self, addresses):
        """Many looks at once, in the order of the addresses."""
        with concurrent.futures.ThreadPoolExecutor(len(addresses)) as pool:
            return list(pool.map(self.look, addresses))

    def stored(self):
        """-> the names and the bytes of what the cache holds."""
        sizes = {}
        for path in (self.server.folder / "cache").glob("*"):
            # What goes meanwhile is not there.
            with contextlib.suppress(FileNotFoundError):
                sizes[path.name] = path.stat().st_size
        return list(sizes), sum(sizes.values())

    def restart(self, **settings):
        """Stops and starts the server with other settings."""
        expect(self.server.stop(), 0, "exit status")
        self.configure(**settings)
        self.server.start()

    def configure(self, **settings):
        """Writes these settings, with `__` for a point and `_` for a hyphen, in place of what stood there."""
        said = {name.replace("__", ".").replace("_", "-"): value for name, value in settings.items()}
        path = self.server.folder / "islet.conf"
        lines = [x for x in path.read_text().splitlines() if x.split("=")[0].strip() not in said]
        path.write_text("\n".join([*lines, *(f"{name} = {value}" for name, value in said.items()), ""]))


def looking(report, scene):
    remote = scene.remote
    with report("nothing is fetched before somebody looks"):
        urls = [remote.file(f"/quiet/{n}.png", png(20_000, n)) for n in range(8)]
        addresses = [scene.show(url) for url in urls]
        expect(remote.asked, [])
        expect(scene.stored(), ([], 0))
    with report("the first look fetches, the second does not; the fields make it harmless"):
        for _ in range(2):
            seen = scene.look(addresses[0])
            expect((seen.status, seen.body == png(20_000, 0)), (200, True))
            expect((seen.fields["Content-Type"], seen.fields["X-Content-Type-Options"]), ("image/png", "nosniff"))
            assert "default-src 'none'" in seen.fields["Content-Security-Policy"], seen.fields
            assert seen.fields["ETag"] or not _, "a file from the cache has a validator"
        expect(remote.times("/quiet/0.png"), 1)
    with report("an address that was not given out leads nowhere, and to no fetch"):
        before = len(remote.asked)
        for wrong in (addresses[1][:-3] + "AAA", addresses[1].rsplit("/", 1)[0] + "/x", addresses[1] + "/x"):
            expect(scene.look(wrong).status, 404, wrong)
        expect(len(remote.asked), before)
    with report("a hundred looks at once are one fetch"):
        content = png(900_000, 77)
        address = scene.show(remote.file("/popular.png", content, delay=0.5))
        seen = scene.looks([address] * 100)
        expect({(x.status, x.whole, x.body == content) for x in seen}, {(200, True, True)})
        expect(remote.times("/popular.png"), 1)
    with report("a page of twenty pictures of one host: all of them come at once"):
        contents = [png(30_000, 300 + n) for n in range(20)]
        addresses = [scene.show(remote.file(f"/page/{n}.png", x, delay=0.2)) for n, x in enumerate(contents)]
        seen = scene.looks(addresses)
        expect([x.status for x in seen], [200] * 20)
        expect([x.body for x in seen] == contents, True)


def ranges(report, scene):
    remote = scene.remote
    with report("parts of what is kept, and conditions"):
        content = png(300_000, 5)
        address = scene.show(remote.file("/kept.png", content))
        expect(scene.look(address).body == content, True)
        part = scene.look(address, {"Range": "bytes=1000-1999"})
        expect((part.status, part.body == content[1000:2000]), (206, True))
        expect(part.fields["Content-Range"], f"bytes 1000-1999/{len(content)}")
        expect(scene.look(address, {"Range": "bytes=-10"}).body, content[-10:])
        expect(scene.look(address, {"Range": f"bytes={len(content)}-"}).status, 416)
        tag = part.fields["ETag"]
        expect(scene.look(address, {"If-None-Match": tag}).status, 304)
        expect(scene.look(address, {"Range": "bytes=0-9", "If-Range": tag}).status, 206)
        expect(scene.look(address, {"Range": "bytes=0-9", "If-Range": '"other"'}).status, 200)
        expect(remote.times("/kept.png"), 1)
    with report("parts of what is too large to be kept are asked for as parts"):
        content = film(6 * MEGABYTE, 6)
        address = scene.show(remote.file("/film.mp4", content, "video/mp4"), "video/mp4")
        part = scene.look(address, {"Range": "bytes=5000000-5000999"})
        expect((part.status, part.body == content[5_000_000:5_001_000]), (206, True))
        expect((part.fields["Content-Type"], part.fields["Content-Length"]), ("video/mp4", "1000"))
        assert "bytes=5000000-5000999" in remote.ranges("/film.mp4"), remote.ranges("/film.mp4")
        whole = scene.look(address)
        expect((whole.status, whole.whole, whole.body == content), (200, True, True))
        expect(whole.fields["Content-Length"], str(len(content)))
        assert len(content) > scene.stored()[1], "it was kept"


def lying(report, scene):
    remote = scene.remote
    page = b"<!doctype html><script>alert(1)</script>" + b" " * 2000
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>' + b" " * 2000
    for name, content, kind in (
        ("a page that says it is a picture", page, "image/png"),
        ("a drawing that says it is a picture", drawing, "image/jpeg"),
        ("a drawing that says what it is", drawing, "image/svg+xml"),
    ):
        with report(f"{name} is not shown") as said:
            path = f"/lie/{name.replace(' ', '-')}"
            seen = scene.look(scene.show(remote.file(path, content, kind)))
            assert 400 <= seen.status < 600, seen.status
            assert b"<script" not in seen.body and seen.fields["Content-Type"].startswith("text/plain"), seen.body
            said.append(seen.status)
    with report("a picture that says it is a page is shown as a picture"):
        content = png(5_000, 9)
        seen = scene.look(scene.show(remote.file("/lie/picture.html", content, "text/html")))
        expect((seen.status, seen.fields["Content-Type"], seen.body), (200, "image/png", content))
    with report("a picture that ends early is not whole, and not kept"):

        def breaks(connection):
            connection.head(200, 100_000)
            connection.send(png(100_000, 10)[:40_000])

        before = scene.stored()
        seen = scene.look(scene.show(remote.at("/early.png", breaks)))
        expect(seen.whole and seen.status == 200, False, "whole")
        assert wait_for(lambda: scene.stored() == before, 5), scene.stored()
    with report("more bytes than announced are not taken"):
        content = png(50_000, 11)

        def talks(connection):
            connection.head(200, len(content))
            connection.send(content + page)

        seen = scene.look(scene.show(remote.at("/more.png", talks)))
        expect((seen.status, seen.body == content), (200, True))
    with report("a stream without end or length is cut, and not kept") as said:
        ended = []

        def endless(connection):
            connection.head(200)
            connection.send(png(50_000, 12))
            try:
                for _ in range(10_000):
                    connection.send(b"\0" * MEGABYTE)
            finally:
                ended.append(True)

        before = scene.stored()
        seen = scene.look(scene.show(remote.at("/endless.png", endless)), most=80 * MEGABYTE)
        said.append(f"{len(seen.body) >> 10} KB were passed on")
        expect(seen.whole and seen.status == 200, False, "whole")
        assert wait_for(lambda: ended, 10), "the connection is still open"
        assert wait_for(lambda: scene.stored() == before, 5), scene.stored()


def stalling(report, scene):
    """Those that cost time, all at once, while an app is served."""
    remote, gone = scene.remote, {}

    def silent(connection):
        gone["silent"] = connection.wait_for_end()

    def stalled(connection):
        connection.head(200, 100_000)
        connection.send(png(100_000, 20)[:30_000])
        gone["stalled"] = connection.wait_for_end()

    def drip(connection):
        connection.head(200, 100_000)
        connection.send(png(100_000, 21)[:100])
        slowly(connection, "a body of one byte a second")

    def head_drip(connection):
        connection.send(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        slowly(connection, "a head of one byte a second")

    def slowly(connection, name):
        try:
            for _ in range(150):
                connection.send(b"a")
                time.sleep(1)
        except OSError:
            gone[name] = time.monotonic() - connection.begun

    cases = {
        "silent": (silent, 20),
        "stalled": (stalled, 20),
        "a body of one byte a second": (drip, 75),
        "a head of one byte a second": (head_drip, 45),
    }
    addresses = [
        scene.show(remote.at(f"/slow/{n}.png", does)) for n, (does, _) in enumerate(cases.values())
    ]
    with concurrent.futures.ThreadPoolExecutor(len(cases)) as pool:
        looks = [pool.submit(scene.look, address, timeout=170) for address in addresses]
        with report("while four others stall, an app and another picture are served at once") as said:
            begun = time.monotonic()
            expect(scene.server.api("GET", "/api/v1/timelines/home").status, 200)
            said.append(f"{(time.monotonic() - begun) * 1000:.0f} ms")
            assert time.monotonic() - begun < 2, "too slow"
        for (name, (_, most)), look in zip(cases.items(), looks):
            with report(f"{name}: given up within {most} s, by the reader's connection and the other") as said:
                seen = look.result()
                said += [seen.status, f"{seen.seconds:.0f} s"]
                assert seen.status != 200 or not seen.whole, "it was whole"
                assert seen.seconds < most, f"after {seen.seconds:.0f} s"
                assert wait_for(lambda: gone.get(name), 10), "the connection to the other is still open"
    with report("a look at one that failed a moment ago asks nobody"):
        before = remote.times("/slow/0.png")
        expect(scene.look(addresses[0]).status, {404, 502, 503, 504})
        expect(remote.times("/slow/0.png"), before)


def redirects(report, scene):
    remote, other = scene.remote, Remote()
    content = png(4_000, 30)
    with report("a redirect is followed"):
        there = other.file("/there.png", content)
        here = remote.at("/here.png", lambda c: c.head(302, 0, Location=there) or True)
        expect(scene.look(scene.show(here)).body, content)
    with report("a redirect to a private address is refused, also where a connection is open already"):
        may_answer, asked = threading.Event(), threading.Event()
        secret = other.file("/secret.png", content)

        def leads(connection):
            asked.set()
            may_answer.wait(20)
            connection.head(302, 0, Location=secret)

        address = scene.show(remote.at("/leads.png", leads))
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            look = pool.submit(scene.look, address)
            assert asked.wait(10), "the first server was not asked"
            # This check's servers are at private addresses themselves: the rule comes between the two.
            scene.configure(federation__private_addresses="refuse")
            reread(scene.server)
            may_answer.set()
            seen = look.result()
        expect(seen.status, {404, 502, 504})
        expect(other.times("/secret.png"), 0)
    scene.configure(federation__private_addresses="allow")
    reread(scene.server)


def reread(server):
    """Has the server read its configuration anew, and waits for it."""
    said = "configuration re-read"
    before = server.log.read_text(errors="replace").count(said)
    server.process.send_signal(signal.SIGHUP)
    assert wait_for(lambda: server.log.read_text(errors="replace").count(said) > before), "not re-read"


def bounded(report, scene):
    remote = scene.remote
    with report("the cache keeps its bound; what was used longest ago goes first") as said:
        contents = [png(800_000, 400 + n) for n in range(16)]
        addresses = [scene.show(remote.file(f"/many/{n}.png", x)) for n, x in enumerate(contents)]
        for n, address in enumerate(addresses):
            expect(scene.look(address).body == contents[n], True, f"picture {n}")
            # The first is looked at all the time.
            expect(scene.look(addresses[0]).status, 200)
        assert wait_for(lambda: scene.stored()[1] <= CACHE, 5), scene.stored()[1]
        said.append(f"{scene.stored()[1] >> 10} KB")
        assert scene.stored()[1] > CACHE // 2, "next to nothing is kept"
        expect(remote.times("/many/0.png"), 1, "fetches of the one in use")
        scene.look(addresses[15])
        expect(remote.times("/many/15.png"), 1, "fetches of the newest")
        scene.look(addresses[1])
        expect(remote.times("/many/1.png"), 2, "fetches of the oldest")
    with report("a look at what is kept writes nothing"):
        folder = scene.server.folder / "cache"

        def facts():
            return sorted((p.name, p.stat().st_mtime_ns, p.stat().st_atime_ns) for p in folder.glob("*"))

        before = facts()
        for _ in range(5):
            scene.look(addresses[15])
        expect(facts() == before, True, "the same files and times")


def killed(report, scene):
    remote, server = scene.remote, scene.server
    with report("kill -9 in the middle of a fetch: no half file is left, and none is shown"):
        content, begun = png(1_500_000, 50), threading.Event()

        def half(connection):
            connection.head(200, len(content))
            connection.send(content[:700_000])
            begun.set()
            connection.wait_for_end(20)

        address = scene.show(remote.at("/half.png", half))
        kept = png(60_000, 51)
        other = scene.show(remote.file("/whole.png", kept))
        expect(scene.look(other).body == kept, True)
        before = set(scene.stored()[0])
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            look = pool.submit(scene.look, address)
            assert begun.wait(10), "it was not asked for"
            arriving = wait_for(lambda: set(scene.stored()[0]) - before, 5)
            assert arriving, "nothing arrives on the disk"
            server.stop(signal.SIGKILL)
            look.exception()
        server.start()
        expect(set(scene.stored()[0]) & arriving, set(), "left behind")
        expect(scene.look(other).body == kept, True)
        expect(remote.times("/whole.png"), 1, "fetches of what was whole")
        remote.file("/half.png", content)
        seen = scene.look(address)
        expect((seen.status, seen.whole, seen.body == content), (200, True, True))


def blocked(report, scene):
    remote, server = scene.remote, scene.server
    with report("a blocked server's files are gone within seconds, and not fetched again") as said:
        addresses = [scene.show(remote.file(f"/block/{n}.png", png(9_000, 500 + n))) for n in range(3)]
        before = set(scene.stored()[0])
        for address in addresses[:2]:
            expect(scene.look(address).status, 200)
        new = set(scene.stored()[0]) - before
        expect(len(new), 2, "files that are kept")
        # The one that is open must end too.
        ended = []

        def endless(connection):
            connection.head(200, 50 * MEGABYTE, "video/mp4")
            connection.send(film(MEGABYTE, 60))
            connection.wait_for_end(30)
            ended.append(True)

        open_address = scene.show(remote.at("/block/film.mp4", endless), "video/mp4")
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            look = pool.submit(scene.look, open_address)
            assert wait_for(lambda: remote.times("/block/film.mp4"), 5), "the film was not asked for"
            begun = time.monotonic()
            expect(server.api("POST", "/api/v1/domain_blocks", {"domain": remote.NAME}).status, 200)
            assert wait_for(lambda: not new & set(scene.stored()[0]), 5), "still on the disk"
            said.append(f"{time.monotonic() - begun:.1f} s")
            asked = len(remote.asked)
            for address in addresses:
                expect(scene.look(address).status, 404)
            expect(len(remote.asked), asked, "requests after it")
            assert wait_for(lambda: ended, 8), "the film still comes"
            expect(look.result().whole, False)
        expect(server.api("DELETE", "/api/v1/domain_blocks", {"domain": remote.NAME}).status, 200)
        expect(scene.look(addresses[2]).status, 200, "after the block was lifted")


def crowded(report, scene):
    remote, content = scene.remote, png(250_000, 70)
    with report("a disk with less than the reserve: all is shown, nothing is kept, what was there goes"):
        assert scene.stored()[1] > 0, "the cache is empty already"
        scene.restart(media__reserve="8000000G")
        address = scene.show(remote.file("/crowded.png", content))
        for _ in range(2):
            seen = scene.look(address)
            expect((seen.status, seen.whole, seen.body == content), (200, True, True))
        expect(remote.times("/crowded.png"), 2)
        assert wait_for(lambda: scene.stored() == ([], 0), 15), scene.stored()
    with report("media.cache = 0: all is passed on, nothing is kept"):
        scene.restart(media__reserve="1M", media__cache="0")
        for _ in range(2):
            seen = scene.look(address)
            expect((seen.status, seen.body == content), (200, True))
        expect(scene.stored(), ([], 0))


def uplink(report, scene):
    remote, content, rate = scene.remote, png(900_000, 80), 300 << 10
    with report("files stay within the uplink's bound together, and hold nobody else up") as said:
        scene.restart(media__cache=CACHE, media__uplink="300K")
        address = scene.show(remote.file("/up.png", content))
        scene.look(address)
        time.sleep(0.5)
        begun = time.monotonic()
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            looks = [pool.submit(scene.look, address) for _ in range(2)]
            slowest = 0.0
            while not all(look.done() for look in looks):
                asked = time.monotonic()
                expect(scene.server.api("GET", "/api/v1/timelines/home?limit=5").status, 200)
                slowest = max(slowest, time.monotonic() - asked)
                time.sleep(0.1)
            for look in looks:
                expect(look.result().body == content, True)
        seconds = time.monotonic() - begun
        shortest = (2 * len(content) - rate / 4 - 2 * 65_536) / rate
        said += [f"{2 * len(content) / seconds / 1024:.0f} KB/s", f"API {slowest * 1000:.0f} ms at most"]
        assert seconds >= shortest, f"{seconds:.1f} s, at least {shortest:.1f} s were to be taken"
        assert seconds < shortest * 2, f"{seconds:.1f} s, where {shortest:.1f} s were enough"
        assert slowest < 1, f"the API took {slowest:.1f} s"


def main():
    given = arguments(__doc__)
    report, folder = Report(), scratch(given.keep)
    scene = Scene(given.islet, folder / "data")
    for part in (looking, ranges, lying, stalling, redirects, bounded, killed, blocked, crowded, uplink):
        part(report, scene)
    with report("the server stops in order, and its database is whole"):
        expect(scene.server.stop(), 0, "exit status")
        expect(scene.server.integrity(), "ok")
        said = scene.server.log.read_text(errors="replace")
        expect([x for x in said.splitlines() if "Fatal" in x or "fault" in x], [])
    report.end()


main()
