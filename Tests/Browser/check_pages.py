#!/usr/bin/env python3
"""Every page of a server with a life: valid, accessible, narrow enough, small, quiet, and foreign to nobody.

The pages are those of Tests/Browser/pages.txt. webcheck judges HTML, accessibility and width; the rest is here.
"""

import json
import pathlib
import re
import subprocess
import sys
import sysconfig

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "Protocols"))
sys.path.insert(0, str(HERE.parent / "Clients"))

import requests

from instance import arguments, scratch
from reader import Reader, need_chromium
from report import Report, expect
from seeds import Seeds

# Page and style in bytes, before any compression; pictures and script not counted.
LARGEST = 60_000
# webcheck takes several seconds a page, most of it waiting: so many at once.
AT_ONCE = 3


class Listed:
    """A line of pages.txt."""

    def __init__(self, line, names):
        self.route, self.kind, address = line.split()
        self.path = address.format_map(names)
        self.is_owners = self.path.startswith("/home") and not self.path.startswith("/home/login")


def listed(names):
    lines = (line for line in (HERE / "pages.txt").read_text().splitlines() if line and line[0] != "#")
    return [Listed(line, names) for line in lines]


def sign_in(server):
    """-> the secret of a session, got as a browser gets it."""
    session = requests.Session()
    session.get(server.url + "/home", timeout=30)
    form = {"username": server.username, "password": server.password, "next": "/home"}
    answer = session.post(server.url + "/home/login", data=form, timeout=30)
    expect((answer.status_code, answer.url), (200, server.url + "/home"), "after the sign-in")
    return session.cookies["islet"]


def ask(server, page, secret, **more):
    cookies = {"islet": secret} if page.is_owners else {}
    headers = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    return requests.get(
        server.url + page.path, cookies=cookies, headers=headers, timeout=30, allow_redirects=False, **more
    )


def judge_fields(page, answer):
    """What a page must say in its header so that nothing foreign runs in it, and nobody keeps what is private."""
    policy = answer.headers["Content-Security-Policy"]
    rules = dict(rule.strip().partition(" ")[::2] for rule in policy.split(";") if rule.strip())
    expect(rules["default-src"], "'none'")
    assert page.kind != "page" or answer.text.startswith("<!DOCTYPE html>"), answer.text[:60]
    assert "unsafe" not in policy and "data:" not in policy, policy
    framed = "*" if page.path.endswith("/embed") else "'none'"
    expect((rules["base-uri"], rules["frame-ancestors"]), ("'none'", framed))
    expect(answer.headers["X-Content-Type-Options"], "nosniff")
    assert answer.headers["Referrer-Policy"], "no Referrer-Policy"
    if page.is_owners:
        expect(answer.headers["Cache-Control"], "private, no-store")
        expect(answer.headers["X-Frame-Options"], "DENY")
    else:
        assert "Set-Cookie" not in answer.headers, "a cookie on a page for everybody"
        if page.route != "-" and not page.path.startswith("/home"):
            assert "public" in answer.headers["Cache-Control"], answer.headers["Cache-Control"]


def judge_markup(page, text):
    if page.route == "-":  # the pages of signing in bring their style along, and say so by its digest
        text = re.sub(r"<style>[^<]*</style>", "", text, count=1)
    for pattern in (r"<style\b", r"<script(?![^>]* src=)", r"<[a-z][^>]* style=", r"<[a-z][^>]* on[a-z]+="):
        found = re.search(pattern, text)
        assert not found, f"{found.group()[:80]} is in the page"


def weigh(server, text):
    """Bytes of the page with the styles that it names."""
    styles = re.findall(r'<link rel="stylesheet" href="([^"]+)"', text)
    weight = len(text.encode())
    for style in styles:
        weight += len(requests.get(requests.compat.urljoin(server.url, style), timeout=30).content)
    return weight


def looking(report, server, pages, secret):
    heaviest = (0, "")
    for page in pages:
        if page.kind == "part":
            continue
        with report(f"{page.kind} {page.path}") as seen:
            answer = ask(server, page, secret)
            if page.kind == "error":
                assert 400 <= answer.status_code < 500, answer.status_code
                judge_markup(page, answer.text)
                judge_html(answer.content)
                continue
            if page.kind == "leads":
                expect(answer.status_code, {301, 302, 303, 308})
                continue
            expect(answer.status_code, 200)
            if page.kind == "feed":
                judge_feed(answer)
            if page.kind == "page":
                expect(answer.headers["Content-Type"], "text/html; charset=utf-8")
                judge_fields(page, answer)
                judge_markup(page, answer.text)
                weight = weigh(server, answer.text)
                heaviest = max(heaviest, (weight, page.path))
                seen.append(f"{weight} bytes")
                assert weight < LARGEST, f"{weight} bytes with style"
    print(f"# heaviest: {heaviest[1]} with {heaviest[0]} bytes")


