#!/usr/bin/env python3
"""Measures the owner's home page as a browser sees it: milliseconds to the first byte and to the whole page, and bytes
of the page with all of its style, on a server with 20,000 posts of the corpus in the store.

Every page is a different one, and something is committed before each, so that no answer is kept. --quick fills less
and judges only what does not depend on how busy the machine is.
"""

import pathlib
import re
import socket
import statistics
import sys
import time
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Protocols"))

from filled_store import fill
from instance import Instance, arguments, request, scratch
from report import Report

PAGES = 30


class Browser:
    """The owner's browser, as far as these figures need one."""

    def __init__(self, server):
        self.server = server
        form = urllib.parse.urlencode({"username": server.username, "password": server.password})
        head = {"Host": server.domain, "Content-Type": "application/x-www-form-urlencoded"}
        answer = request(server.port, "POST", "/home/login", head, form)
        assert answer.status == 303, f"sign-in: {answer.status}"
        self.cookie = answer.headers["Set-Cookie"].split(";")[0]

    def get(self, path):
        """-> the page, ms to its first byte, ms to its end."""
        asked = (
            f"GET {path} HTTP/1.1\r\nHost: {self.server.domain}\r\nCookie: {self.cookie}\r\n"
            "Accept: text/html\r\nConnection: close\r\n\r\n"
        )
        with socket.create_connection(("127.0.0.1", self.server.port)) as s:
            begun = time.monotonic()
            s.sendall(asked.encode())
            answer = s.recv(262144)
            first = time.monotonic()
            while piece := s.recv(262144):
                answer += piece
            last = time.monotonic()
        head, _, page = answer.partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200"), f"{path}: {head[:80]}"
        return page.decode(), (first - begun) * 1000, (last - begun) * 1000


def main():
    given = arguments(__doc__, ("--quick", dict(action="store_true")))
    report, folder = Report(), scratch(given.keep)
    server = Instance(given.islet, folder / "data").init()
    server.token()
    fill(server.folder, posts=2_000 if given.quick else 20_000)
    server.start()
    browser = Browser(server)
    firsts, wholes, sizes, counts, path = [], [], [], [], "/home"
    time.sleep(2)
    for n in range(PAGES):
        server.api("POST", "/api/v1/markers", {"home[last_read_id]": n + 1})
        page, first, whole = browser.get(path)
        firsts.append(first)
        wholes.append(whole)
        sizes.append(len(page.encode()))
        counts.append(page.count("<article"))
        path = re.search(r'rel="next" href="([^"]*)"', page)[1].replace("&amp;", "&")
    sheets = [browser.get(sheet)[0] for sheet in re.findall(r'<link rel="stylesheet" href="([^"]*)"', page)]
    style = sum(len(sheet.encode()) for sheet in sheets)
    rows = [
        ("home page, first byte, median of pages, ms", statistics.median(firsts), 30, False),
        ("the same, worst, ms", max(firsts), None, False),
        ("home page, whole, median, ms", statistics.median(wholes), None, False),
        ("page with its style, largest, KB", (max(sizes) + style) / 1000, 60, True),
        ("style alone, KB", style / 1000, None, True),
        ("posts on a page, median", statistics.median(counts), None, True),
        ("posts on a page, fewest", min(counts), None, True),
    ]
    for name, seen, most, steady in rows:
        with report(name) as said:
            said.append(f"{seen:.1f}" + (f", at most {most}" if most else ""))
            assert most is None or seen <= most or given.quick and not steady, f"{seen:.1f}, at most {most}"
    server.stop()
    report.end()


if __name__ == "__main__":
    main()
