"""Small real pictures with the metadata that cameras put in, and what is left of it in bytes that came
back.
"""

import struct
import zlib

# Words that stand in the metadata of the pictures below, and nowhere in their pixels.
SECRETS = (
    b"Exif",
    b"secret garden",
    struct.pack("<III", 52, 1, 31),
    b"http://ns.adobe.com/xap",
    b"Photoshop",
)


def _segment(marker, data):
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(data) + 2) + data


def _exif():
    """A TIFF structure with a description, and a GPS block that says 52° 31' 12" N, 13° 24' 36" E."""

    def entry(tag, kind, count, value):
        return struct.pack("<HHI", tag, kind, count) + value.ljust(4, b"\0")

    def rational(*numbers):
        return b"".join(struct.pack("<II", n, 1) for n in numbers)

    text = b"secret garden\0"
    ifd0, gps = 8, 8 + 2 + 2 * 12 + 4
    heap = gps + 2 + 4 * 12 + 4
    return (
        b"Exif\0\0"
        + b"II*\0"
        + struct.pack("<I", ifd0)
        + struct.pack("<H", 2)
        + entry(0x010E, 2, len(text), struct.pack("<I", heap + 48))
        + entry(0x8825, 4, 1, struct.pack("<I", gps))
        + struct.pack("<I", 0)
        + struct.pack("<H", 4)
        + entry(1, 2, 2, b"N\0")
        + entry(2, 5, 3, struct.pack("<I", heap))
        + entry(3, 2, 2, b"E\0")
        + entry(4, 5, 3, struct.pack("<I", heap + 24))
        + struct.pack("<I", 0)
        + rational(52, 31, 12)
        + rational(13, 24, 36)
        + text
    )


def jpeg():
    """A grey JPEG of 16 x 8 pixels with EXIF (GPS), XMP, Photoshop and comment blocks."""
    table = _segment(0xDB, b"\0" + b"\x10" * 64)
    frame = _segment(0xC0, struct.pack(">BHHB", 8, 8, 16, 1) + b"\x01\x11\0")
    # One code of one bit each: "no change" for DC, "end of block" for AC. So a block is two zero bits.
    codes = _segment(0xC4, b"\0" + b"\x01" + b"\0" * 15 + b"\0") + _segment(
        0xC4, b"\x10" + b"\x01" + b"\0" * 15 + b"\0"
    )
    scan = _segment(0xDA, b"\x01\x01\0\0\x3f\0") + b"\x0f"
    return (
        b"\xff\xd8"
        + _segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0")
        + _segment(0xE1, _exif())
        + _segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x>secret garden</x>")
        + _segment(0xED, b"Photoshop 3.0\0secret garden")
        + _segment(0xFE, b"secret garden")
        + table
        + frame
        + codes
        + scan
        + b"\xff\xd9"
    )


def png():
    """A red PNG of 4 x 3 pixels with eXIf, tEXt, iTXt and tIME chunks."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    pixels = (b"\0" + b"\xff\0\0" * 4) * 3
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 4, 3, 8, 2, 0, 0, 0))
        + chunk(b"eXIf", _exif()[6:])
        + chunk(b"tEXt", b"Comment\0secret garden")
        + chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0secret garden")
        + chunk(b"tIME", b"\x07\xea\x0b\x15\x04\x04\x04")
        + chunk(b"IDAT", zlib.compress(pixels))
        + chunk(b"IEND", b"")
    )


def leftovers(data):
    """Which traces of the metadata are still in a picture that was served."""
    found = [s.decode(errors="replace") for s in SECRETS if s in data]
    if data.startswith(b"\x89PNG"):
        found += [n.decode() for n in (b"eXIf", b"tEXt", b"iTXt", b"tIME") if n in data]
    return found


def same_pixels(data, original):
    """Whether the coded picture itself is untouched."""
    if original.startswith(b"\xff\xd8"):
        # From the quantisation table on nothing is metadata.
        start = original.index(b"\xff\xdb")
        return data.startswith(b"\xff\xd8") and data.endswith(original[start:])
    start = original.index(b"IDAT") - 4
    return data.startswith(original[:33]) and data.endswith(original[start:])
