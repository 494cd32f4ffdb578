#!/usr/bin/env python3
"""What scripts rely on: exit statuses, one-line errors, file modes, and few threads."""

import json
import socket
import sqlite3
import stat
import time

from instance import Instance, arguments, free_port, request, scratch, wait_for
from report import Report, expect


def short(text, *words):
    """Errors are one or two lines, say what it was, and are no stack trace."""
    lines = text.strip().splitlines()
    assert 1 <= len(lines) <= 2, f"{len(lines)} lines: {text[:300]!r}"
    for word in words:
        assert str(word) in text, f"{word!r} is not in {text.strip()!r}"


def check_connections(report, server, folder, data):
    """Files of connections: what works without a server, and what says that it needs one."""
    with report("export: Mastodon's columns on standard output, or a file for each kind"):
        ended = server.run("export", "follows", *data)
        expect(ended.returncode, 0)
        expect(ended.stdout, "Account address,Show boosts,Notify on new posts,Languages\n")
        out = folder / "files"
        expect(server.run("export", "all", *data, "--output", str(out)).returncode, 0)
        names = "blocked_accounts blocked_domains bookmarks filters following_accounts lists muted_accounts"
        expect(sorted(path.stem for path in out.iterdir()), names.split())
        old = out / "following_accounts.csv"
        old.write_text("old and longer than what is there now\n" * 9)
        for there in (folder / "nowhere", out):
            wrong = ["--data", str(there), "--output"]
            assert server.run("export", "follows", *wrong, str(old)).returncode != 0
            assert server.run("export", "blocks", *wrong, str(folder / "new.csv")).returncode != 0
        assert old.read_text().startswith("old") and not (folder / "new.csv").exists()
        expect(server.run("export", "follows", *data, "--output", str(old)).returncode, 0)
        expect(old.read_text(), ended.stdout)
        expect(server.run("export", "filters", "--json", *data).stdout, '{"custom_filters":[]}')
        for words in (["everything"], ["all"], ["follows", "--json"], []):
            expect(server.run("export", *words, *data).returncode, 64, " ".join(words))
    file = folder / "domains.csv"
    file.write_text("one.example\ntwo.example\nnon\x1b[2Jsense\n")
    with report("import and move without a server: 69, and they say why"):
        for words in (["import", "domain-blocks", str(file)], ["move"], ["move", "a@b.example"]):
            ended = server.run(*words, *data)
            expect(ended.returncode, 69, " ".join(words))
            short(ended.stderr, "serve")
    server.start()
    try:
        with report("import: progress, and a report of each line that failed"):
            ended = server.run("import", "domain-blocks", str(file), *data, "--wait")
            expect(ended.returncode, 0, ended.stderr)
            assert "done 2\tfailed 1" in ended.stdout, ended.stdout
            odd = "non\\u{1B}[2Jsense"
            assert f"3\t{odd}\t«{odd}» is not the name of a server." in ended.stdout, ended.stdout
            expect(server.run("export", "domain-blocks", *data).stdout, "one.example\ntwo.example\n")
        with report("import --replace says first what it would undo"):
            file.write_text("two.example\n")
            words = ["import", "domain-blocks", str(file), "--replace", *data]
            assert "not in the file are 1" in server.run(*words).stdout
            expect(server.run("export", "domain-blocks", *data).stdout, "one.example\ntwo.example\n")
            expect(server.run(*words, "--yes", "--wait").returncode, 0)
            expect(server.run("export", "domain-blocks", *data).stdout, "two.example\n")
        with report("import of what is no such file: 65; of none: 69; of a kind that is not: 64"):
            file.write_text("Account address,Hide notifications\na@b.example,true\n")
            ended = server.run("import", "follows", str(file), *data)
            expect(ended.returncode, 65)
            short(ended.stderr, "mutes")
            expect(server.run("import", "follows", str(folder / "nothing.csv"), *data).returncode, 69)
            expect(server.run("import", "friends", str(file), *data).returncode, 64)
            expect(server.run("import", "cancel", "99", *data).returncode, 65)
        with report("move says how things stand, and refuses nobody's name"):
            expect(server.run("move", *data).stdout, "moved to\t-\n")
            expect(server.run("move", "nobody@localhost:1", *data).returncode, 75, "its server is not there")
            ended = server.run("move", "nobody", *data)
            expect(ended.returncode, 65)
            short(ended.stderr, "«nobody»")
    finally:
        server.stop()


