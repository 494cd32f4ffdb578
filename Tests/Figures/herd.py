#!/usr/bin/env python3
"""Measures what a crowd costs: pages and documents that everybody may read, kept by the shield; 5,000 requests for one
new post within ten seconds, from 500 addresses, while an app goes on asking; and the owner's home page.

Needs wrk. --quick does less of everything and judges only what does not depend on how busy the machine is.
"""

import http.client
import json
import pathlib
import re
import socket
import statistics
import subprocess
import sys
import threading
import time
import urllib.parse
import uuid

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Protocols"))

import nginx
from filled_store import fill
from instance import Instance, arguments, request, scratch, wait_for
from judging import judge
from pictures import png
from report import Report
from usage import cpu, forget_peak, memory, percentile

MB = 1 << 20
PAGE, DOCUMENT = "text/html,application/xhtml+xml,*/*;q=0.8", "application/activity+json"
PICTURE = 150_000
READERS = pathlib.Path(__file__).with_name("herd_readers.py")


class Crowd:
    """A server with a timeline and some posts of its own."""

    def __init__(self, islet, folder, posts):
        self.folder = folder
        self.server = Instance(islet, folder / "data").init()
        self.server.token()
        fill(self.server.folder, posts=posts)
        self.server.start()
        self.pid = self.server.process.pid
        self.settle()

    def settle(self):
        """Waits until the server has nothing to do any more, and has given back what that took."""
        quiet, last = 0, cpu(self.pid)
        while quiet < 6:
            time.sleep(0.5)
            now = cpu(self.pid)
            quiet = quiet + 1 if now - last < 0.011 else 0
            last = now

    def post(self, text, **form):
        answer = self.server.api("POST", "/api/v1/statuses", {"status": text, **form})
        assert answer.status == 200, answer.body
        return answer.json()

    def upload(self):
        mark = uuid.uuid4().hex
        body = (
            f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n'
            "Content-Type: image/png\r\n\r\n"
        ).encode() + png(PICTURE) + f"\r\n--{mark}--\r\n".encode()
        headers = {
            "Authorization": f"Bearer {self.server.token()}", "Host": self.server.domain,
            "Content-Type": f"multipart/form-data; boundary={mark}",
        }  # fmt: skip
        answer = request(self.server.port, "POST", "/api/v2/media", headers, body)
        assert answer.status in (200, 202), answer.body
        return answer.json()

    def path(self, address):
        return address.removeprefix(self.server.url)

    def get(self, path, accept, keep=None):
        answer = request(self.server.port, "GET", path, {"Accept": accept, "Host": self.server.domain}, keep=keep)
        assert answer.status == 200, f"{path}: {answer.status}"
        return answer

    def cost(self, path, accept, connections, seconds):
        """-> CPU seconds per 1,000 requests of a kept answer."""
        self.get(path, accept)
        address = f"http://127.0.0.1:{self.server.port}{path}"
        return nginx.cost(self.pid, address, connections, seconds, [("Accept", accept), ("Host", self.server.domain)])

    def costs(self, path, accept, runs, seconds):
        """-> the median for eight connections, and that for one, which finds the server asleep each time."""
        return tuple(
            statistics.median(self.cost(path, accept, connections, seconds) for _ in range(runs))
            for connections in (8, 1)
        )

    def bare(self, asked, seconds):
        """-> what nginx takes for the same bytes from a file, for eight connections and for one (None without it)."""
        if not nginx.PROGRAM:
            print("# nginx is not here: nothing to compare with")
            return None, None
        with nginx.serving(self.folder, {"document": self.get(*asked).body}) as (pid, port):
            return tuple(nginx.cost(pid, f"http://127.0.0.1:{port}/document", n, seconds) for n in (8, 1))

    def filling(self, posts):
        """Asks for all there is, each twice so that it is worth keeping: -> MB that the server has grown by when it is at rest again."""
        keep = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        self.settle()
        before = memory(self.pid)
        for post in posts:
            for path, accept in (
                (self.path(post["url"]), PAGE),
                (self.path(post["uri"]), DOCUMENT),
                (f"/@{self.server.username}?max_id={post['id']}", PAGE),
            ):
                self.get(path, accept, keep)
                self.get(path, accept, keep)
        self.settle()
        return memory(self.pid) - before

    def herd(self, readers, requests, seconds):
        """-> what the readers saw, how long an app waited meanwhile, MB above idle, CPU seconds."""
        for _ in range(3):
            self.server.api("GET", "/api/v1/timelines/home?limit=40")
        self.settle()
        idle, before = memory(self.pid), cpu(self.pid)
        forget_peak(self.pid)
        media = self.upload()
        post = self.post("Everybody wants to read this.", **{"media_ids[]": media["id"]})
        targets = [
            ("page", self.path(post["url"]), PAGE), ("page", self.path(post["url"]), PAGE),
            ("document", self.path(post["uri"]), DOCUMENT), ("document", self.path(post["uri"]), DOCUMENT),
            ("picture", self.path(media["url"]), "image/*"),
        ]  # fmt: skip
        given = dict(
            port=self.server.port, host=self.server.domain, targets=targets, readers=readers, requests=requests,
            seconds=seconds,
        )
        crowd = subprocess.Popen(
            [sys.executable, str(READERS)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        times, stop = [], threading.Event()
        app = threading.Thread(target=self.ask, args=(times, stop))
        app.start()
        said, _ = crowd.communicate(json.dumps(given), timeout=120)
        stop.set()
        app.join()
        return json.loads(said), times, memory(self.pid, "VmHWM") - idle, cpu(self.pid) - before

    def ask(self, times, stop):
        """An app that goes on: home, what is new, and now and then something is favourited."""
        keep, n = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60), 0
        while not stop.wait(0.02):
            n += 1
            begun = time.perf_counter()
            if n % 10 == 0:
                answer = self.server.api("POST", "/api/v1/markers", {"home[last_read_id]": str(n)}, keep=keep)
            else:
                limit = 20 + n % 20
                answer = self.server.api("GET", f"/api/v1/timelines/home?limit={limit}", keep=keep)
            times.append(time.perf_counter() - begun)
            assert answer.status == 200, answer.status

    def sign_in(self):
        """-> the cookie of a browser's session."""
        form = urllib.parse.urlencode({"username": self.server.username, "password": self.server.password})
        headers = {"Host": self.server.domain, "Content-Type": "application/x-www-form-urlencoded"}
        answer = request(self.server.port, "POST", "/home/login", headers, form)
        assert answer.status == 303, answer.status
        return answer.headers["Set-Cookie"].split(";")[0]

    def home(self, cookie):
        """-> seconds to the first byte, and the page."""
        with socket.create_connection(("127.0.0.1", self.server.port)) as s:
            asked = f"GET /home HTTP/1.1\r\nHost: {self.server.domain}\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n"
            begun = time.perf_counter()
            s.sendall(asked.encode())
            first = s.recv(1)
            took = time.perf_counter() - begun
            answer = first + b"".join(iter(lambda: s.recv(65_536), b""))
        head, _, body = answer.partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200"), head[:200]
        return took, body


def homes(crowd, rounds):
    """-> milliseconds to the first byte when nothing is remembered, bytes of the page with its style, posts on it."""
    cookie, times = crowd.sign_in(), []
    for n in range(rounds):
        crowd.server.api("POST", "/api/v1/markers", {"home[last_read_id]": str(n + 1)})
        took, page = crowd.home(cookie)
        times.append(took)
    style = re.search(rb'rel="stylesheet" href="([^"]+)"', page)[1].decode()
    size = len(page) + len(crowd.get(crowd.path(style), "text/css").body)
    return statistics.median(times) * 1000, size, page.count(b"<article")


def main():
    given = arguments(__doc__, ("--quick", dict(action="store_true", help="less of everything")))
    quick, report = given.quick, Report()
    runs, seconds = (1, 1) if quick else (3, 4)
    readers, requests, within = (500, 10, 8)
    crowd = Crowd(given.islet, scratch(given.keep), 500 if quick else 5_000)
    texts = "A post about #islands and the sea, with [a link](https://example.org/) and some words more. "
    posts = [crowd.post(f"{n}. {texts * (1 + n % 4)}") for n in range(60 if quick else 300)]
    crowd.settle()

    first_byte, size, shown = homes(crowd, 5 if quick else 20)
    profile = f"/@{crowd.server.username}"
    asked = {
        "profile page": (profile, PAGE),
        "page of a post": (crowd.path(posts[-1]["url"]), PAGE),
        "actor document": (f"/users/{crowd.server.username}", DOCUMENT),
        "note document": (crowd.path(posts[-1]["uri"]), DOCUMENT),
    }
    grown = crowd.filling(posts)
    bare = crowd.bare(asked["actor document"], seconds)
    costs = {name: crowd.costs(path, accept, runs, seconds) for name, (path, accept) in asked.items()}
    seen, times, above, spent = crowd.herd(readers, requests, within)
    print(f"# the herd: {seen['statuses']}, {seen['bytes'] / MB:.1f} MB in {seen['seconds']:.1f} s")

    rows = []
    for name, (many, one) in costs.items():
        most = 0.03 if "page" in name else 0.02
        rows.append((f"{name}, CPU seconds per 1,000, 8 connections", many, "s", most, not quick))
        rows.append((f"{name}, CPU seconds per 1,000, 1 connection", one, "s", None, False))
    for number, cost in zip(("8 connections", "1 connection"), bare):
        rows.append((f"nginx with the same actor document, {number}", cost, "s", None, False))
    judge(
        report,
        rows
        + [
            ("the shield when everything was asked for, above before", grown, "MB", 2, True),
            ("5,000 requests of 500 addresses", seen["seconds"], "s", 10, True),
            ("the herd: CPU seconds per 1,000 requests", spent / readers / requests * 1000, "s", None, False),
            ("an app meanwhile, p99", percentile(times, 0.99), "ms", 20, not quick),
            ("an app meanwhile, median", percentile(times, 0.5), "ms", None, False),
            ("resident memory meanwhile, above idle", above, "MB", 4, True),
            ("owner's home page, first byte", first_byte, "ms", 30, not quick),
            ("owner's home page with its style", size / 1000, "KB", 60, True),
        ],
    )
    with report("every reader of the herd was answered rightly"):
        assert not seen["wrong"], f"{len(seen['wrong'])}: {seen['wrong'][:5]}"
        assert sum(seen["statuses"].values()) == readers * requests, seen["statuses"]
    with report("the home page shows forty posts"):
        assert shown == 40, shown
    with report("a like of somebody is on the page within six seconds"):
        post = posts[-1]
        before = crowd.get(crowd.path(post["url"]), PAGE).body
        crowd.server.api("POST", f"/api/v1/statuses/{post['id']}/favourite", {})
        assert wait_for(lambda: crowd.get(crowd.path(post["url"]), PAGE).body != before, 7), "it is not"
    with report("what the owner takes back is gone at once"):
        path = crowd.path(posts[-1]["url"])
        assert crowd.server.api("DELETE", f"/api/v1/statuses/{posts[-1]['id']}").status == 200
        gone = request(crowd.server.port, "GET", path, {"Accept": PAGE, "Host": crowd.server.domain})
        assert gone.status == 410, gone.status
    crowd.server.stop()
    with report("the database is whole"):
        assert crowd.server.integrity() == "ok", crowd.server.integrity()
    report.end()


main()
