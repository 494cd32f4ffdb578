#!/usr/bin/env python3
"""Measures the search over 100,000 posts: indexing them, what the index takes, and 1,000 questions of all kinds.

The posts are in the store before the server starts, so that all of them are indexed in one go. --quick fills in
10,000.
"""

import http.client
import os
import pathlib
import random
import shutil
import sqlite3
import statistics
import sys
import time
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Protocols"))

from corpus import Corpus
from filled_store import fill
from instance import Instance, arguments, scratch, wait_for
from judging import judge
from report import Report
from usage import cpu, forget_peak, memory, percentile

# Without those that FTS5 makes itself.
TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE %TABLE search%'"


def waiting(path):
    """How many posts and people are not in the index yet."""
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        last = db.execute("SELECT value FROM settings WHERE name = 'searchedUpTo'").fetchone() or (0,)
        newest = db.execute("SELECT ifnull(max(doc), 0) FROM search_docs").fetchone()[0]
        return newest - int(last[0]) + db.execute("SELECT count(*) FROM search_people_changed").fetchone()[0]
    finally:
        db.close()


def sizes(path, scratch_path):
    """-> bytes of the database as it is, and of one without anything of the search."""
    shutil.copy(path, scratch_path)
    db = sqlite3.connect(scratch_path, isolation_level=None)
    for (name,) in db.execute(TABLES).fetchall():
        db.execute(f"DROP TABLE {name}")
    db.execute("ALTER TABLE statuses DROP COLUMN doc")
    db.execute("VACUUM")
    db.close()
    return os.path.getsize(path), os.path.getsize(scratch_path)


class Questions:
    """What people ask, made of the words of the corpus."""

    def __init__(self, seed, people):
        self.corpus, self.random, self.people = Corpus(seed, []), random.Random(seed), people

    def word(self, first, last, language="en"):
        return self.corpus.languages[language].spell(self.random.randint(first, last))

    def next(self):
        """-> (what kind, the question, other parameters)."""
        kind = self.random.choice(KINDS)
        kinds = [""] if kind in ("person", "hashtag") else ["", "&type=statuses"]
        return kind, getattr(self, kind)(), self.random.choice(kinds)

    def common(self):
        return self.word(0, 20)

    def usual(self):
        return self.word(30, 2_000)

    def rare(self):
        return self.word(5_000, 79_000)

    def two(self):
        return f"{self.word(0, 40)} {self.word(20, 3_000)}"

    def phrase(self):
        return f'"{self.word(0, 12)} {self.word(0, 12)}"'

    def without(self):
        return f"{self.word(0, 200)} -{self.word(0, 30)}"

    def author(self):
        name, host = self.random.choice(self.people)
        return f"{self.word(0, 30)} from:{name}@{host}"

    def property(self):
        operators = ("has:image", "is:reply", "has:poll", "language:de", "-is:reply", "in:library")
        return f"{self.word(0, 400)} {self.random.choice(operators)}"

    def dates(self):
        return f"{self.word(0, 30)} before:2001-01-01"

    def pairs(self):
        word = self.word(5, 900, "ja")
        return word + self.word(0, 60, "ja")

    def person(self):
        return self.random.choice(["person1", "p", "@person12", "person7@host7", self.word(0, 500)])

    def hashtag(self):
        return "#" + self.word(40, 400)[:4]


KINDS = "common usual rare two phrase without author property dates pairs person hashtag".split()


def ask(server, keep, question, more):
    """-> seconds, and how many posts were found."""
    path = f"/api/v2/search?q={urllib.parse.quote(question)}{more}"
    begun = time.perf_counter()
    answer = server.api("GET", path, keep=keep)
    took = time.perf_counter() - begun
    assert answer.status == 200, f"{path} answered {answer.status}"
    found = answer.json()
    return took, sum(len(found[kind]) for kind in ("statuses", "accounts", "hashtags"))


