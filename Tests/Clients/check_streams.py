#!/usr/bin/env python3
"""Live streams of the real program: Mastodon.py reads server-sent events, PyPI's websockets the frames.

What is sent as a payload is checked against the API's schema where the shared folder is there.
"""

import base64
import contextlib
import json
import os
import pathlib
import queue
import socket
import sys
import time
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Protocols"))

import requests
import websockets
from mastodon import Mastodon, StreamListener
from websockets.sync.client import connect

import authorization_page
from instance import Instance, arguments, request, scratch, wait_for
from report import Report, expect

PATIENCE = 20
# Connections that a failed check left behind.
OPEN = contextlib.ExitStack()
SHARED = pathlib.Path(os.environ.get("ISLET_SHARED") or "/nowhere")
ENTITIES = {
    "update": "/api/v1/statuses/1",
    "status.update": "/api/v1/statuses/1",
    "notification": "/api/v1/notifications/1",
}


class Schema:
    """The API's schema, for what is inside frames; counts what it looked at."""

    def __init__(self):
        self.seen = 0
        self.spec = None
        specs = SHARED / "specs"
        if not (specs / "validate_openapi.py").exists():
            return
        sys.path.insert(0, str(specs))
        import validate_openapi

        def read(path):
            return json.loads(path.read_text())

        strict = {k: list(v["fields"]) for k, v in read(specs / "entities_strict.json").items()}
        self.spec = validate_openapi.Spec(
            read(SHARED / "data/mastodon-openapi-schema.json"), read(specs / "openapi_overlay.json"), strict
        )

    def check(self, event, payload):
        if not self.spec or event not in ENTITIES:
            return
        self.seen += 1
        _, errors = self.spec.check(
            {
                "method": "GET",
                "url": ENTITIES[event],
                "status": 200,
                "headers": {"content-type": "application/json"},
                "body": payload,
            }
        )
        expect(errors, [], f"the payload of {event}")


class Ears(StreamListener):
    """Everything that Mastodon.py understood, as (event, payload)."""

    def __init__(self):
        self.heard = queue.Queue()
        self.ended = queue.Queue()

    def on_any_event(self, name, data=None, for_stream=None):
        self.heard.put((name, data))

    def on_abort(self, err):
        self.ended.put(err)

    def next(self):
        return self.heard.get(timeout=PATIENCE)


class Socket:
    """A WebSocket of the streaming API."""

    def __init__(self, server, schema, query="", token=None, **options):
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self.schema = schema
        address = f"ws://127.0.0.1:{server.port}/api/v1/streaming{query}"
        self.ws = OPEN.enter_context(connect(address, additional_headers=headers, **options))

    def frame(self):
        """The next frame, its payload decoded."""
        frame = json.loads(self.ws.recv(timeout=PATIENCE))
        if "error" in frame:
            return frame
        expect(frame["stream"], list, "stream")
        if "payload" in frame:
            expect(frame["payload"], str, "payload")
            if frame["event"] not in ("delete", "notifications_merged"):
                frame["payload"] = json.loads(frame["payload"])
                self.schema.check(frame["event"], frame["payload"])
        return frame

    def say(self, kind, stream, **more):
        self.ws.send(json.dumps({"type": kind, "stream": stream, **more}))

    def settled(self):
        """Waits until all that was said before is done: an error comes back after it."""
        self.ws.send("!")
        expect(self.frame()["status"], 400, "an answer to what is no JSON")

    def closed(self):
        """The code that the server closes with."""
        try:
            while True:
                self.ws.recv(timeout=PATIENCE)
        except websockets.ConnectionClosed as end:
            return end.rcvd and end.rcvd.code


def refused(server, **options):
    """The status that an upgrade is refused with."""
    try:
        with connect(f"ws://127.0.0.1:{server.port}/api/v1/streaming", **options):
            return 101
    except websockets.InvalidStatus as refusal:
        expect(json.loads(refusal.response.body)["error"], str)
        return refusal.response.status_code


