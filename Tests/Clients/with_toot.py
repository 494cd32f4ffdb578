"""The program `toot`, driven through its command line as its user does, signed in through its own `toot
login`.
"""

import json
import os
import pathlib
import select
import subprocess
import sys
import time

import authorization_page
import pictures
import with_toot_more
from instance import wait_for
from report import expect


class Toot:
    """The program with a configuration of its own."""

    def __init__(self, folder):
        self.folder, self.called = folder, set()
        self.program = pathlib.Path(sys.executable).with_name("toot")
        self.environment = os.environ | {
            "XDG_CONFIG_HOME": str(folder / "config"),
            "XDG_CACHE_HOME": str(folder / "cache"),
            "PYTHONIOENCODING": "utf-8",
            "COLUMNS": "200",
            # What it asks is written down.
            "PYTHONPATH": str(pathlib.Path(__file__).resolve().parent / "recorded"),
        }

    def __call__(self, *words):
        self.called |= {words[0], " ".join(words[:2])}
        ended = subprocess.run(
            [str(self.program), *words],
            capture_output=True,
            text=True,
            timeout=60,
            env=self.environment,
            stdin=subprocess.DEVNULL,
        )
        assert (
            ended.returncode == 0
        ), f"toot {' '.join(words)}: exit {ended.returncode}: {(ended.stderr or ended.stdout).strip()[-300:]}"
        return ended.stdout

    def json(self, *words):
        return json.loads(self(*words, "--json"))

    def login(self, server):
        """`toot login` prints an address and waits for the code that the page there shows."""
        process = subprocess.Popen(
            [str(self.program), "login", "--instance", server.url],
            stdin=subprocess.PIPE,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=self.environment,
        )
        self.called.add("login")
        try:
            said, end = "", time.monotonic() + 30
            while "Open link" not in said:
                ready, _, _ = select.select([process.stdout], [], [], max(end - time.monotonic(), 0))
                piece = os.read(process.stdout.fileno(), 4096).decode() if ready else ""
                assert piece, f"toot login said only: {said}"
                said += piece
            address = next(
                line for line in said.splitlines() if line.startswith(server.url + "/oauth/authorize")
            )
            came = authorization_page.walk(address, server.username, server.password)
            rest, _ = process.communicate(f"n\n{came['code']}\n", timeout=60)
            assert process.returncode == 0 and "Successfully logged in" in rest, rest[-300:]
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()


def using(report, server, neighbour, you, folder):
    """`you` is the neighbour's Mastodon.py client."""
    toot, you_at = Toot(folder), f"{neighbour.username}@{neighbour.domain}"
    with report("toot login, by the authorisation page"):
        toot.login(server)
        assert f"{server.username}@{server.domain}" in toot("auth")
    with report("toot whoami, instance"):
        expect(toot.json("whoami")["username"], server.username)
        assert "@" + server.username in toot("whoami")
        assert server.domain in toot("instance")
    first = reply = None
    with report("toot post, reply"):
        first = toot.json("post", "posted with toot")["id"]
        reply = toot.json(
            "post", "--reply-to", first, "--visibility", "unlisted", "--spoiler-text", "warned", "a reply"
        )["id"]
        assert "Toot posted: " + server.url in toot("post", "plain words")
    with report("toot timelines home and account, status, thread"):
        home = toot.json("timelines", "home", "--no-pager", "--limit", "10")
        assert {first, reply} <= {s["id"] for s in home}
        assert "posted with toot" in toot("timelines", "home", "--no-pager", "--no-clear")
        assert "posted with toot" in toot("timelines", "account", "--no-pager", "--no-clear", server.username)
        assert "posted with toot" in toot("status", first)
        expect([s["id"] for s in toot.json("thread", first)["descendants"]], [reply])
        assert "a reply" in toot("thread", first)
    for verb, undo, mark in (
        ("favourite", "unfavourite", "favourited"),
        ("reblog", "unreblog", "reblogged"),
        ("bookmark", "unbookmark", "bookmarked"),
    ):
        with report(f"toot {verb}, {undo}"):
            toot(verb, first)
            expect(toot.json("status", first)[mark], True)
            toot(undo, first)
            expect(toot.json("status", first)[mark], False)
    with report("toot reblogged-by"):
        toot("reblog", first)
        assert server.username in toot("reblogged-by", first)
        toot("unreblog", first)
    with report("toot upload, and post with a picture"):
        (folder / "toot.png").write_bytes(pictures.png())
        up = toot.json("upload", str(folder / "toot.png"), "--description", "red")
        expect((up["type"], up["description"]), ("image", "red"))
        post = toot.json(
            "post", "--media", str(folder / "toot.png"), "--description", "still red", "a picture"
        )
        expect([m["description"] for m in post["media_attachments"]], ["still red"])
    with report("toot search --resolve finds the neighbour, whois shows it"):
        expect(
            [
                a["acct"]
                for a in toot.json("search", "--resolve", "--type", "accounts", "@" + you_at)["accounts"]
            ],
            [you_at],
        )
        assert you_at in toot("search", "--resolve", "@" + you_at)
        assert you_at in toot("whois", you_at)
    with report("toot follow, following"):
        toot("follow", you_at)
        assert wait_for(lambda: you_at in toot("following"), 30, every=0.2), "not accepted"
        post = you.status_post("seen by toot")
        assert wait_for(
            lambda: "seen by toot" in toot("timelines", "home", "--no-pager", "--no-clear"), 30, every=0.2
        ), "not arrived"
        you.status_delete(post.id)
    with report("toot notifications"):
        me_at = f"{server.username}@{server.domain}"
        you.status_post(f"@{me_at} hello toot")
        assert wait_for(
            lambda: "hello toot" in toot("notifications"), 30, every=0.2
        ), "the mention is not shown"
        assert any(n["type"] == "mention" for n in toot.json("notifications", "--type", "mention"))
    with report("toot unfollow, delete"):
        toot("unfollow", you_at)
        assert you_at not in toot("following")
        toot("delete", first)
        assert first not in {s["id"] for s in toot.json("timelines", "home", "--no-pager", "--limit", "40")}
    try:
        with_toot_more.using(report, toot, server, neighbour, you)
    except Exception as problem:  # what stood on a check that failed
        with report("toot: the commands after it"):
            raise problem
    with report("toot logout"):
        assert "logged out" in toot("logout", f"{server.username}@{server.domain}")
    with_toot_more.judge(report, toot)
