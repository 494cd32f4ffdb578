#!/usr/bin/env python3
"""Every document of real servers, each of its fields in turn spoilt: nothing breaks, nothing grows.

The samples are moved to hosts on loopback and delivered once for every field and everything that can be done
to it: removed, null, a number, another type, 100 KB long, nested 200 deep, wrapped in a list. Then: it is the
same process, each answer was 202 or a refusal with its reason, memory is what it was before, and
the data folder has grown by what was kept and no more.
"""

import collections
import multiprocessing
import os
import re
import sqlite3
import time

from instance import SKIPPED, Instance, arguments, scratch
from mutation_neighbours import Neighbours
from mutation_samples import FOLDER
from report import Report, expect
from usage import kilobytes

# Most that memory may have grown by afterwards, in KB.
MEMORY = 6_144
# Most that one delivery may leave on disk on average, in bytes.
PER_DELIVERY = 4_096
# Longest text in a column, in characters: texts of posts and people, and all else.
LONGEST_TEXT, LONGEST = 262_144, 16_384
TEXTS = {"statuses.content", "status_edits.content", "actors.summary", "inbound.body", "outbox.body"}


def size(server):
    """Bytes that the database uses, the log in front of it included; media are not fetched here."""
    total = 0
    for path in server.databases():
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as db:
            pages, free, page = (
                db.execute(f"PRAGMA {name}").fetchone()[0]
                for name in ("page_count", "freelist_count", "page_size")
            )
            total += (pages - free) * page
        db.close()
    return total


def work(given, number, ready, go, results):
    """One process with neighbours of its own; `given` is what Neighbours wants and which part is its turn."""
    neighbours = Neighbours(*given[:-2])
    neighbours.warm_up()
    ready.release()
    go.wait()
    part, parts = given[-2:]
    fault = ""
    try:
        neighbours.answers.clear()
        neighbours.spoil(part, parts)
    except Exception as problem:  # a server that is gone is what this is about
        fault = f"{type(problem).__name__}: {problem}"
    results.put(
        (
            neighbours.answers,
            neighbours.wrong,
            neighbours.silent,
            neighbours.reasons,
            neighbours.slowest,
            fault,
        )
    )


def spoil_all(server, owner, post, part, parts):
    """Runs as many processes as there are processors; -> what they counted, memory and size before."""
    context = multiprocessing.get_context("fork")
    count = max(2, min(4, os.cpu_count() or 2))
    ready, go, results = context.Semaphore(0), context.Event(), context.SimpleQueue()
    inbox = server.actor()["inbox"].removeprefix(server.url)
    workers = []
    for n in range(count):
        given = (inbox, server.domain, server.port, owner, post, part * count + n, parts * count)
        workers.append(context.Process(target=work, args=(given, n, ready, go, results), daemon=True))
        workers[-1].start()
    for _ in workers:
        assert ready.acquire(timeout=60), "the samples as they are did not come through"
    before = kilobytes(server.process.pid), size(server)
    go.set()
    counted = [results.get() for _ in workers]
    for w in workers:
        w.join(30)
    return counted, before


def longest_texts(server):
    """The longest text of each column of the database; bytes, longest first."""
    found = []
    for path in server.databases():
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as db:
            tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
            for (table,) in db.execute(tables).fetchall():
                for column in [row[1] for row in db.execute(f'PRAGMA table_info("{table}")')]:
                    longest = db.execute(f'SELECT max(length("{column}")) FROM "{table}"').fetchone()[0]
                    found.append((longest or 0, f"{table}.{column}"))
        db.close()
    return sorted(found, reverse=True)


def main():
    given = arguments(__doc__, ("--part", dict(default="1/1", help="N/M: the Nth of M parts")))
    part, parts = (int(x) for x in given.part.split("/"))
    if not FOLDER.is_dir():
        print(f"{FOLDER} is not there: ISLET_SHARED says where to look")
        raise SystemExit(SKIPPED)
    report, folder = Report(), scratch(given.keep)
    server = Instance(given.islet, folder / "data").init().start()
    owner, pid = server.actor()["id"], server.process.pid
    post = server.api("POST", "/api/v1/statuses", {"status": "Here I am"}).json()["uri"]
    started = time.monotonic()
    counted, (memory_before, size_before) = spoil_all(server, owner, post, part - 1, parts)
    took = time.monotonic() - started
    answers = sum((c[0] for c in counted), collections.Counter())
    total = sum(answers.values())

    with report(f"every document, every field spoilt, part {given.part}") as seen:
        seen += [f"{total} deliveries in {took:.0f} s", dict(sorted(answers.items()))]
        seen += [f"slowest {max(c[4] for c in counted)}"]
        faults = [c[5] for c in counted if c[5]]
        assert not faults, f"{faults}; {server.last_words(20)}"
        assert total > 20_000 / parts, f"only {total}"
        assert answers[202] > total / 3, "hardly any was taken, so hardly any was read"

    with report("it is the same process, and well"):
        expect(server.process.poll(), None, "its exit status")
        expect(server.process.pid, pid)
        expect(server.is_up(), True)
        expect(server.api("GET", "/api/v1/timelines/home").status, 200)

    with report("each is taken or refused, and refused with a reason") as seen:
        wrong = [w for c in counted for w in c[1]]
        silent = [s for c in counted for s in c[2]]
        seen += [f"{len(sum((c[3] for c in counted), collections.Counter()))} kinds of reasons"]
        kinds = collections.Counter((name.rsplit("/", 1)[-1], *rest) for name, *rest in wrong)
        assert not wrong, f"{len(wrong)} answered otherwise: {kinds.most_common(8)}; one is {wrong[0][0]}"
        assert not silent, f"{len(silent)} refused without a word: {silent[:5]}"

    with report("the log says why not") as seen:
        lines = server.log.read_text(errors="replace").splitlines()
        refusals = [line for line in lines if re.search(r"refused|dropped|not kept|ignored", line)]
        refused = total - answers[202]
        seen += [f"{refused} refused, {len(refusals)} lines of {len(lines)}"]
        assert len(refusals) >= refused, f"{refused} were refused, {len(refusals)} lines say so"

    with report(f"memory is at most {MEMORY} KB above what it was") as seen:
        # What was freed goes back to the system with the next quiet moment.
        time.sleep(3)
        now = kilobytes(server.process.pid)
        seen += [f"{memory_before} KB before, {now} KB after"]
        assert now - memory_before <= MEMORY, f"{memory_before} KB before, {now} KB after"

    with report(f"no more than {PER_DELIVERY} bytes are kept of each") as seen:
        grown = size(server) - size_before
        seen += [f"{grown // 1024} KB for {total}"]
        assert grown <= total * PER_DELIVERY, f"{grown // 1024} KB for {total}"

    with report("what is kept has an end in every column"):
        long = [(c, n) for n, c in longest_texts(server) if n > (LONGEST_TEXT if c in TEXTS else LONGEST)]
        assert not long, f"{long}"

    with report("the database is whole after the stop"):
        expect(server.stop(), 0, "exit status")
        expect(server.integrity(), "ok")
    report.end()


main()
