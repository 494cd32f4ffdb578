#!/usr/bin/env python3
"""Fills the data folder of a stopped islet as months of following people would: `fill(folder, posts=100_000)`.

The rows are those that the program writes for a Create(Note) that came; tables and columns are those of the
database at hand, so the folder must have been made by `islet init` of the program that is measured.
"""

import argparse
import json
import pathlib
import sqlite3
import time

from corpus import Corpus

DAY = 86_400_000


def fnv(text):
    """`URIHash`: the 64 bits of an address that indexes hold."""
    value = 0xCBF29CE484222325
    for byte in text.encode():
        value = ((value ^ byte) * 0x100000001B3) & 0xFFFF_FFFF_FFFF_FFFF
    return value - (1 << 64) if value >> 63 else value


class Table:
    """Gathers rows of one table; what this database has no table or column for is left out."""

    def __init__(self, db, name):
        known = [row[1] for row in db.execute(f"PRAGMA table_info({name})")]
        self.db, self.name, self.known, self.rows, self.sql = db, name, known, [], None

    def add(self, **values):
        values = {key: value for key, value in values.items() if key in self.known}
        if not values:
            return
        if self.sql is None:
            marks = ", ".join("?" * len(values))
            self.sql = f"INSERT OR IGNORE INTO {self.name} ({', '.join(values)}) VALUES ({marks})"
        self.rows.append(tuple(values.values()))

    def flush(self):
        if self.rows:
            self.db.executemany(self.sql, self.rows)
        self.rows = []


