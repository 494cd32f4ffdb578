#!/usr/bin/env python3
"""WebSocket frames and a real client against `islet echo`.

The cases are those of the Autobahn test suite's groups 1 to 7, each on a connection of its own; the client is
PyPI's `websockets`.
"""

import signal
import socket
import struct
import subprocess

import websocket_library
from instance import arguments, free_port, request, scratch, wait_for
from report import Report, expect
from websocket_cases import CLEAN, CLOSE, EMPTY, FRAMEWISE, closing
from websocket_cases import closes, fragments, framing, opcodes, pings, reserved_bits
from websocket_texts import texts

OPEN = (
    b"GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)


class Connection:
    """An open WebSocket as bytes."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=10)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.sendall(OPEN)
        self.buffer = b""
        while b"\r\n\r\n" not in self.buffer:
            self.more()
        head, self.buffer = self.buffer.split(b"\r\n\r\n", 1)
        assert head.startswith(b"HTTP/1.1 101 "), head[:60]
        # RFC 6455 section 1.3 has this pair.
        assert b"s3pPLMBiTxaQ9kYGzzhZRbK+xOo=" in head, head

    def more(self):
        piece = self.socket.recv(65536)
        if not piece:
            raise EOFError
        self.buffer += piece

    def take(self, count):
        while len(self.buffer) < count:
            self.more()
        taken, self.buffer = self.buffer[:count], self.buffer[count:]
        return taken

    def frame(self):
        """-> (opcode, payload); a server's frames are whole and not masked."""
        first, second = self.take(2)
        assert first & 0xF0 == 0x80 and second < 128, f"a frame begins {first:02x} {second:02x}"
        count = second
        if second == 126:
            (count,) = struct.unpack("!H", self.take(2))
        elif second == 127:
            (count,) = struct.unpack("!Q", self.take(8))
        return first & 0x0F, self.take(count)

    def say(self, frames, chop):
        if chop == FRAMEWISE:
            pieces = frames
        else:
            whole = b"".join(frames)
            pieces = [whole[at : at + chop] for at in range(0, len(whole), chop)] if chop else [whole]
        try:
            for piece in pieces:
                self.socket.sendall(piece)
        except (BrokenPipeError, ConnectionResetError):
            pass  # the server has seen enough; what it said is still to be read


def play(case, port):
    """One case, to the end of the connection."""
    connection = Connection(port)
    with connection.socket:
        connection.say(case.frames, case.chop)
        for wanted in case.back:
            opcode, payload = connection.frame()
            expect(opcode, wanted[0], "opcode")
            same = payload == wanted[1]
            assert same, f"saw {len(payload)} bytes {payload[:40]!r}, wanted {wanted[1][:40]!r}"
        code = case.close
        if code is CLEAN:
            code = 1000
            connection.say([closing(code)], 0)
        opcode, payload = connection.frame()
        expect(opcode, CLOSE, "opcode")
        expect(payload[:2], b"" if code is EMPTY else struct.pack("!H", code), "code")
        # The client's own close frame, so that both sides are done, and then the end.
        connection.socket.shutdown(socket.SHUT_WR)
        try:
            rest = connection.frame()
        except EOFError:
            return
        raise AssertionError(f"after the close came {rest!r}")


def main():
    given = arguments(__doc__)
    report, folder, port = Report(), scratch(given.keep), free_port()
    with open(folder / "echo.log", "wb") as log:
        echo = subprocess.Popen(
            [given.islet, "echo", "--listen", f"127.0.0.1:{port}"], stderr=log, stdin=subprocess.DEVNULL
        )

    def up():
        try:
            return request(port, "GET", "/").status == 200
        except OSError:
            return False

    try:
        if not wait_for(up, 20):
            with report("islet echo starts"):
                raise AssertionError((folder / "echo.log").read_text(errors="replace")[-300:])
        for group in (framing, pings, reserved_bits, opcodes, fragments, texts, closes):
            for case in group():
                with report(f"{case.number} {case.what}"):
                    play(case, port)
        websocket_library.exchange(report, f"ws://127.0.0.1:{port}/ws")
        with report("an open connection is told that the server goes, which then ends with 0"):
            connection = Connection(port)
            echo.send_signal(signal.SIGTERM)
            with connection.socket:
                expect(connection.frame(), (CLOSE, struct.pack("!H", 1001)))
            expect(echo.wait(20), 0)
    finally:
        if echo.poll() is None:
            echo.kill()
    report.end()


main()
