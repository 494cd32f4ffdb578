"""A server of files on loopback that does as it is told for each path, and the files. Standard library only."""

import random
import socket
import struct
import threading
import time
import zlib


def _chunk(name, body):
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(size, seed=0):
    """A PNG of 64 by 64 pixels and about `size` bytes, most of them a private chunk."""
    rows = b"".join(b"\0" + bytes([seed % 256, y * 4, 90] * 64) for y in range(64))
    small = _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")
    head = b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", struct.pack(">IIBBBBB", 64, 64, 8, 2, 0, 0, 0))
    filling = random.Random(seed).randbytes(max(0, size - len(head) - len(small) - 12))
    return head + _chunk(b"prVt", filling) + small


def film(size, seed=0):
    """What begins as an MP4 does: an `ftyp` box, and an `mdat` of random bytes."""
    head = struct.pack(">I4s4sI4s4s", 24, b"ftyp", b"isom", 512, b"isom", b"mp41")
    return head + struct.pack(">I4s", size - 24, b"mdat") + random.Random(seed).randbytes(size - 32)


class Connection:
    """One connection and the request that came over it."""

    def __init__(self, remote, sock, path, fields):
        self.remote, self.sock, self.path, self.fields = remote, sock, path, fields
        self.begun = time.monotonic()

    def head(self, status=200, length=None, kind="image/png", **fields):
        lines = [f"HTTP/1.1 {status} Whatever", f"Content-Type: {kind}"]
        if length is not None:
            lines.append(f"Content-Length: {length}")
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in fields.items()]
        self.send("\r\n".join([*lines, "", ""]).encode())

    def send(self, data):
        self.sock.sendall(data)

    def wait_for_end(self, seconds=150):
        """Says nothing until the other side goes; -> after how many seconds it did, None if it did not."""
        self.sock.settimeout(seconds)
        try:
            while self.sock.recv(4096):
                pass
        except TimeoutError:
            return None
        except OSError:
            pass
        return time.monotonic() - self.begun


class Remote:
    """`at(path, does)`: what is done with a connection that asks for this path; the connection ends afterwards unless
    that says True. `asked` has every request. Its name is another than the server's, so that it can be blocked."""

    NAME = "127.0.0.2"

    def __init__(self):
        self.asked, self.does, self.lock = [], {}, threading.Lock()
        self.listener = socket.create_server((self.NAME, 0), backlog=128)
        self.base = f"http://{self.NAME}:{self.listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def at(self, path, does):
        self.does[path] = does
        return self.base + path

    def file(self, path, content, kind="image/png", delay=0.0):
        """An honest file, with ranges."""

        def does(connection):
            time.sleep(delay)
            wanted = connection.fields.get("range", "")
            if not wanted.startswith("bytes="):
                connection.head(200, len(content), kind, Accept_Ranges="bytes")
                connection.send(content)
                return True
            first, last = wanted[6:].split("-")
            start = int(first) if first else max(0, len(content) - int(last))
            end = min(int(last) + 1, len(content)) if first and last else len(content)
            connection.head(206, end - start, kind, Content_Range=f"bytes {start}-{end - 1}/{len(content)}")
            connection.send(content[start:end])
            return True

        return self.at(path, does)

    def times(self, path):
        """How often a path was asked for."""
        with self.lock:
            return sum(1 for asked, _ in self.asked if asked == path)

    def ranges(self, path):
        with self.lock:
            return [fields.get("range") for asked, fields in self.asked if asked == path]

    def _accept(self):
        while True:
            sock, _ = self.listener.accept()
            threading.Thread(target=self._converse, args=(sock,), daemon=True).start()

    def _converse(self, sock):
        stays = True
        try:
            with sock, sock.makefile("rb") as lines:
                while stays:
                    asked = lines.readline().split()
                    if len(asked) != 3:
                        return
                    fields = {}
                    for line in iter(lines.readline, b"\r\n"):
                        if not line:
                            return
                        name, _, value = line.decode("latin-1").partition(":")
                        fields[name.strip().lower()] = value.strip()
                    path = asked[1].decode()
                    with self.lock:
                        self.asked.append((path, fields))
                    does = self.does.get(path)
                    if does is None:
                        Connection(self, sock, path, fields).head(404, 0)
                        continue
                    stays = does(Connection(self, sock, path, fields)) is True
        except OSError:
            pass  # the other side went away, which is often the point
