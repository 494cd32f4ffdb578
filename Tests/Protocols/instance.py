"""One islet under test: its data folder, its process, and plain requests to it. Standard library only."""

import argparse
import atexit
import http.client
import json
import os
import pathlib
import secrets
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.parse

import recording

ROOT = pathlib.Path(__file__).resolve().parents[2]
FEDERATE_HERE = {"federation.private-addresses": "allow", "federation.plain-http": "allow"}
SKIPPED = 77
_running = []


def _end_all():
    for process in _running:
        if process.poll() is None:
            process.kill()
            process.wait()


atexit.register(_end_all)
# Without a handler an outside time limit would end this program and leave its servers behind.
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


def arguments(description, *more):
    """The options every check has; `more` are (name, keywords) pairs for add_argument."""
    parser = argparse.ArgumentParser(description=description.split("\n\n")[0])
    parser.add_argument("--islet", default=str(ROOT / ".build/release/islet"), help="the program to check")
    parser.add_argument("--keep", action="store_true", help="leave the data folders and logs, and say where")
    for name, keywords in more:
        parser.add_argument(name, **keywords)
    given = parser.parse_args()
    given.islet = os.path.abspath(given.islet)
    if not os.access(given.islet, os.X_OK):
        print(f"{given.islet} is not there: build it (Deploy/build), or say --islet PATH", file=sys.stderr)
        sys.exit(69)
    return given


def scratch(keep=False):
    """A folder of our own, gone at the end unless kept."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="islet-check-"))
    if keep:
        print(f"# everything is in {folder}")
    else:
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def free_port():
    """A loopback port that nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as s:
        return s.getsockname()[1]


def wait_for(what, seconds=20.0, every=0.05):
    """Asks `what()` until it answers something true, and returns that; None after the deadline."""
    end = time.monotonic() + seconds
    while True:
        answer = what()
        if answer or time.monotonic() > end:
            return answer or None
        time.sleep(every)


class Answer:
    """What a request got back."""

    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def json(self):
        return json.loads(self.body)


def request(port, method, path, headers=None, body=None, timeout=30.0, keep=None):
    """One request to 127.0.0.1:port. With `keep` (an HTTPConnection) the connection is reused."""
    connection = keep or http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        connection.request(method, path, body=body, headers=headers or {})
        response = connection.getresponse()
        answer = Answer(response.status, response.headers, response.read())
        recording.record(
            method, f"http://127.0.0.1:{port}{path}", answer.status, answer.headers.items(), answer.body
        )
        return answer
    finally:
        if not keep:
            connection.close()


