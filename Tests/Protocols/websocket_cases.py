"""What a server must do with frames, case by case, in the order and with the numbers of the Autobahn test
suite's groups 1 to 7 (https://github.com/crossbario/autobahn-testsuite).

A case says what is sent and what must come back from a server that echoes. `close` is the code of the
server's close frame; with CLEAN the client closes with 1000 after everything came back.
"""

import collections
import struct

Case = collections.namedtuple("Case", "number what frames back close chop")
CLEAN, CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = None, 0, 1, 2, 8, 9, 10
EMPTY = object()  # a close frame without a code
BYTEWISE, FRAMEWISE = 1, "frame"
MASK = b"\x37\xfa\x21\x3d"
GREEK = bytes.fromhex("cebae1bdb9cf83cebcceb5")  # five letters of 2, 3, 2, 2 and 2 bytes


def frame(opcode, payload=b"", fin=True, rsv=0, mask=MASK):
    """A frame as a client writes it, RFC 6455 section 5.2."""
    bit, count = 0x80 if mask else 0, len(payload)
    head = bytes([(0x80 if fin else 0) | rsv << 4 | opcode])
    if count < 126:
        head += bytes([bit | count])
    elif count < 65536:
        head += struct.pack("!BH", bit | 126, count)
    else:
        head += struct.pack("!BQ", bit | 127, count)
    if not mask:
        return head + payload
    key = int.from_bytes((mask * (count // 4 + 1))[:count], "big")
    return head + mask + (int.from_bytes(payload, "big") ^ key).to_bytes(count, "big")


def closing(code, reason=b""):
    return frame(CLOSE, struct.pack("!H", code) + reason)


def framing():
    for group, opcode, name, byte in ((1, TEXT, "text", b"*"), (2, BINARY, "binary", b"\xfe")):
        sizes = (0, 125, 126, 127, 128, 65535, 65536, 65536)
        for at, size in enumerate(sizes, 1):
            payload = byte * size
            yield Case(
                f"1.{group}.{at}",
                f"{name} of {size} bytes" + (", 997 at a time" if at == 8 else ""),
                [frame(opcode, payload)],
                [(opcode, payload)],
                CLEAN,
                997 if at == 8 else 0,
            )
    yield Case("1.3", "a frame that is not masked", [frame(TEXT, b"x", mask=None)], [], 1002, 0)


def pings():
    def answered(number, what, payloads, chop=0):
        frames, back = [frame(PING, p) for p in payloads], [(PONG, p) for p in payloads]
        return Case(number, what, frames, back, CLEAN, chop)

    ten = [f"payload-{n}".encode() for n in range(10)]
    pong, ping = frame(PONG, b"unsolicited pong payload"), frame(PING, b"ping payload")
    yield answered("2.1", "a ping without payload", [b""])
    yield answered("2.2", "a ping with text", [b"Hello, world!"])
    yield answered("2.3", "a ping with bytes that are no text", [b"\x00\xff\xfe\xfd\xfc\xfb\x00\xff"])
    yield answered("2.4", "a ping of 125 bytes", [b"\xfe" * 125])
    yield Case("2.5", "a ping of 126 bytes", [frame(PING, b"\xfe" * 126)], [], 1002, 0)
    yield answered("2.6", "a ping of 125 bytes, byte by byte", [b"\xfe" * 125], BYTEWISE)
    yield Case("2.7", "a pong that nobody asked for", [frame(PONG)], [], CLEAN, 0)
    yield Case("2.8", "such a pong with payload", [pong], [], CLEAN, 0)
    yield Case("2.9", "such a pong, then a ping", [pong, ping], [(PONG, b"ping payload")], CLEAN, 0)
    yield answered("2.10", "ten pings in one go", ten)
    yield answered("2.11", "ten pings, byte by byte", ten, BYTEWISE)


def reserved_bits():
    hello = (TEXT, b"Hello, world!")
    fine, after = frame(*hello), frame(PING)
    yield Case("3.1", "text with RSV 1", [frame(*hello, rsv=1)], [], 1002, 0)
    for number, rsv, chop in (("3.2", 2, 0), ("3.3", 3, FRAMEWISE), ("3.4", 4, BYTEWISE)):
        frames = [fine, frame(*hello, rsv=rsv), after]
        yield Case(number, f"text, text with RSV {rsv}, ping", frames, [hello], 1002, chop)
    yield Case("3.5", "binary with RSV 5", [frame(BINARY, b"\xff" * 8, rsv=5)], [], 1002, 0)
    yield Case("3.6", "a ping with RSV 6", [frame(PING, b"x", rsv=6)], [], 1002, 0)
    yield Case("3.7", "a close with RSV 7", [frame(CLOSE, rsv=7)], [], 1002, 0)


def opcodes():
    hello = (TEXT, b"Hello, world!")
    for group, first in ((1, 3), (2, 11)):
        for at in range(5):
            bad = frame(first + at, b"reserved opcode payload" if at in (1, 3, 4) else b"")
            frames = [bad] if at < 2 else [frame(*hello), bad, frame(PING)]
            back = [] if at < 2 else [hello]
            chop = BYTEWISE if at == 4 else 0
            yield Case(f"4.{group}.{at + 1}", f"the reserved opcode {first + at}", frames, back, 1002, chop)


def fragments():
    one, two = b"fragment1", b"fragment2"
    start, end = frame(TEXT, one, fin=False), frame(CONTINUATION, two)
    loose, loose_open = frame(CONTINUATION, b"non-continuation"), frame(CONTINUATION, b"x", fin=False)
    whole, ping, hello = (TEXT, one + two), frame(PING, b"ping"), frame(TEXT, b"Hello, world!")
    for number, opcode in (("5.1", PING), ("5.2", PONG)):
        frames = [frame(opcode, one, fin=False), end]
        yield Case(number, "a ping or pong in two fragments", frames, [], 1002, 0)
    ways = ((0, "at once"), (FRAMEWISE, "frame by frame"), (BYTEWISE, "byte by byte"))
    for at, (chop, how) in enumerate(ways):
        yield Case(f"5.{3 + at}", f"text in two fragments, {how}", [start, end], [whole], CLEAN, chop)
    for at, (chop, how) in enumerate(ways):
        frames, back = [start, ping, end], [(PONG, b"ping"), whole]
        yield Case(f"5.{6 + at}", f"a ping between two fragments, {how}", frames, back, CLEAN, chop)
    for at, (chop, how) in enumerate(ways):
        what = f"a last continuation of nothing, then text, {how}"
        yield Case(f"5.{9 + at}", what, [loose, hello], [], 1002, chop)
    for at, (chop, how) in enumerate(ways):
        what = f"a continuation of nothing, then text, {how}"
        yield Case(f"5.{12 + at}", what, [loose_open, hello], [], 1002, chop)
    frames = [start, end, loose_open, hello]
    yield Case("5.15", "two fragments, then a continuation of nothing", frames, [whole], 1002, 0)
    for number, first in (("5.16", loose_open), ("5.17", loose)):
        frames = [first, start, end] * 2
        yield Case(number, "a continuation of nothing before each text", frames, [], 1002, 0)
    yield Case("5.18", "a second start instead of a continuation", [start, frame(TEXT, two)], [], 1002, 0)
    parts = [f"fragment{n}".encode() for n in range(1, 6)]
    frames = [frame(TEXT, parts[0], fin=False), frame(CONTINUATION, parts[1], fin=False), frame(PING, b"one")]
    frames += [frame(CONTINUATION, p, fin=False) for p in parts[2:4]] + [frame(PING, b"two")]
    frames += [frame(CONTINUATION, parts[4])]
    back = [(PONG, b"one"), (PONG, b"two"), (TEXT, b"".join(parts))]
    yield Case("5.19", "five fragments with pings, frame by frame", frames, back, CLEAN, FRAMEWISE)
    yield Case("5.20", "five fragments with pings, at once", frames, back, CLEAN, 0)


def closes():
    hello, bye = (TEXT, b"Hello, world!"), closing(1000)
    big = (TEXT, b"BAsd7&jh23" * 26214)
    yield Case("7.1.1", "a message, then a close", [frame(*hello), bye], [hello], 1000, 0)
    yield Case("7.1.2", "two closes", [bye, bye], [], 1000, 0)
    yield Case("7.1.3", "a ping after the close", [bye, frame(PING)], [], 1000, 0)
    yield Case("7.1.4", "text after the close", [bye, frame(*hello)], [], 1000, 0)
    frames = [frame(TEXT, b"fragment1", fin=False), bye, frame(CONTINUATION, b"fragment2")]
    yield Case("7.1.5", "a close between two fragments", frames, [], 1000, 0)
    frames = [frame(*big), frame(*hello), bye, frame(PING)]
    yield Case("7.1.6", "a long message, text, a close, a ping", frames, [big, hello], 1000, 0)
    yield Case("7.3.1", "a close without payload", [frame(CLOSE)], [], EMPTY, 0)
    yield Case("7.3.2", "a close of one byte", [frame(CLOSE, b"a")], [], 1002, 0)
    yield Case("7.3.3", "a close with a code", [bye], [], 1000, 0)
    yield Case("7.3.4", "a close with a reason", [closing(1000, b"Hello World!")], [], 1000, 0)
    yield Case("7.3.5", "a reason of 123 bytes", [closing(1000, b"*" * 123)], [], 1000, 0)
    yield Case("7.3.6", "a reason of 124 bytes", [closing(1000, b"*" * 124)], [], 1002, 0)
    reason = GREEK + b"\xed\xa0\x80" + b"edited"
    yield Case("7.5.1", "a reason that is no UTF-8", [closing(1000, reason)], [], 1007, 0)
    good = (1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999)
    for at, code in enumerate(good, 1):
        yield Case(f"7.7.{at}", f"the code {code}", [closing(code)], [], code, 0)
    # 1004 to 1006 and 1015 must not stand in a frame; 1012 to 1014 were registered later.
    for at, code in enumerate((0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999), 1):
        yield Case(f"7.9.{at}", f"the code {code}", [closing(code)], [], 1002, 0)
    for at, code in enumerate((5000, 65535), 1):
        yield Case(f"7.13.{at}", f"the code {code}", [closing(code)], [], 1002, 0)