def main():
    given = arguments(
        __doc__,
        ("--posts", dict(type=int, default=100_000)),
        ("--questions", dict(type=int, default=1_000)),
        ("--quick", dict(action="store_true", help="10,000 posts")),
    )
    posts = 10_000 if given.quick else given.posts
    report, folder = Report(), scratch(given.keep)
    server = Instance(given.islet, folder / "data").init()
    server.token()
    fill(server.folder, posts=posts)
    path = server.databases()[0]
    print(f"# {posts} posts, {os.path.getsize(path) / 1e6:.1f} MB before they are indexed", flush=True)

    server.start()
    pid, begun = server.process.pid, time.monotonic()
    # The start alone takes more for a moment, also where there is nothing to index; run_fedisim.py judges that peak.
    forget_peak(pid)
    for _ in range(5):
        server.api("GET", "/api/v1/timelines/home")
    while left := waiting(path):
        assert time.monotonic() - begun < 1_200, f"{left} posts are still not indexed"
        time.sleep(0.2)
    indexing, spent, peak_indexing = time.monotonic() - begun, cpu(pid), memory(pid, "VmHWM")
    assert server.stop() == 0
    whole, without = sizes(path, folder / "without.db")

    server.start()
    pid = server.process.pid
    keep = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    for _ in range(5):
        server.api("GET", "/api/v1/timelines/home?limit=40", keep=keep)
        server.api("POST", "/api/v1/markers", {"home[last_read_id]": "1"}, keep=keep)
    cold = memory(pid)
    # Code that no question ran yet is read from the disk with the first ones; what a search itself takes comes after.
    first = Questions(11, people(path))
    for _ in range(100):
        _, question, more = first.next()
        ask(server, keep, question, more)
    idle = memory(pid)
    forget_peak(pid)
    questions, times, kinds, hits = Questions(7, people(path)), [], {}, {}
    before = cpu(pid)
    for _ in range(given.questions):
        kind, question, more = questions.next()
        took, found = ask(server, keep, question, more)
        times.append(took)
        kinds.setdefault(kind, []).append(took)
        hits[kind] = hits.get(kind, 0) + (found > 0)
    asking, peak_asking = cpu(pid) - before, memory(pid, "VmHWM")
    for kind in KINDS:
        some = kinds.get(kind, [0])
        print(
            f"# {kind:9} {len(some):4} asked, {hits.get(kind, 0):4} found something, median "
            f"{statistics.median(some) * 1000:.1f} ms, slowest {max(some) * 1000:.1f} ms"
        )

    begun = time.monotonic()
    server.api("POST", "/api/v1/statuses", {"status": "a quite unheardofword"})
    fresh = wait_for(lambda: ask(server, keep, "unheardofword", "")[1], 30) and time.monotonic() - begun
    server.stop()
    mb = 1 << 20
    judge(
        report,
        [
            ("search, p99", percentile(times, 0.99), "ms", 50, not given.quick),
            ("search, median", percentile(times, 0.5), "ms", None, False),
            ("search, slowest", max(times) * 1000, "ms", None, False),
            ("CPU seconds per 1,000 searches", asking / given.questions * 1000, "s", None, False),
            ("the index adds to the data folder", 100 * (whole - without) / without, "%", 25, True),
            ("the data folder without it", without / mb, "MB", None, False),
            ("all posts are indexed after", indexing, "s", None, False),
            ("CPU milliseconds per post indexed, start included", spent / posts * 1000, "ms", None, False),
            ("resident memory while indexing, above idle", peak_indexing - cold, "MB", 2, True),
            ("resident memory while searching, above idle", peak_asking - idle, "MB", 1, True),
            ("the same above a server that was never asked", peak_asking - cold, "MB", None, False),
            ("resident when idle", idle, "MB", None, False),
            ("an own post is found after", fresh, "s", 5, True),
        ],
    )
    with report("the database is whole"):
        assert server.integrity() == "ok", server.integrity()
    report.end()


def people(path):
    """(name, host) of some authors."""
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return db.execute("SELECT username, domain FROM actors WHERE domain IS NOT NULL LIMIT 500").fetchall()
    finally:
        db.close()


main()