def doors(report, server, schema, token):
    with report("the token in the head, in the query and as subprotocol, with and without slash"):
        for query, options in (
            ("", {"token": token}),
            (f"/?stream=user&access_token={token}", {}),
            ("?stream=user", {"subprotocols": [token]}),
        ):
            ears = Socket(server, schema, query, **options)
            expect(ears.ws.subprotocol, token if "subprotocols" in options else None)
            ears.settled()
            ears.ws.close()
    with report("a bad token is 401 before the upgrade, and for event streams too"):
        expect(refused(server), 401, "none")
        expect(refused(server, additional_headers={"Authorization": "Bearer nonsense"}), 401)
        expect(refused(server, subprotocols=["nonsense"]), 401)
        for path, status in (("user", 401), ("hashtag?tag=x", 401)):
            expect(request(server.port, "GET", f"/api/v1/streaming/{path}").status, status, path)
    with report("no upgrade is 404, a missing hashtag 400, and health is OK"):
        head = {"Authorization": f"Bearer {token}"}
        for path, status in (("", 404), ("/", 404), ("/hashtag", 400), ("/list", 400), ("/nonsense", 404)):
            answer = request(server.port, "GET", "/api/v1/streaming" + path, head)
            expect(answer.status, status, path)
            expect(answer.json()["error"], str)
        expect(request(server.port, "GET", "/api/v1/streaming/health").body, b"OK")
    with report("an unknown stream and a text that is no JSON are error frames, binary closes with 1003"):
        ears = Socket(server, schema, "?stream=everything", token)
        expect(ears.frame()["status"], 400)
        ears.say("subscribe", "nonsense")
        expect(ears.frame()["status"], 400)
        ears.settled()
        ears.ws.send(b"binary")
        expect(ears.closed(), 1003)
    with report("an event stream begins with :) and says how it is to be treated"):
        answer = requests.get(
            f"http://127.0.0.1:{server.port}/api/v1/streaming/user", headers=head, stream=True, timeout=PATIENCE
        )
        expect(answer.headers["Content-Type"], "text/event-stream")
        expect(answer.headers["Cache-Control"], "no-store")
        expect(next(answer.iter_lines()), b":)")
        answer.close()


def living(report, server, neighbour, schema, me, you):
    """`me` follows along by both ways while things happen."""
    listener, frames = Ears(), None
    handle = me.stream_user(listener, run_async=True)
    frames = Socket(server, schema, "?stream=user", me.access_token)
    frames.say("subscribe", ["hashtag"], tag="Cats")
    frames.say("subscribe", "public:remote")
    frames.settled()
    post = None
    with report("an own post reaches both connections, and once for each stream that it is on"):
        post = me.status_post("Hello #cats")
        name, heard = listener.next()
        expect((name, heard.id), ("update", post.id))
        got = [frames.frame() for _ in range(2)]
        expect([f["event"] for f in got], ["update"] * 2)
        expect(sorted(f["stream"] for f in got), [["hashtag", "Cats"], ["user"]])
        expect({f["payload"]["id"] for f in got}, {str(post.id)})
    with report("an edit is a status.update with the new text"):
        me.status_update(post.id, status="Hello dogs")
        name, heard = listener.next()
        expect((name, heard.content), ("status.update", "<p>Hello dogs</p>"))
        frame = frames.frame()
        expect((frame["event"], frame["stream"]), ("status.update", ["user"]))
        expect(frame["payload"]["edited_at"], str)
    with report("a deletion is a bare id, on every stream where the post may have been"):
        me.status_delete(post.id)
        expect(listener.next(), ("delete", post.id))
        got = [frames.frame() for _ in range(3)]
        expect({f["payload"] for f in got}, {str(post.id)})
        expect(sorted(f["stream"][0] for f in got), ["hashtag", "public:remote", "user"])
    with report("a mention from another server is a notification, and on the public stream"):
        you.status_post(f"@me@{server.domain} look")
        name, heard = listener.next()
        expect((name, heard.type, heard.account.acct), ("notification", "mention", f"you@{neighbour.domain}"))
        got = {f["event"]: f for f in (frames.frame() for _ in range(2))}
        expect(got["notification"]["stream"], ["user"])
        expect(got["update"]["stream"], ["public:remote"])
    with report("after unsubscribing nothing comes"):
        frames.say("unsubscribe", "user")
        frames.say("unsubscribe", "public:remote")
        frames.settled()
        me.status_post("unheard")
        me.status_post("heard #CATS")
        expect(frames.frame()["payload"]["tags"][0]["name"], "cats")
    with report("a ping of the app's is answered"):
        assert frames.ws.ping().wait(PATIENCE), "no pong"
    frames.ws.close()
    handle.close()
    return listener