class Instance:
    """A data folder and the server that works in it."""

    def __init__(
        self, islet, folder, username="owner", port=None, domain=None, url=None, settings=None, listen=None
    ):
        self.islet, self.folder, self.username = islet, pathlib.Path(folder), username
        self.port = port or free_port()
        self.domain = domain or f"localhost:{self.port}"
        self.url = url or f"http://{self.domain}"
        self.listen = listen or [f"127.0.0.1:{self.port}"]
        self.settings = FEDERATE_HERE if settings is None else settings
        self.password = secrets.token_urlsafe(12)
        self.log = self.folder.with_name(self.folder.name + ".log")
        self.process = None
        self.bearer = None

    def run(self, *command, **options):
        """A command of the program, to its end."""
        return subprocess.run([self.islet, *command], capture_output=True, text=True, timeout=60, **options)

    def init(self):
        made = self.run(
            "init",
            "--data",
            str(self.folder),
            "--domain",
            self.domain,
            "--url",
            self.url,
            "--username",
            self.username,
            "--password-stdin",
            input=self.password + "\n",
        )
        if made.returncode:
            raise RuntimeError(f"islet init: exit {made.returncode}: {made.stderr.strip()}")
        with open(self.folder / "islet.conf", "a") as f:
            f.writelines(f"{key} = {value}\n" for key, value in self.settings.items())
        return self

    def start(self, wait=True, env=None, listen=True, before=(), **options):
        """Starts `serve`; with `wait`, returns when /healthz answers 200. `before` execs what follows it."""
        where = [x for address in self.listen for x in ("--listen", address)] if listen else []
        clean = {
            k: v for k, v in os.environ.items() if k not in ("NOTIFY_SOCKET", "WATCHDOG_USEC", "LISTEN_FDS")
        }
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [*before, self.islet, "serve", "--data", str(self.folder), *where],
                stderr=log,
                stdin=subprocess.DEVNULL,
                env=clean | (env or {}),
                **options,
            )
        _running.append(self.process)
        if wait and not wait_for(self.is_up, 30):
            raise RuntimeError(f"islet serve did not come up: {self.last_words()}")
        return self

    def is_up(self):
        if self.process.poll() is not None:
            raise RuntimeError(f"islet serve ended with {self.process.returncode}: {self.last_words()}")
        try:
            return request(self.port, "GET", "/healthz", timeout=5).status == 200
        except OSError:
            return False

    def stop(self, how=signal.SIGTERM, seconds=25):
        """Ends the server; -> its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        status = self.process.wait(seconds)
        _running.remove(self.process)
        return status

    def last_words(self, lines=5):
        try:
            return " | ".join(self.log.read_text(errors="replace").splitlines()[-lines:])
        except FileNotFoundError:
            return "(no log)"

    def token(self, scopes="read write follow push"):
        if not self.bearer:
            made = self.run("token", "--data", str(self.folder), "--name", "check", "--scopes", scopes)
            if made.returncode:
                raise RuntimeError(f"islet token: exit {made.returncode}: {made.stderr.strip()}")
            self.bearer = made.stdout.strip()
        return self.bearer

    def api(self, method, path, form=None, headers=None, timeout=30.0, keep=None):
        """A client's request with the owner's token; `form` becomes an urlencoded body."""
        sent = {"Host": self.domain, "Authorization": f"Bearer {self.token()}", **(headers or {})}
        body = None
        if form is not None:
            body = urllib.parse.urlencode(form, doseq=True)
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        return request(self.port, method, path, sent, body, timeout, keep)

    def actor(self):
        """The owner's actor document, found the way other servers find it."""
        found = request(
            self.port,
            "GET",
            f"/.well-known/webfinger?resource=acct:{self.username}@{self.domain}",
            {"Host": self.domain},
        ).json()
        url = next(link["href"] for link in found["links"] if link["rel"] == "self")
        return request(
            self.port,
            "GET",
            url.removeprefix(self.url),
            {"Host": self.domain, "Accept": "application/activity+json"},
        ).json()

    def follow(self, handle, seconds=30):
        """Follows NAME@HOST and waits until it is accepted; -> the account's id."""
        found = self.api(
            "GET", "/api/v2/search?resolve=true&type=accounts&q=" + urllib.parse.quote("@" + handle)
        ).json()
        if not found.get("accounts"):
            raise RuntimeError(f"{handle} was not found: {found}")
        account = found["accounts"][0]["id"]
        self.api("POST", f"/api/v1/accounts/{account}/follow", {})
        if not wait_for(lambda: self.relationship(account)["following"], seconds):
            raise RuntimeError(f"{handle} did not accept: {self.relationship(account)}")
        return account

    def relationship(self, account):
        return self.api("GET", f"/api/v1/accounts/relationships?id[]={account}").json()[0]

    def home(self, stop=lambda page: False, limit=40, most=100_000):
        """The home timeline, newest first, page by page until it ends or `stop(page)`."""
        posts, path = [], f"/api/v1/timelines/home?limit={limit}"
        while len(posts) < most:
            page = self.api("GET", path).json()
            posts += page
            if not page or stop(page):
                break
            path = f"/api/v1/timelines/home?limit={limit}&max_id={page[-1]['id']}"
        return posts

    def databases(self):
        """The SQLite files in the data folder."""

        def is_one(path):
            with open(path, "rb") as f:
                return f.read(16) == b"SQLite format 3\0"

        return [p for p in self.folder.iterdir() if p.is_file() and is_one(p)]

    def integrity(self):
        """What SQLite says of the database of a stopped server: 'ok', or what is wrong."""
        said = []
        for path in self.databases():
            with sqlite3.connect(path) as db:
                said += [row[0] for row in db.execute("PRAGMA integrity_check")]
            db.close()
        return "ok" if said and set(said) == {"ok"} else "; ".join(said) or "there is no database"

    def threads(self):
        with open(f"/proc/{self.process.pid}/status") as f:
            return next(int(line.split()[1]) for line in f if line.startswith("Threads:"))
