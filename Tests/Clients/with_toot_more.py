"""The commands of `toot` beside the daily ones of with_toot.py, and the count of them all."""

import re

import pictures
from instance import wait_for
from report import expect

# Why a command is not called.
NOT_CALLED = {
    "login_cli": "signs in with a password in a terminal, which Mastodon has given up too",
    "timeline": "the older name of `timelines`",
    "tui": "needs a screen",
}


def using(report, toot, server, neighbour, you):
    you_at = f"{neighbour.username}@{neighbour.domain}"
    me_at = f"{server.username}@{server.domain}"
    with report("toot activate, diag"):
        toot("activate", me_at)
        assert "toot" in toot("diag")
    post = toot.json("post", "#tooted today")["id"]
    with report("toot bookmarks, timelines favourites"):
        toot("bookmark", post)
        assert "#tooted" in toot("bookmarks")
        toot("favourite", post)
        expect([s["id"] for s in toot.json("timelines", "favourites", "--no-pager", "--limit", "1")], [post])
    with report("toot pin, unpin"):
        toot("pin", post)
        expect(toot.json("status", post)["pinned"], True)
        toot("unpin", post)
        expect(toot.json("status", post)["pinned"], False)
    with report("toot timelines tag, public, link, trending"):
        expect([s["id"] for s in toot.json("timelines", "tag", "tooted", "--no-pager", "--limit", "1")], [post])
        assert post in [s["id"] for s in toot.json("timelines", "public", "--no-pager", "--limit", "10")]
        expect(toot.json("timelines", "link", "https://example.org/", "--no-pager"), [])
        expect(toot.json("timelines", "trending", "--no-pager"), [])
    with report("toot block, blocked, unblock, mute, muted, unmute"):
        for verb, listing in (("block", "blocked"), ("mute", "muted")):
            toot(verb, you_at)
            assert you_at in toot(listing)
            toot("un" + verb, you_at)
            assert you_at not in toot(listing)
    with report("toot follow-requests list, reject, accept; followers"):
        toot("update-account", "--locked")
        here = you.search_v2("@" + me_at, resolve=True, result_type="accounts").accounts[0]
        you.account_unfollow(here.id)
        for answer in ("reject", "accept"):
            you.account_follow(here.id)
            assert wait_for(lambda: you_at in toot("follow-requests", "list"), 30, every=0.3), "no request"
            toot("follow-requests", answer, you_at)
            assert you_at not in toot("follow-requests", "list")
        assert you_at in toot("followers")
    with report("toot update-account"):
        toot("update-account", "--display-name", "Tooter", "--note", "from a terminal", "--no-locked")
        toot("update-account", "--privacy", "unlisted", "--language", "de", "--sensitive", "--bot")
        shown = toot.json("whoami")
        expect((shown["display_name"], shown["source"]["note"]), ("Tooter", "from a terminal"))
        expect((shown["bot"], shown["locked"], shown["source"]["privacy"]), (True, False, "unlisted"))
        (toot.folder / "face.png").write_bytes(pictures.png())
        toot("update-account", "--avatar", str(toot.folder / "face.png"), "--no-bot")
        assert "missing" not in toot.json("whoami")["avatar"]
        toot("update-account", "--privacy", "public", "--no-sensitive")
    with report("toot polls show, vote"):
        own = toot.json("post", "tea?", "--poll-option", "yes", "--poll-option", "no")["poll"]["id"]
        assert "yes" in toot("polls", "show", own)
        asked = you.status_post(f"@{me_at} coffee?", poll=you.make_poll(["black", "white"], 600))
        found = lambda: [
            n["status"]
            for n in toot.json("notifications", "--type", "mention")
            if n["status"]["uri"] == asked.uri
        ]
        assert wait_for(found, 30, every=0.3), "it did not arrive"
        poll = found()[0]["poll"]["id"]
        toot("polls", "vote", poll, "0")
        expect(toot.json("polls", "show", poll)["own_votes"], [0])
    with report("toot tags follow, followed, unfollow, feature, featured, unfeature, info"):
        toot("tags", "follow", "tooted")
        assert "tooted" in toot("tags", "followed")
        toot("tags", "unfollow", "tooted")
        toot("tags", "feature", "tooted")
        assert "tooted" in toot("tags", "featured")
        toot("tags", "unfeature", "tooted")
        assert "tooted" in toot("tags", "info", "tooted")
    with report("toot lists create, list, add, accounts, remove, delete; timelines list"):
        toot("lists", "create", "terminal")
        assert "terminal" in toot("lists", "list")
        toot("follow", you_at)
        assert wait_for(lambda: you_at in toot("following"), 30, every=0.3), "not accepted"
        toot("lists", "add", "terminal", you_at)
        assert you_at in toot("lists", "accounts", "terminal")
        toot("timelines", "list", "terminal", "--no-pager", "--no-clear")
        toot("lists", "remove", "terminal", you_at)
        toot("lists", "delete", "terminal")
        assert "terminal" not in toot("lists", "list")
    with report("toot post for tomorrow"):
        assert "scheduled" in toot("post", "later", "--scheduled-in", "1 day").lower()


def judge(report, toot):
    """Each command that `toot --help` names was called, or there is a reason."""
    with report("toot: each command was called, or there is a reason"):
        commands = set()
        for name in _commands(toot("--help")):
            deeper = _commands(toot(name, "--help"))
            commands |= {f"{name} {each}" for each in deeper} or {name}
        expect(sorted(commands - toot.called - NOT_CALLED.keys()), [], "neither called nor excused")
        expect(sorted(NOT_CALLED.keys() - commands), [], "excused and unknown")


def _commands(text):
    """The names under `Commands:` in a help text; the words that go on in the next line stand deeper."""
    _, _, listed = text.partition("\nCommands:\n")
    return re.findall(r"^  (\S+)", listed, re.MULTILINE)
