#!/usr/bin/env python3
"""Measures what files cost: others' films and pictures through the proxy, own uploads, and the cache beside nginx.

The remote is a server on loopback that counts what is asked of it. Needs wrk and nginx for the cost of a cached
picture, and vipsthumbnail for that of a photograph; what is missing is said. --quick judges the same with less.
"""

import http.client
import http.server
import os
import pathlib
import re
import resource
import shutil
import statistics
import subprocess
import sys
import threading
import time
import urllib.parse
import uuid

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Protocols"))

from instance import FEDERATE_HERE, Instance, arguments, scratch
import nginx
from judging import judge
from pictures import png
from report import Report, expect
from stranger import Stranger
from usage import forget_peak, memory

MB = 1 << 20
FILM_HEAD = bytes.fromhex("00000020667479706d70343200000000") + b"mp42isomavc1mp41"
PICTURE = 2 * MB


class Remote:
    """Gives films of any length and one picture under every name; counts what was asked."""

    def __init__(self):
        self.picture, self.block, self.asked, self.lock = png(PICTURE), os.urandom(MB), {}, threading.Lock()
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                outer.answer(self)

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads, request_queue_size = True, 256

            def handle_error(self, *_):
                pass

        self.server = Server(("127.0.0.1", 0), Handler)
        self.base = f"http://localhost:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def count(self, prefix=""):
        with self.lock:
            return sum(n for path, n in self.asked.items() if path.startswith(prefix))

    def answer(self, asked):
        with self.lock:
            self.asked[asked.path] = self.asked.get(asked.path, 0) + 1
        if asked.path.startswith("/film/"):
            self.film(asked, int(asked.path.split("/")[2]))
        else:
            time.sleep(0.3)  # so that all who look at once do
            asked.send_response(200)
            asked.send_header("Content-Type", "image/png")
            asked.send_header("Content-Length", str(len(self.picture)))
            asked.end_headers()
            asked.wfile.write(self.picture)

    def film(self, asked, length):
        range = re.fullmatch(r"bytes=(\d+)-(\d*)", asked.headers.get("Range", ""))
        first, last = (int(range[1]), int(range[2] or length - 1)) if range else (0, length - 1)
        last = min(last, length - 1)
        asked.send_response(206 if range else 200)
        asked.send_header("Content-Type", "video/mp4")
        asked.send_header("Accept-Ranges", "bytes")
        asked.send_header("Content-Length", str(last - first + 1))
        if range:
            asked.send_header("Content-Range", f"bytes {first}-{last}/{length}")
        asked.end_headers()
        rest = last - first + 1
        if first == 0:
            asked.wfile.write(FILM_HEAD[: min(32, rest)])
            rest -= min(32, rest)
        while rest > 0:
            asked.wfile.write(self.block[: min(MB, rest)])
            rest -= min(MB, rest)


def rest(server):
    """Waits until the server is done with what came before, and sets the high-water mark back."""
    time.sleep(2.5)
    forget_peak(server.process.pid)
    return memory(server.process.pid, "VmRSS")


def fetch(address, results=None, headers=None):
    """Reads it to the end without keeping it; -> (status, bytes)."""
    url = urllib.parse.urlsplit(address)
    connection = http.client.HTTPConnection("127.0.0.1", url.port, timeout=120)
    connection.request("GET", url.path, headers={"Host": url.netloc, **(headers or {})})
    response = connection.getresponse()
    size = 0
    while piece := response.read(65536):
        size += len(piece)
    connection.close()
    if results is not None:
        results.append((response.status, size))
    return response.status, size