def judge_html(content):
    """The checker of the web's own standard, as webcheck asks it; that takes pages that are there only."""
    jar = next(pathlib.Path(sysconfig.get_paths()["purelib"]).glob("**/vnu.jar"))
    command = ["java", "-jar", str(jar), "--format", "json", "--exit-zero-always", "-"]
    said = json.loads(subprocess.run(command, input=content, capture_output=True, timeout=60).stderr)
    expect([m["message"] for m in said["messages"] if m["type"] == "error"], [])


def judge_feed(answer):
    import feedparser

    feed = feedparser.parse(answer.content, response_headers={"content-type": answer.headers["Content-Type"]})
    assert not feed.bozo, f"{feed.bozo_exception}"
    assert feed.entries and feed.feed.title, "an empty feed"
    for entry in feed.entries:
        assert entry.id and entry.link and entry.get("updated", entry.get("published")), entry.keys()
    expect(len({entry.id for entry in feed.entries}), len(feed.entries), "ids")


def opening(report, server, pages, secret):
    """Each page once in a browser: what its console says, and where it loads from."""
    reader = Reader(server.url)
    try:
        reader.open("/home/login")
        reader.driver.add_cookie({"name": "islet", "value": secret, "path": "/home"})
        for page in pages:
            with report(f"quiet   {page.path}"):
                reader.complaints()
                reader.open(page.path)
                expect(reader.complaints(), [], "the console")
                loaded = reader.driver.execute_script(
                    "return performance.getEntriesByType('resource').map(entry => entry.name)"
                )
                foreign = [address for address in loaded if not address.startswith(server.url + "/")]
                expect(foreign, [], "loaded from elsewhere")
    finally:
        reader.end()


def judging(report, server, pages, secret, webcheck, folder):
    """webcheck over all pages, some at once."""
    parts = [pages[start::AT_ONCE] for start in range(AT_ONCE)]
    running = []
    for number, part in enumerate(part for part in parts if part):
        said = open(folder / f"webcheck-{number}.log", "w+")
        command = [
            sys.executable,
            str(webcheck),
            "--cookie",
            f"islet={secret}",
            "--shots",
            str(folder / f"shots-{number}"),
        ]
        running.append(
            (
                part,
                said,
                subprocess.Popen(
                    command + [server.url + page.path for page in part], stdout=said, stderr=subprocess.STDOUT
                ),
            )
        )
    for part, said, process in running:
        status = process.wait()
        said.seek(0)
        words = said.read()
        verdicts = re.split(r"(?m)^(?=ok   |FAIL )", words)
        for page in part:
            with report(f"webcheck {page.path}"):
                mine = [v for v in verdicts if v.split("\n")[0][5:].strip() == server.url + page.path]
                assert mine, f"it says nothing: {words[-600:]}"
                assert mine[0].startswith("ok"), mine[0]
        with report("webcheck ends in order"):
            expect(status, 0)


def main():
    given = arguments(
        __doc__,
        ("--shared", {"required": True, "type": pathlib.Path, "help": "the folder with tools/webcheck"}),
        ("--only", {"help": "pages whose address contains this"}),
        ("--shots", {"type": pathlib.Path, "help": "where webcheck leaves its pictures"}),
    )
    need_chromium()
    report, folder = Report(), scratch(given.keep)
    seeds = Seeds(given.islet, folder)
    server = seeds.me
    secret = sign_in(server)
    pages = [page for page in listed(seeds.names) if not given.only or given.only in page.path]
    looking(report, server, pages, secret)
    shown = [page for page in pages if page.kind == "page"]
    opening(report, server, shown, secret)
    shots = given.shots or folder
    shots.mkdir(parents=True, exist_ok=True)
    judging(report, server, shown, secret, given.shared / "tools/webcheck/webcheck.py", shots)
    seeds.end()
    report.end()


if __name__ == "__main__":
    main()