def main():
    given = arguments(__doc__)
    report, folder = Report(), scratch(given.keep)
    server = Instance(given.islet, folder / "data").init()
    data = ["--data", str(server.folder)]
    with report("files are 0600, folders 0700"):
        expect(stat.S_IMODE(server.folder.stat().st_mode), 0o700, str(server.folder))
        for path in server.folder.rglob("*"):
            expect(stat.S_IMODE(path.stat().st_mode), 0o700 if path.is_dir() else 0o600, path.name)
    with report("an unknown command or option: 64"):
        for words in (["frobnicate"], ["serve", *data, "--frobnicate"], ["serve"], ["init", *data]):
            ended = server.run(*words)
            expect(ended.returncode, 64, " ".join(words))
        short(server.run("frobnicate").stderr, "frobnicate")
    with report("help and version: 0, on standard output"):
        for words in (["help"], ["help", "serve"], ["help", "config"], ["version"]):
            ended = server.run(*words)
            expect(ended.returncode, 0, " ".join(words))
            assert ended.stdout.strip(), f"{words} printed nothing"
    with report("a folder that is not there: 69, and it says which"):
        ended = server.run("serve", "--data", str(folder / "nowhere"))
        expect(ended.returncode, {69, 78})
        short(ended.stderr, folder / "nowhere")
    with report("init over an account that exists is refused"):
        ended = server.run(
            "init",
            *data,
            "--domain",
            server.domain,
            "--username",
            "other",
            "--password-stdin",
            input="x" * 12 + "\n",
        )
        expect(ended.returncode, {65, 73})
        short(ended.stderr)
    check_connections(report, server, folder, data)
    config = server.folder / "islet.conf"
    good = config.read_text()
    with report("a wrong configuration line: 78, with its number"):
        for line, word in (
            ("no.such.key = 1", "no.such.key"),
            ("federation.plain-http = perhaps", "perhaps"),
            ("listen = 127.0.0.1:port", "port"),
            ("just words", "just words"),
        ):
            config.write_text(good.rstrip("\n") + "\n" + line + "\n")
            ended = server.run("serve", *data)
            expect(ended.returncode, 78, line)
            short(ended.stderr, len(good.rstrip("\n").splitlines()) + 1, word)
        config.write_text(good)
        ended = server.run("serve", *data, "--set", "no.such.key=1")
        expect(ended.returncode, {64, 78}, "--set")
    with report("a taken port: 69, one line"):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            ended = server.run("serve", *data, "--listen", f"127.0.0.1:{port}")
        expect(ended.returncode, 69)
        short(ended.stderr.strip().splitlines()[-1], port)
    server.start()
    with report("at rest at most three threads; after a password was hashed as well") as seen:
        assert wait_for(lambda: server.threads() <= 3, 20), f"{server.threads()} threads"
        ended = server.run("password", *data, "--password-stdin", input="another password\n")
        expect(ended.returncode, 0, ended.stderr.strip() or "islet password")
        assert wait_for(lambda: server.threads() <= 3, 30), f"{server.threads()} threads"
        seen.append(f"{server.threads()} threads")
    with report("a second server on the same folder is refused"):
        ended = server.run("serve", *data, "--listen", f"127.0.0.1:{free_port()}")
        expect(ended.returncode, {69, 75})
        short(ended.stderr.strip().splitlines()[-1])
        expect(request(server.port, "GET", "/healthz").status, 200, "the first one")
    with report("status, as a table and as JSON"):
        ended = server.run("status", *data)
        expect(ended.returncode, 0, ended.stderr)
        assert ended.stdout.strip(), "nothing printed"
        expect(json.loads(server.run("status", *data, "--json").stdout), dict)
    with report("check finds nothing wrong and changes nothing"):
        ended = server.run("check", *data)
        expect(ended.returncode, 0, ended.stdout + ended.stderr)
    expect(server.stop(), 0, "exit status")
    with report("a clock that is plainly wrong: federation waits with 503, apps and pages go on"):
        for path in server.databases():
            with sqlite3.connect(path) as db:
                # Something came an hour from now, so now cannot be right.
                later = int((time.time() + 3600) * 1e6)
                db.execute("INSERT INTO notifications (id, kind, actor) VALUES (?, 3, 0)", (later,))
            db.close()
        server.start()
        answer = request(server.port, "POST", "/inbox", {"Host": server.domain}, b"{}")
        expect(answer.status, 503)
        assert b"clock" in answer.body, answer.body
        expect(request(server.port, "GET", "/api/v2/instance", {"Host": server.domain}).status, 200)
        expect(server.stop(), 0, "exit status")
    with report("a database from a newer version: 65, with a sentence"):
        for path in server.databases():
            with sqlite3.connect(path) as db:
                db.execute("PRAGMA user_version = 1000000")
            db.close()
        ended = server.run("serve", *data, "--listen", f"127.0.0.1:{server.port}")
        expect(ended.returncode, 65)
        short(ended.stderr.strip().splitlines()[-1], "newer")
    with report("a file that is no database: 65 or 74, with a sentence"):
        for path in server.databases():
            path.write_bytes(b"not a database " * 1000)
        ended = server.run("serve", *data, "--listen", f"127.0.0.1:{server.port}")
        expect(ended.returncode, {65, 74})
    report.end()


main()
