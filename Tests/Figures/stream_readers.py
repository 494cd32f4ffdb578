"""Apps that read a stream: they only take bytes while the server is measured, and look at them afterwards."""

import json
import re
import selectors
import socket
import struct
import threading
import time

UPGRADE = (
    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
)


class Reader:
    """One open stream of the owner's timeline, by WebSocket or as server-sent events."""

    def __init__(self, server, kind, stalled=False):
        self.kind, self.stalled, self.bytes, self.over = kind, stalled, bytearray(), False
        self.socket = socket.socket()
        if stalled:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        self.socket.settimeout(20)
        self.socket.connect(("127.0.0.1", server.port))
        path = "/api/v1/streaming" + ("?stream=user" if kind == "WebSocket" else "/user")
        self.socket.sendall(
            f"GET {path} HTTP/1.1\r\nHost: {server.domain}\r\nAuthorization: Bearer {server.token()}\r\n"
            f"{UPGRADE if kind == 'WebSocket' else ''}\r\n".encode()
        )
        # The head, byte by byte so that nothing of the stream is in it.
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            byte = self.socket.recv(1)
            assert byte, head
            head += byte
        wanted = b"HTTP/1.1 101 " if kind == "WebSocket" else b"HTTP/1.1 200 "
        assert head.startswith(wanted), head.decode(errors="replace")

    def take(self):
        """Takes what is there; False at the end."""
        try:
            piece = self.socket.recv(262_144)
        except BlockingIOError:
            return True
        except ConnectionResetError:
            piece = b""
        self.bytes += piece
        self.over = not piece
        return bool(piece)

    def drain(self, seconds):
        """Reads to the end of the connection; whether it came in time."""
        end = time.monotonic() + seconds
        self.socket.settimeout(1)
        while not self.over and time.monotonic() < end:
            try:
                self.take()
            except TimeoutError:
                pass
        return self.over

    @property
    def count(self):
        """How many new posts it has got, about."""
        return self.bytes.count(b'"event":"update"' if self.kind == "WebSocket" else b"event: update\n")

    def frames(self):
        """-> the (opcode, payload) pairs of a WebSocket."""
        at, found = 0, []
        while at + 2 <= len(self.bytes):
            count, start = self.bytes[at + 1], at + 2
            if count > 125:
                size, form = (2, "!H") if count == 126 else (8, "!Q")
                count = struct.unpack(form, self.bytes[start : start + size])[0]
                start += size
            if start + count > len(self.bytes):
                break
            found.append((self.bytes[at] & 15, bytes(self.bytes[start : start + count])))
            at = start + count
        return found

    def posts(self):
        """-> what the posts of the update events say, in the order in which they came."""
        if self.kind == "WebSocket":
            told = [json.loads(payload) for opcode, payload in self.frames() if opcode == 1]
            statuses = [json.loads(news["payload"]) for news in told if news["event"] == "update"]
        else:
            body, rest = b"", bytes(self.bytes)
            while b"\r\n" in rest:
                size, rest = rest.split(b"\r\n", 1)
                body, rest = body + rest[: int(size, 16)], rest[int(size, 16) + 2 :]
            found = re.finditer("^event: update\ndata: (.*)\n\n", body.decode(errors="replace"), re.MULTILINE)
            statuses = [json.loads(event[1]) for event in found]
        return [re.sub("<[^>]*>", "", status["content"]) for status in statuses]

    def close_code(self):
        """The code of a WebSocket's close frame; None when it was cut."""
        codes = [struct.unpack("!H", payload[:2])[0] for opcode, payload in self.frames() if opcode == 8]
        return codes[0] if codes else None


class Taking:
    """`with Taking(readers):` takes what comes to those that are not stalled, in a thread."""

    def __init__(self, readers):
        self.selector, self.stopped = selectors.DefaultSelector(), False
        for reader in readers:
            if not reader.stalled:
                reader.socket.setblocking(False)
                self.selector.register(reader.socket, selectors.EVENT_READ, reader)
        self.thread = threading.Thread(target=self.run, daemon=True)

    def run(self):
        while not self.stopped:
            for key, _ in self.selector.select(0.2):
                if not key.data.take():
                    self.selector.unregister(key.fileobj)

    def __enter__(self):
        self.thread.start()

    def __exit__(self, *_):
        self.stopped = True
        self.thread.join()
