"""Pictures of any size in bytes, which programs can read."""

import os
import zlib


def chunk(name, data):
    return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")


def png(size):
    """A valid small PNG, made `size` bytes long by a chunk that nobody reads."""
    head = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", (8).to_bytes(4, "big") * 2 + b"\x08\0\0\0\0")
    end = chunk(b"IDAT", zlib.compress(b"\0" * 72)) + chunk(b"IEND", b"")
    return head + chunk(b"fiLL", os.urandom(size - len(head) - len(end) - 12)) + end
