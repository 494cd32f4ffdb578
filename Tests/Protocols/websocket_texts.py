"""Group 6 of the Autobahn test suite: which bytes are text. The tables follow Markus Kuhn's UTF-8 stress test
(https://www.cl.cam.ac.uk/~mgk25/ucs/examples/UTF-8-test.txt).
"""

from websocket_cases import BYTEWISE, CLEAN, CONTINUATION, FRAMEWISE, GREEK, TEXT, Case, frame

INVALID = GREEK + b"\xed\xa0\x80" + b"edited"
VALID = "Hello-µ@ßöäüàá-UTF-8!!".encode()


def parts(*payloads):
    """A text in fragments."""
    last = len(payloads) - 1
    return [
        frame(CONTINUATION if at else TEXT, payload, fin=at == last) for at, payload in enumerate(payloads)
    ]


def singly(payload):
    return parts(*(payload[at : at + 1] for at in range(len(payload))))


def pieces():
    def good(number, what, frames, text, chop=0):
        return Case(number, what, frames, [(TEXT, text)], CLEAN, chop)

    yield good("6.1.1", "an empty text", parts(b""), b"")
    yield good("6.1.2", "an empty text in three fragments", parts(b"", b"", b""), b"")
    yield good("6.1.3", "three fragments, the middle one with payload", parts(b"", b"middle", b""), b"middle")
    yield good("6.2.1", "text in one frame", parts(VALID), VALID)
    yield good("6.2.2", "text cut between characters", parts(VALID[:12], VALID[12:]), VALID)
    yield good("6.2.3", "text in fragments of one byte", singly(VALID), VALID)
    yield good("6.2.4", "Greek in fragments of one byte", singly(GREEK), GREEK)
    yield Case("6.3.1", "no text, in one frame", parts(INVALID), [], 1007, 0)
    yield Case("6.3.2", "no text, in fragments of one byte", singly(INVALID), [], 1007, 0)
    # These end before the message does: the fault must show at once, not at its end.
    late = [b"\xce\xba\xe1\xbd\xb9\xcf\x83\xce\xbc\xce\xb5", b"\xf4\x90\x80\x80", b"edited"]
    worse = [late[0] + b"\xf4", b"\x90", b""]
    yield Case("6.4.1", "the second of three fragments is no text", parts(*late)[:2], [], 1007, FRAMEWISE)
    yield Case("6.4.2", "so it is, cut within the character", parts(*worse)[:2], [], 1007, FRAMEWISE)
    whole = frame(TEXT, b"".join(late))
    yield Case("6.4.3", "a frame of which the rest does not come", [whole[: 6 + 15]], [], 1007, 0)
    yield Case("6.4.4", "so it is, byte by byte", [whole[: 6 + 13]], [], 1007, BYTEWISE)


def continuations(first, last):
    return b"".join(bytes([byte]) + b" " for byte in range(first, last + 1))


def joined(text):
    return [bytes.fromhex(word) for word in text.split()]


def tables():
    """-> (group, what it is about, the byte sequences, whether they are text)"""
    words = [b"hello" + sign + b"world" for sign in joined("24 c2a2 e282ac f0a4ada2")]
    yield 5, "valid text", [*words, GREEK], True
    yield 7, "the first of its length", joined("00 c280 e0a080 f0908080"), True
    yield 8, "the first of a length that is no more", joined("f888808080 fc8480808080"), False
    yield 9, "the last of its length", joined("7f dfbf efbfbf f48fbfbf"), True
    yield 10, "the last of a length", joined("f7bfbfbf fbbfbfbfbf fdbfbfbfbfbf"), False
    yield 11, "at a boundary", joined("ed9fbf ee8080 efbfbd f48fbfbf"), True
    yield 11, "beyond the boundary", joined("f4908080"), False
    stray = joined("80 bf 80bf 80bf80 80bf80bf 80bf80bf80 80bf80bf80bf") + [bytes(range(0x80, 0xC0))]
    yield 12, "continuation bytes alone", stray, False
    lonely = ((0xC0, 0xDF), (0xE0, 0xEF), (0xF0, 0xF7), (0xF8, 0xFB), (0xFC, 0xFD))
    yield 13, "start bytes alone", [continuations(*pair) for pair in lonely], False
    missing = joined("c0 e080 f08080 f8808080 fc80808080 df efbf f7bfbf fbbfbfbf fdbfbfbfbf")
    yield 14, "the last byte is missing", missing, False
    yield 15, "all of those together", [b"".join(missing)], False
    yield 16, "bytes that never occur", joined("fe ff fefeffff"), False
    yield 17, "a long form of ASCII", joined("c0af e080af f08080af f8808080af fc80808080af"), False
    yield 18, "the longest that is too long", joined("c1bf e09fbf f08fbfbf f887bfbfbf fc83bfbfbfbf"), False
    yield 19, "a long form of NUL", joined("c080 e08080 f0808080 f880808080 fc8080808080"), False
    surrogates = joined("eda080 edadbf edae80 edafbf edb080 edbe80 edbfbf")
    yield 20, "half of a UTF-16 pair", surrogates, False
    pairs = [h + l for h in joined("eda080 edadbf edae80 edafbf") for l in joined("edb080 edbfbf")]
    yield 21, "a UTF-16 pair", pairs, False
    none = [chr(plane << 16 | low).encode() for plane in range(17) for low in (0xFFFE, 0xFFFF)]
    yield 22, "a code point that is no character", none, True
    yield 23, "specials", [chr(point).encode() for point in range(0xFFF9, 0x10000)], True


def texts():
    yield from pieces()
    for count in range(1, len(GREEK) + 1):
        prefix = GREEK[:count]
        good = count in (2, 5, 7, 9, 11)
        back, close = ([(TEXT, prefix)], CLEAN) if good else ([], 1007)
        yield Case(f"6.6.{count}", f"the first {count} bytes of Greek", [frame(TEXT, prefix)], back, close, 0)
    at = {}
    for group, what, sequences, good in tables():
        for bytes_ in sequences:
            at[group] = at.get(group, 0) + 1
            back, close = ([(TEXT, bytes_)], CLEAN) if good else ([], 1007)
            shown = bytes_.hex() if len(bytes_) <= 12 else f"{len(bytes_)} bytes"
            yield Case(f"6.{group}.{at[group]}", f"{what}: {shown}", [frame(TEXT, bytes_)], back, close, 0)