def at_once(count, address):
    results = []
    threads = [threading.Thread(target=fetch, args=(address, results)) for _ in range(count)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return results


class Setting:
    """A server that follows somebody whose posts have files at the remote."""

    def __init__(self, islet, folder):
        self.remote, self.stranger = Remote(), Stranger(["friend"])
        # Room for the film is not what is measured: it is larger than a quarter of the cache.
        self.server = Instance(islet, folder / "data", settings={**FEDERATE_HERE, "media.reserve": "1M"})
        self.server.init().start()
        self.server.follow(f"friend@{self.stranger.host}")
        self.inbox, self.number = self.server.actor()["inbox"], 0
        self.keep = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)

    def post(self, *files):
        """A post of the friend with these (media type, path at the remote); -> the answer's status."""
        self.number += 1
        activity = self.stranger.create("friend", self.number)
        activity["object"]["attachment"] = [
            {"type": "Document", "mediaType": kind, "url": self.remote.base + path, "width": 800, "height": 600}
            for kind, path in files
        ]
        return self.stranger.post(self.inbox, "friend", activity, self.keep)

    def shown(self):
        """The addresses of the newest post's files."""
        status = self.server.api("GET", "/api/v1/timelines/home?limit=1").json()[0]
        return [file["url"] for file in status["media_attachments"]]

    def stored(self):
        """Bytes in the folder of others' files."""
        cache = self.server.folder / "cache"
        return sum(path.stat().st_size for path in cache.iterdir()) if cache.is_dir() else 0

    def upload(self, path, kind):
        """Sends a file as apps do, in pieces; -> the answer."""
        mark = uuid.uuid4().hex
        head = (
            f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{path.name}"\r\n'
            f"Content-Type: {kind}\r\n\r\n"
        ).encode()
        tail = f"\r\n--{mark}--\r\n".encode()
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=120)
        connection.putrequest("POST", "/api/v2/media")
        connection.putheader("Authorization", f"Bearer {self.server.token()}")
        connection.putheader("Content-Type", f"multipart/form-data; boundary={mark}")
        connection.putheader("Content-Length", str(len(head) + path.stat().st_size + len(tail)))
        connection.endheaders()
        connection.send(head)
        with open(path, "rb") as file:
            while piece := file.read(MB):
                connection.send(piece)
        connection.send(tail)
        answer = connection.getresponse()
        return answer.status, answer.read()


def unseen(setting, posts, report):
    """Nobody looks: nothing is fetched."""
    for number in range(posts):
        status = setting.post(*[("image/png", f"/unseen/{number}/{n}.png") for n in range(4)])
        expect(status, 202, "an ingested post")
    setting.server.home(most=posts)
    time.sleep(1)
    asked, stored = setting.remote.count("/unseen"), setting.stored()
    with report(f"{posts} posts with 4 pictures each and nobody looks: nothing is fetched, nothing is stored"):
        expect(asked, 0, "questions to the remote")
        expect(stored, 0, "bytes of media on disk")
    return asked, stored


def watched(setting, megabytes, report):
    """-> MB above idle while three readers watch a film."""
    setting.post(("video/mp4", f"/film/{megabytes * MB}/a.mp4"))
    (address,) = setting.shown()
    fetch(address, headers={"Range": "bytes=0-1023"})  # so that no first time is counted
    idle = rest(setting.server)
    results = at_once(3, address)
    peak = memory(setting.server.process.pid, "VmHWM")
    with report(f"three readers get a film of {megabytes} MB to its end"):
        expect(results, [(200, megabytes * MB)] * 3, "answers")
    return peak - idle


def looked(setting, report):
    """-> how often a new picture is fetched when a hundred look at once."""
    setting.post(("image/png", "/popular/1.png"))
    (address,) = setting.shown()
    results = at_once(100, address)
    with report("a hundred look at a new picture at once and get it whole"):
        expect(set(results), {(200, PICTURE)}, "answers")
    return setting.remote.count("/popular"), address


def make_film(folder, megabytes):
    """A film that plays: ffmpeg's if it is here, else the boxes of one around noise."""
    path = folder / "film.mp4"
    if shutil.which("ffmpeg"):
        source = ["-f", "lavfi", "-i", "testsrc2=size=1280x720:rate=30", "-t", "10"]
        subprocess.run(
            ["ffmpeg", "-v", "error", "-y", *source, "-b:v", "33M", "-minrate", "33M", "-maxrate", "33M",
             "-bufsize", "4M", "-x264-params", "nal-hrd=cbr", "-preset", "ultrafast", str(path)], check=True,
        )  # fmt: skip
        return path
    path.write_bytes(FILM_HEAD + (8 + megabytes * MB).to_bytes(4, "big") + b"mdat" + os.urandom(megabytes * MB))
    return path