def revoking(report, server, schema):
    with report("after token revoke both connections end"):
        key, secret = Mastodon.create_app("islet check", scopes=["read"], api_base_url=server.url)
        app = Mastodon(client_id=key, client_secret=secret, api_base_url=server.url)
        came = authorization_page.walk(
            app.auth_request_url(scopes=["read"], allow_http=True), server.username, server.password
        )
        token = app.log_in(code=came["code"], scopes=["read"], allow_http=True)
        stays = Socket(server, schema, "?stream=user", server.token())
        ends = Socket(server, schema, "?stream=user", token)
        lines = requests.get(
            f"http://127.0.0.1:{server.port}/api/v1/streaming/user",
            headers={"Authorization": f"Bearer {token}"},
            stream=True,
            timeout=PATIENCE,
        )
        app.revoke_access_token(allow_http=True)
        expect(ends.closed(), 1008)
        expect([line for line in lines.iter_lines() if line not in (b"", b":thump")], [b":)"])
        stays.settled()
        stays.ws.close()


def stalling(report, server, schema, me):
    """One that takes nothing is closed, others read on."""
    with report("a reader that takes nothing is sent away, and another one gets everything in order") as seen:
        stalled = socket.socket()
        stalled.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2_048)
        stalled.connect(("127.0.0.1", server.port))
        key = base64.b64encode(bytes(16)).decode()
        stalled.sendall(
            f"GET /api/v1/streaming?stream=user&access_token={me.access_token} HTTP/1.1\r\n"
            f"Host: {server.domain}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n".encode()
        )
        live = Socket(server, schema, "?stream=user", me.access_token, max_queue=None)
        live.settled()
        text, ids = "<&>" * 160, []
        while len(ids) < 2_000:
            answer = server.api("POST", "/api/v1/statuses", {"status": f"{len(ids)} {text}"})
            ids.append(answer.json()["id"])
            expect(live.frame()["payload"]["id"], ids[-1])
            if len(ids) % 50 == 0 and len(held(server)) < 2:
                break
        seen.append(f"{len(ids)} posts")
        assert wait_for(lambda: len(held(server)) < 2, 40), "it is still open"
        live.settled()
        live.ws.close()
        stalled.close()


def held(server):
    """The connections that the server has open for streams, by what the kernel says of its sockets."""
    found = []
    inodes = set()
    folder = f"/proc/{server.process.pid}/fd"
    for name in os.listdir(folder):
        with contextlib.suppress(OSError):
            target = os.readlink(f"{folder}/{name}")
            if target.startswith("socket:["):
                inodes.add(target[8:-1])
    with open("/proc/net/tcp") as table:
        for line in list(table)[1:]:
            words = line.split()
            if words[3] == "01" and words[9] in inodes and int(words[1].split(":")[1], 16) == server.port:
                found.append(words[2])
    return found


def main():
    given = arguments(__doc__)
    report, folder, schema = Report(), scratch(given.keep), Schema()
    server = Instance(given.islet, folder / "me", "me").init().start()
    neighbour = Instance(given.islet, folder / "you", "you").init().start()
    me = Mastodon(access_token=server.token(), api_base_url=server.url)
    you = Mastodon(access_token=neighbour.token(), api_base_url=neighbour.url)
    last = None
    for part in (
        lambda: doors(report, server, schema, server.token()),
        lambda: living(report, server, neighbour, schema, me, you),
        lambda: revoking(report, server, schema),
        lambda: stalling(report, server, schema, me),
    ):
        try:
            part()
        except Exception as problem:  # what stood on a check that failed
            with report("the checks after it"):
                raise problem
    with report("a stop sends readers away with 1001 and does not wait for them"):
        last = Socket(server, schema, "?stream=user", server.token())
        last.settled()
        start = time.monotonic()
        expect(server.stop(), 0, "exit status")
        assert time.monotonic() - start < 8, f"{time.monotonic() - start:.1f} s"
        expect(last.closed(), 1001)
        expect(neighbour.stop(), 0, "exit status")
    with report("the schema was asked about each kind of payload") as seen:
        if schema.spec:
            assert schema.seen >= 5, f"only {schema.seen} payloads"
            seen.append(f"{schema.seen} payloads")
        else:
            seen.append("not here: ISLET_SHARED says where it is")
    with report("no token is in the log"):
        for one in (server, neighbour):
            log = one.log.read_text(errors="replace")
            assert one.bearer not in log and urllib.parse.quote(one.bearer) not in log, f"{one.log} holds one"
    report.end()


with OPEN:
    main()
