#!/usr/bin/env python3
"""Kills the server again and again while it takes posts in and sends posts out; nothing acknowledged may be
lost.

Each round starts it, lets two authors post signed notes to its inbox and the owner post through the API,
and sends SIGKILL after a random number of acknowledgements. Then: every activity that got a 202 stands
exactly once in the home timeline, every post that got a 200 reaches every follower's inbox, and none
reaches an inbox twice, but for those where the kill fell between the peer's 2xx and its record: these are
counted and printed.
"""

import collections
import http.client
import random
import signal
import threading
import time

from instance import Instance, arguments, scratch, wait_for
from report import Report, expect
from stranger import Stranger

# A second copy is excused where the first was answered this close to a kill, in seconds: before it, and the
# record was not yet made; after it, and the request was still under way to us.
WINDOW = 1.0


class Round:
    """What happens between a start and its kill."""

    def __init__(self, enough):
        self.enough, self.acknowledged, self.over = enough, 0, threading.Event()
        self.changed = threading.Condition()

    def count(self):
        with self.changed:
            self.acknowledged += 1
            self.changed.notify_all()

    def wait(self, seconds):
        with self.changed:
            return self.changed.wait_for(lambda: self.acknowledged >= self.enough, seconds)


class Author:
    """Posts notes to the inbox; what got no answer is sent again in the next round, as a real peer would."""

    def __init__(self, stranger, name, inbox):
        self.stranger, self.name, self.inbox = stranger, name, inbox
        self.number, self.open, self.taken, self.refused = 0, [], [], collections.Counter()

    def work(self, port, turn):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            while not turn.over.is_set():
                if not self.open:
                    self.number += 1
                    self.open.append(self.stranger.create(self.name, self.number))
                status = self.stranger.post(self.inbox, self.name, self.open[0], keep=connection)
                if status != 202:
                    self.refused[status] += 1
                    return
                self.taken.append(self.open.pop(0)["object"]["id"])
                turn.count()
        except (OSError, http.client.HTTPException):
            pass  # the kill
        finally:
            connection.close()


class Owner:
    """Posts through the API; a post without an answer is not repeated, so it may have happened or not."""

    def __init__(self, server):
        self.server, self.number, self.posted, self.refused = server, 0, [], collections.Counter()

    def work(self, port, turn):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            while not turn.over.is_set():
                self.number += 1
                answer = self.server.api(
                    "POST", "/api/v1/statuses", {"status": f"post {self.number}"}, keep=connection
                )
                if answer.status != 200:
                    self.refused[answer.status] += 1
                    return
                self.posted.append(answer.json()["uri"])
                turn.count()
        except (OSError, http.client.HTTPException):
            pass  # the kill
        finally:
            connection.close()


def one_round(server, workers, dice):
    turn = Round(enough=dice.randint(1, 40))
    threads = [threading.Thread(target=w.work, args=(server.port, turn), daemon=True) for w in workers]
    for t in threads:
        t.start()
    turn.wait(20)
    threading.Event().wait(dice.uniform(0, 0.03))  # anywhere inside the next exchanges
    killed = time.monotonic()
    server.stop(signal.SIGKILL)
    turn.over.set()
    for t in threads:
        t.join(35)
    return killed, turn.acknowledged


def missing_from_home(server, wanted, most_pages=250):
    """Which of these URIs are not in the home timeline, and which stand there more than once."""
    left, seen, pages = set(wanted), collections.Counter(), 0

    def enough(page):
        nonlocal pages
        pages += 1
        seen.update(post["uri"] for post in page)
        left.difference_update(post["uri"] for post in page)
        return not left or pages >= most_pages

    server.home(stop=enough)
    return sorted(left), sorted(uri for uri, n in seen.items() if n > 1)


def copies(strangers, kills):
    """-> (unexcused, excused, arrivals by (inbox, object)); excused: a kill fell beside the one before."""
    by_inbox = collections.defaultdict(list)
    for stranger in strangers:
        for a in stranger.taken():
            if a.activity.get("type") == "Create" and not a.fault:
                by_inbox[a.inbox, a.object_id].append(a)
    unexcused, excused = [], []
    for key, arrivals in by_inbox.items():
        for before, after in zip(arrivals, arrivals[1:]):
            done = before.answered or before.at
            good = any(abs(done - k) <= WINDOW and k < after.at for k in kills)
            (excused if good else unexcused).append((key, round(after.at - before.at, 3)))
    return unexcused, excused, by_inbox