def uploaded(setting, folder, report):
    """-> (MB above idle while a film comes, its size in MB)."""
    film = make_film(folder, 40)
    small = folder / "small.png"
    small.write_bytes(png(4_000))
    expect(setting.upload(small, "image/png")[0], 200, "a small upload")
    idle = rest(setting.server)
    status, body = setting.upload(film, "video/mp4")
    peak = memory(setting.server.process.pid, "VmHWM")
    with report("a film is uploaded") as seen:
        assert status == 200, f"{status} {body[:200]}"
        seen.append(f"{film.stat().st_size / MB:.1f} MB")
    return peak - idle, film.stat().st_size / MB


def photographed(setting, folder, report):
    """-> (seconds until a photograph of 12 megapixels is taken, MB of the helper at most); None without a helper."""
    if not (shutil.which("vipsthumbnail") and shutil.which("ffmpeg")):
        print("# vipsthumbnail or ffmpeg is not here: the helper is not measured")
        return None, None
    photo = folder / "photo.jpg"
    noise = "nullsrc=size=4000x3000,geq=random(1)*80+X/20:128+Y/60:128,gblur=2"
    subprocess.run(
        ["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", noise, "-frames:v", "1", "-q:v", "3", str(photo)],
        check=True,
    )
    peaks, stop = [0], threading.Event()

    def watch():
        own = setting.server.process.pid
        while not stop.wait(0.005):
            for path in pathlib.Path("/proc").glob("[0-9]*/status"):
                try:
                    text = path.read_text()
                except OSError:
                    continue
                if f"PPid:\t{own}\n" in text and (peak := re.search(r"VmHWM:\s+(\d+)", text)):
                    peaks.append(int(peak[1]) / 1024)

    watcher = threading.Thread(target=watch)
    watcher.start()
    begun = time.monotonic()
    status, body = setting.upload(photo, "image/jpeg")
    seconds = time.monotonic() - begun
    stop.set()
    watcher.join()
    with report("a photograph of 12 megapixels gets a preview and its colours") as seen:
        assert status == 200 and b'"blurhash":"' in body, f"{status} {body[:300]}"
        seen.append(f"{photo.stat().st_size / MB:.1f} MB")
    return seconds, max(peaks) or None


def served(setting, address, folder, seconds):
    """-> CPU seconds per 1,000 of a cached picture, and of the same by nginx (None without it)."""
    fetch(address)
    local, host = address.replace("localhost", "127.0.0.1"), [("Host", setting.server.domain)]
    own = statistics.median(nginx.cost(setting.server.process.pid, local, 4, seconds, host) for _ in range(3))
    if not nginx.PROGRAM:
        print("# nginx is not here: nothing to compare with")
        return own, None
    with nginx.serving(folder, {"1.png": setting.remote.picture}) as (pid, port):
        return own, nginx.cost(pid, f"http://127.0.0.1:{port}/1.png", 4, seconds)


def main():
    given = arguments(__doc__, ("--quick", dict(action="store_true", help="200 posts, shorter runs")))
    report, folder = Report(), scratch(given.keep)
    resource.setrlimit(resource.RLIMIT_NOFILE, (4096, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    setting = Setting(given.islet, folder)
    asked, stored = unseen(setting, 200 if given.quick else 2_000, report)
    film = watched(setting, 200, report)
    fetches, address = looked(setting, report)
    upload, size = uploaded(setting, folder, report)
    seconds, helper = photographed(setting, folder, report)
    own, other = served(setting, address, folder, 3 if given.quick else 8) if shutil.which("wrk") else (None, None)
    status = setting.server.stop()
    judge(
        report,
        (
            ("posts with pictures come and nobody looks: fetches", asked, "", 0, True),
            ("the same: stored", stored, "bytes", 0, True),
            ("three readers of a film of 200 MB: above idle", film, "MB", 3, True),
            ("a hundred look at a new picture at once: fetches", fetches, "", 1, True),
            (f"a film of {size:.0f} MB is uploaded: above idle", upload, "MB", 3, True),
            ("a photograph of 12 megapixels is taken", seconds, "s", 3, not given.quick and seconds is not None),
            ("the same: the helper at most", helper, "MB", 96, helper is not None),
            ("a cached picture of 2 MB, CPU s per 1,000", own, "s", 0.4, not given.quick and own is not None),
            ("the same by nginx", other, "s", None, False),
        ),
    )
    with report("the server stops in good order"):
        expect(status, 0, "exit status")
    report.end()


main()