class Filling:
    """The people, posts and what belongs to them, one after the other in the order of time."""

    def __init__(self, db, seed, people, followed, hosts, days, until):
        self.db, self.days = db, days
        self.until = until or int(time.time() * 1000)
        self.start = self.until - days * DAY
        self.running = 0
        handles = [(f"person{n}", f"host{n % hosts}.example") for n in range(people)]
        self.corpus = Corpus(seed, handles)
        self.random = self.corpus.random
        self.owner = db.execute("SELECT actor FROM owner").fetchone()[0]
        names = ("actors", "statuses", "home", "mentions", "hashtags", "status_hashtags", "attachments")
        more = ("following", "polls", "poll_options", "hosts", "inboxes", "search_docs", "search_people_changed")
        self.tables = {name: Table(db, name) for name in names + more}
        self.document = 0
        if "search_docs" in [row[0] for row in db.execute("SELECT name FROM sqlite_schema")]:
            self.document = db.execute("SELECT ifnull(max(doc), 0) FROM search_docs").fetchone()[0]
        self.hashtags = {}
        self.people = self.make_people(handles, min(followed, people), hosts)

    def id(self, moment):
        self.running = (self.running + 1) & 0xFFFF
        return moment << 16 | self.running

    def make_people(self, handles, followed, hosts):
        first = self.db.execute("SELECT ifnull(max(id), 0) FROM inboxes").fetchone()[0] + 1
        first_host = self.db.execute("SELECT ifnull(max(id), 0) FROM hosts").fetchone()[0] + 1
        for n in range(hosts):
            self.tables["hosts"].add(id=first_host + n, name=f"host{n}.example")
            self.tables["inboxes"].add(id=first + n, host=first_host + n, url=f"https://host{n}.example/inbox")
        people = []
        for n, (name, host) in enumerate(handles):
            id, uri = self.id(self.start - DAY + n), f"https://{host}/users/{name}"
            language = self.corpus.language()
            self.tables["actors"].add(
                id=id, uri_hash=fnv(uri), uri=uri, username=name, domain=host,
                name=self.corpus.text(language, 12), summary=f"<p>{self.corpus.text(language, 160)}</p>",
                url=f"https://{host}/@{name}", inbox=None, shared_inbox=first + n % hosts,
                followers_uri=f"{uri}/followers", key_id=f"{uri}#main-key", key_pem="-----BEGIN" + "k" * 440,
                avatar=f"https://{host}/system/accounts/avatars/{id}/original/{fnv(uri) & 0xFFFFFFFF:x}.png",
                statuses_count=100, followers_count=50, following_count=50, last_status_at=self.start,
                created_at=self.start - 400 * DAY, fetched_at=self.until, outbox_uri=f"{uri}/outbox",
            )  # fmt: skip
            self.tables["search_people_changed"].add(actor=id)
            if n < followed:
                self.tables["following"].add(actor=id, uri=f"https://own.example/follows/{id}", accepted=1)
            people.append(id)
        self.followed = set(people[:followed])
        return people

    def post(self, moment, parents):
        author = min(int(self.random.paretovariate(0.7)) - 1, len(self.people) - 1)
        author = (author * 7) % len(self.people) if self.random.random() < 0.5 else author
        id, actor, (name, host) = self.id(moment), self.people[author], self.corpus.people[author]
        language, content, named, hashtags = self.corpus.post()
        uri = f"https://{host}/users/{name}/statuses/{id}"
        parent = self.random.choice(parents) if parents and self.random.random() < 0.3 else None
        self.document += 1
        self.tables["statuses"].add(
            id=id, uri_hash=fnv(uri), uri=uri, actor=actor, created_at=moment,
            visibility=self.random.choices((0, 1, 2, 3), (80, 12, 7, 1))[0],
            in_reply_to=parent and parent[0], in_reply_to_actor=parent and parent[1],
            sensitive=int(warned := self.random.random() < 0.06),
            spoiler=self.corpus.text(language, 20) if warned else None, content=content,
            url=f"https://{host}/@{name}/{id}", language=language if self.random.random() < 0.9 else None,
            conversation=f"tag:{host},2026-01-01:objectId={id & 0xFFFFFFFF}:objectType=Conversation",
            policy=None, replies="/replies", told_likes=0, told_shares=0, doc=self.document,
        )  # fmt: skip
        self.tables["search_docs"].add(doc=self.document, status=id)
        if actor in self.followed:
            self.tables["home"].add(id=id)
        for one in named:
            self.tables["mentions"].add(status=id, actor=self.people[one])
        for tag in hashtags:
            if tag not in self.hashtags:
                self.hashtags[tag] = len(self.hashtags) + 1
                self.tables["hashtags"].add(id=self.hashtags[tag], name=tag)
            self.tables["status_hashtags"].add(hashtag=self.hashtags[tag], status=id)
        if self.random.random() < 0.25:
            for position in range(self.random.choice([1, 1, 1, 2, 4])):
                self.attach(id, position, host, moment, language)
        if self.random.random() < 0.01:
            self.tables["polls"].add(
                status=id, multiple=0, ends_at=moment + DAY, closed=1, voters=5, read_at=moment
            )
            for position in range(3):
                self.tables["poll_options"].add(
                    status=id, position=position, name=self.corpus.text(language, 15), votes=position
                )
        parents.append((id, actor))
        if len(parents) > 200:
            parents.pop(0)

    def attach(self, id, position, host, moment, language):
        number = self.id(moment)
        self.tables["attachments"].add(
            id=number, status=id, position=position, kind=self.random.choices((1, 2, 3, 4), (90, 3, 5, 2))[0],
            media_type="image/jpeg",
            remote_url=f"https://{host}/system/media_attachments/files/{number}/original/{number & 0xFFFFFFF:x}.jpg",
            description=self.corpus.text(language, 110) if self.random.random() < 0.5 else None,
            width=1_600, height=1_200, blurhash="UBL_:rOpGG-oBUNG,qRj2so|=eE1w^n4S5NH", created_at=moment,
        )  # fmt: skip

    def boost(self, moment, of):
        author = self.random.choice(sorted(self.followed) or self.people)
        id, uri = self.id(moment), f"https://host0.example/users/booster/statuses/{moment}/activity"
        self.boosts.add(
            id=id, uri_hash=fnv(uri), uri=uri, actor=author, created_at=moment, visibility=0, reblog_of=of
        )
        self.tables["home"].add(id=id)

    def run(self, posts, boosts):
        parents, self.boosts = [], Table(self.db, "statuses")
        for n in range(posts):
            moment = self.start + n * self.days * DAY // max(posts, 1)
            self.post(moment, parents)
            if self.random.random() < boosts:
                self.boost(moment + 1, self.random.choice(parents)[0])
            if n % 2_000 == 1_999:
                self.flush()
        self.flush()

    def flush(self):
        for table in [*self.tables.values(), self.boosts]:
            table.flush()


def fill(folder, posts=100_000, people=3_000, followed=300, hosts=400, boosts=0.0, days=120, seed=1, until=None):
    """Adds `posts` posts, and `boosts` times as many boosts, to the database in `folder`; -> what it has then.

    Times are milliseconds since 1970; the newest post is from `until`, by default from now.
    """
    path = next(p for p in pathlib.Path(folder).iterdir() if p.is_file() and p.suffix == ".db")
    db = sqlite3.connect(path)
    try:
        filling = Filling(db, seed, people, followed, hosts, days, until)
        filling.run(posts, boosts)
        db.execute(
            "UPDATE actors SET following_count = (SELECT count(*) FROM following) WHERE id = ?", (filling.owner,)
        )
        db.commit()
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        count = lambda table: db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        return {table: count(table) for table in ("statuses", "home", "actors", "hashtags", "attachments")}
    finally:
        db.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("folder", help="data folder of an islet that is not running")
    for name, kind, usual in (
        ("posts", int, 100_000), ("people", int, 3_000), ("followed", int, 300), ("hosts", int, 400),
        ("boosts", float, 0.0), ("days", int, 120), ("seed", int, 1),
    ):  # fmt: skip
        parser.add_argument(f"--{name}", type=kind, default=usual)
    given = vars(parser.parse_args())
    print(json.dumps(fill(given.pop("folder"), **given)))


if __name__ == "__main__":
    main()