def main():
    given = arguments(
        __doc__,
        ("--rounds", dict(type=int, default=20)),
        ("--seed", dict(type=int, default=1)),
    )
    dice, report, folder = random.Random(given.seed), Report(), scratch(given.keep)
    # One host with a shared inbox, two without: five inboxes for six followers.
    strangers = [
        Stranger(["ann", "bob"], shared_inbox=True),
        Stranger(["cyd", "dan"]),
        Stranger(["eve", "fay"]),
    ]
    server = Instance(given.islet, folder / "data").init().start()
    server.api("PATCH", "/api/v1/accounts/update_credentials", {"locked": "false"})
    actor, inbox = server.actor()["id"], server.actor()["inbox"]

    with report("followers and followed are set up"):
        for s in strangers:
            for name in s.names:
                expect(s.follow(name, actor, inbox), 202, f"Follow of {name}")
        accepted = wait_for(
            lambda: all(
                sum(a.activity.get("type") == "Accept" and not a.fault for a in s.taken()) == len(s.names)
                for s in strangers
            ),
            30,
        )
        assert accepted, "not every Follow was accepted"
        for s in strangers[:2]:
            server.follow(f"{s.names[0]}@{s.host}")
    if report.failed:
        report.end()

    authors = [Author(s, s.names[0], inbox) for s in strangers[:2]]
    owner, kills, lost, doubled, checked = Owner(server), [], [], [], 0
    with report(f"{given.rounds} kills (seed {given.seed}): every 202 is in the home timeline, once") as seen:
        for _ in range(given.rounds):
            done = [len(a.taken) for a in authors]
            killed, _ = one_round(server, [*authors, owner], dice)
            kills.append(killed)
            server.start()
            new = [uri for a, n in zip(authors, done) for uri in a.taken[n:]]
            checked += len(new)
            gone, twice = missing_from_home(server, new)
            lost += gone
            doubled += twice
        seen += [f"{checked} activities"]
        refused = sum((a.refused for a in authors), collections.Counter())
        assert not refused, f"the inbox answered {dict(refused)}"
        assert not lost, f"{len(lost)} of {checked} lost: {lost[:3]}"
        assert not doubled, f"{len(doubled)} stand twice: {doubled[:3]}"
        assert checked >= given.rounds, f"only {checked} activities were taken in {given.rounds} rounds"

    inboxes = {s.inbox_of(name) for s in strangers for name in s.names}
    with report(f"every post that got a 200 reaches all {len(inboxes)} inboxes") as seen:

        def still_missing():
            arrived = set(copies(strangers, kills)[2])
            return [(i, uri) for uri in owner.posted for i in inboxes if (i, uri) not in arrived]

        wait_for(lambda: not still_missing(), 120, every=0.5)
        missing = still_missing()
        seen += [f"{len(owner.posted)} posts"]
        assert not owner.refused, f"the API answered {dict(owner.refused)}"
        assert (
            not missing
        ), f"{len(missing)} of {len(owner.posted) * len(inboxes)} deliveries missing: {missing[:3]}"
        assert len(owner.posted) >= given.rounds, f"only {len(owner.posted)} posts in {given.rounds} rounds"

    with report("none reaches an inbox twice, but where a kill fell between the 2xx and its record") as seen:
        unexcused, excused, by_inbox = copies(strangers, kills)
        seen += [f"{len(excused)} such of {sum(map(len, by_inbox.values()))} deliveries"]
        assert not unexcused, f"{len(unexcused)} twice without a kill to excuse them: {unexcused[:3]}"

    with report("nothing unsigned or wrongly signed was sent"):
        faults = [(a.inbox, a.fault) for s in strangers for a in s.taken() if a.fault]
        assert not faults, f"{len(faults)}: {faults[:3]}"

    with report("the database is whole after the last stop"):
        expect(server.stop(), 0, "exit status")
        expect(server.integrity(), "ok")
    report.end()


main()
