"""Five hundred readers of one new post, each on a connection and from an address of its own: a process to be run
beside the one that measures.

Takes a JSON object on standard input (port, host, targets, readers, requests, seconds) and prints one: how many
answers of which status, what was wrong, and how long it took.
"""

import asyncio
import collections
import json
import random
import sys
import time


async def read_answer(reader):
    """-> status, fields by lower-case name, body."""
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    fields = {name.strip().lower(): value.strip() for name, _, value in (x.partition(":") for x in lines[1:] if x)}
    body = await reader.readexactly(int(fields.get("content-length", 0)))
    return int(lines[0].split()[1]), fields, body


class Reader:
    """One of the crowd: a browser, or a server that wants the document; they come back for what they know."""

    def __init__(self, number, given, seen):
        self.number, self.given, self.seen, self.known = number, given, seen, {}
        self.random = random.Random(number)

    async def run(self, begun):
        # Each address is counted as a client of its own; the front proxy says whose it is.
        address = f"198.18.{self.number // 250}.{self.number % 250 + 1}"
        reader, writer = await asyncio.open_connection(
            "127.0.0.1", self.given["port"], local_addr=(f"127.1.{self.number // 250}.{self.number % 250 + 1}", 0)
        )
        moments = sorted(self.random.uniform(0, self.given["seconds"]) for _ in range(self.given["requests"]))
        for moment in moments:
            await asyncio.sleep(max(0, begun + moment - time.monotonic()))
            kind, path, accept = self.random.choice(self.given["targets"])
            etag = self.known.get(path)
            writer.write(self.request(path, accept, address, etag))
            status, fields, body = await asyncio.wait_for(read_answer(reader), 20)
            self.note(kind, path, etag, status, fields, body)
        writer.close()

    def request(self, path, accept, address, etag):
        lines = [
            f"GET {path} HTTP/1.1", f"Host: {self.given['host']}", f"Accept: {accept}",
            f"X-Forwarded-For: {address}", "User-Agent: herd",
        ]  # fmt: skip
        return "\r\n".join(lines + ([f"If-None-Match: {etag}"] if etag else []) + ["", ""]).encode()

    def note(self, kind, path, etag, status, fields, body):
        self.seen["statuses"][f"{kind} {status}"] += 1
        if status == 200:
            self.seen["bytes"] += len(body)
            self.known[path] = fields.get("etag")
            if not body or not fields.get("etag"):
                self.seen["wrong"].append(f"{path}: no content or no ETag")
        elif status != 304 or not etag:
            self.seen["wrong"].append(f"{path}: {status}")


async def main():
    given = json.load(sys.stdin)
    seen = {"statuses": collections.Counter(), "wrong": [], "bytes": 0}
    begun = time.monotonic()
    readers = [Reader(number, given, seen).run(begun) for number in range(given["readers"])]
    for outcome in await asyncio.gather(*readers, return_exceptions=True):
        if isinstance(outcome, Exception):
            seen["wrong"].append(f"{type(outcome).__name__}: {outcome}")
    seen["seconds"] = time.monotonic() - begun
    print(json.dumps(seen))


asyncio.run(main())
