#!/usr/bin/env python3
"""Real files of every kind, full of places, serial numbers and names, through the real program and back.

What comes back must show the same picture, the same way up, play the same film, and say nothing more: exiftool finds no
place, camera, serial number or author, and no text that was hidden is anywhere in it. Also uploads of 40 MB, which take
no memory to speak of.
"""

import json
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import zlib

from instance import SKIPPED, Instance, arguments, request, scratch
from report import Report, expect
from usage import forget_peak, kilobytes

MARK = "S3CR3T"
TOOLS = "exiftool ffmpeg ffprobe vips cwebp gif2webp heif-enc avifenc flac oggenc".split()
# Tags that tell where, when, by whom or with what; what a colour profile says of itself is none of them.
TELLING = re.compile(
    r"GPS|Location|City|Country|SerialNumber|Make$|Model$|Artist|Author|Creator|Owner|Copyright$|Comment|Title"
    r"|Description|DateTimeOriginal|Software|ImageUniqueID|Lens|Picture$|Album",
    re.I,
)
# What a piece of music says of itself stays in the formats that are made for music; a film says nothing.
MUSIC = ("Title", "Artist", "Album")
MUSICAL = ("audio/mpeg", "audio/ogg", "audio/flac")
SILENT_GROUPS = ("System", "ExifTool", "ICC")
WIDTH, HEIGHT, SECONDS = 96, 64, 1.0


def run(*command, **options):
    done = subprocess.run([str(c) for c in command], capture_output=True, timeout=120, **options)
    if done.returncode:
        raise RuntimeError(f"{command[0]}: exit {done.returncode}: {done.stderr.decode(errors='replace')[-300:]}")
    return done.stdout


def ffmpeg(*options):
    return run("ffmpeg", "-v", "error", "-y", *options)


def tags(path):
    """What exiftool finds, without what it says of the file as such."""
    found = json.loads(run("exiftool", "-a", "-G1", "-ee", "-json", "-n", path))[0]
    return {k: v for k, v in found.items() if not k.startswith(SILENT_GROUPS)}


def fill_in(path, *more):
    """Lets exiftool write all that a camera and a photographer might."""
    run(
        "exiftool", "-q", "-m", "-overwrite_original",
        "-EXIF:GPSLatitude=51.5", "-EXIF:GPSLatitudeRef=N", "-EXIF:GPSLongitude=0.1", "-EXIF:GPSLongitudeRef=W",
        f"-EXIF:Make=Make {MARK}", f"-EXIF:Model=Model {MARK}", f"-EXIF:SerialNumber={MARK}",
        f"-EXIF:LensSerialNumber={MARK}", f"-EXIF:OwnerName={MARK}", f"-EXIF:Artist={MARK}",
        f"-EXIF:UserComment={MARK}", "-XMP-exif:GPSLatitude=51.5", "-XMP-exif:GPSLongitude=-0.1",
        f"-XMP-iptcCore:Location={MARK}", f"-XMP-dc:Creator={MARK}", f"-XMP-photoshop:City={MARK}",
        f"-IPTC:City={MARK}", f"-Comment={MARK}", *more, path,
    )  # fmt: skip
    assert MARK.encode() in path.read_bytes(), f"{path.name} holds no secret to begin with"


class Sample:
    """A file to upload, and what must be true of it afterwards."""

    def __init__(self, path, media_type, orientation=None, size=(WIDTH, HEIGHT), seconds=None, plain=None):
        self.path, self.media_type, self.orientation = path, media_type, orientation
        # What it was before something was written into it: not every decoder copes with what exiftool makes.
        self.plain = plain or path
        self.size, self.seconds = size, seconds
        self.name = path.name


def looks(path):
    """The pixels, or the frames and samples, as something that can be compared."""
    if path.suffix in (".jpg", ".png", ".webp", ".gif", ".heic", ".avif"):
        pages = "[n=-1]" if path.suffix in (".gif", ".webp") else ""
        raw = path.with_suffix(path.suffix + ".raw")
        run("vips", "rawsave", f"{path}{pages}", raw)
        pixels = raw.read_bytes()
        frames = ffmpeg("-noautorotate", "-i", path, "-f", "framemd5", "-") if path.suffix in (".png", ".gif") else b""
        return zlib.crc32(pixels), len(pixels), frames
    return ffmpeg("-i", path, "-map", "0:V?", "-map", "0:a?", "-f", "framemd5", "-")


def pictures(folder):
    """The pictures, made by the tools that people use."""
    base, film = folder / "base.png", folder / "film.gif"
    source = f"testsrc2=size={WIDTH}x{HEIGHT}:rate=5"
    ffmpeg("-f", "lavfi", "-i", source, "-frames:v", "1", base)
    ffmpeg("-f", "lavfi", "-i", source, "-t", "1", film)

    def path(name, make):
        made = folder / name
        make(made)
        return made

    def vips(options=""):
        return lambda made: run("vips", "copy", base, f"{made}{options}")

    turned, swapped = ["-EXIF:Orientation#=6"], (HEIGHT, WIDTH)
    for name, media_type, make, more, orientation, size in [
        ("plain.jpg", "image/jpeg", vips("[Q=90]"), [], None, None),
        ("progressive.jpg", "image/jpeg", vips("[interlace=true]"), [], None, None),
        ("turned.jpg", "image/jpeg", vips(), turned, 6, swapped),
        ("turned-upside-down.jpg", "image/jpeg", vips(), ["-EXIF:Orientation#=3"], 3, None),
        ("turned-in-xmp-only.jpg", "image/jpeg", vips(), ["-XMP-tiff:Orientation#=6"], None, None),
        ("cmyk.jpg", "image/jpeg", lambda made: run("vips", "colourspace", base, made, "cmyk"), [], None, None),
        ("plain.png", "image/png", vips(), [], None, None),
        ("turned.png", "image/png", vips(), turned, 6, swapped),
        ("moving.png", "image/png", lambda made: ffmpeg("-i", film, "-f", "apng", made), [], None, None),
        ("lossy.webp", "image/webp", lambda made: run("cwebp", "-quiet", base, "-o", made), [], None, None),
        (
            "turned-lossless.webp",
            "image/webp",
            lambda made: run("cwebp", "-quiet", "-lossless", base, "-o", made),
            turned,
            6,
            swapped,
        ),
        ("moving.webp", "image/webp", lambda made: run("gif2webp", "-quiet", film, "-o", made), [], None, None),
        ("still.heic", "image/heic", lambda made: run("heif-enc", base, "-o", made), [], None, None),
        ("thumb.heic", "image/heic", lambda made: run("heif-enc", "-t", "32", base, "-o", made), turned, None, None),
        ("still.avif", "image/avif", lambda made: run("avifenc", base, made), [], None, None),
        ("turned.avif", "image/avif", lambda made: run("avifenc", "--irot", "1", base, made), [], None, swapped),
    ]:
        made = path(name, make)
        plain = made.with_stem(made.stem + "-before")
        shutil.copy(made, plain)
        fill_in(made, *more)
        yield Sample(made, media_type, orientation, size or (WIDTH, HEIGHT), plain=plain)

    moving = folder / "moving.gif"
    shutil.copy(film, moving)
    run(
        "exiftool", "-q", "-overwrite_original", f"-Comment={MARK}", "-XMP-exif:GPSLatitude=51.5",
        f"-XMP-dc:Creator={MARK}", moving,
    )  # fmt: skip
    yield Sample(moving, "image/gif")

    motion = folder / "motion.jpg"
    motion.write_bytes((folder / "plain.jpg").read_bytes() + b"\0\0\0\x18ftypmp42" + MARK.encode() * 100)
    yield Sample(motion, "image/jpeg")


def broken(folder):
    """Exif that is broken on purpose, in each of the places where it stands."""
    head = b"II*\0\x08\0\0\0"
    entry = struct.pack("<HHI", 0x010F, 2, 7)
    secret = MARK.encode()
    directories = {
        "cut": head + struct.pack("<H", 9) + entry[:5] + secret,
        "loop": head + struct.pack("<H", 1) + entry + struct.pack("<II", 26, 8) + secret,
        "huge": head + struct.pack("<H", 0xFFFF) + struct.pack("<HHII", 0x010F, 2, 0xFFFFFFFF, 0xFFFFFFF0) + secret,
        "far": b"MM\0*\xff\xff\xff\xff" + secret,
    }
    jpeg, png = (folder / "base.jpg"), (folder / "base.png").read_bytes()
    run("vips", "copy", folder / "base.png", jpeg)
    webp = folder / "base.webp"
    run("cwebp", "-quiet", folder / "base.png", "-o", webp)
    frame = webp.read_bytes()[12:]
    for name, tiff in directories.items():
        exif = b"Exif\0\0" + tiff
        made = folder / f"broken-{name}.jpg"
        made.write_bytes(b"\xff\xd8\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + jpeg.read_bytes()[2:])
        yield Sample(made, "image/jpeg")
        made = folder / f"broken-{name}.png"
        chunk = b"eXIf" + tiff
        made.write_bytes(
            png[:33] + struct.pack(">I", len(tiff)) + chunk + struct.pack(">I", zlib.crc32(chunk)) + png[33:]
        )
        yield Sample(made, "image/png")
        made = folder / f"broken-{name}.webp"
        canvas = struct.pack("<I", WIDTH - 1)[:3] + struct.pack("<I", HEIGHT - 1)[:3]
        body = b"WEBPVP8X\x0a\0\0\0\x08\0\0\0" + canvas + frame
        body += b"EXIF" + struct.pack("<I", len(tiff)) + tiff + b"\0" * (len(tiff) % 2)
        made.write_bytes(b"RIFF" + struct.pack("<I", len(body)) + body)
        yield Sample(made, "image/webp")


def hide_in_samples(path):
    """Puts a block behind the samples, as dashcams do between them; no track refers to it."""
    content = path.read_bytes()
    place = content.index(b"mdat") - 4
    size = int.from_bytes(content[place : place + 4], "big")
    assert content[place + size + 4 :].startswith(b"moov"), "what comes behind is not referred to by place"
    block = b"freeGPS " + MARK.encode() * 100
    path.write_bytes(
        content[:place] + struct.pack(">I", size + len(block)) + content[place + 4 : place + size] + block
        + content[place + size :]
    )  # fmt: skip


def recordings(folder):
    """Films and sounds, with all that ffmpeg and exiftool write into them."""
    told = []
    for key in ("comment", "location", "encoder", "make", "model", "copyright"):
        told += ["-metadata", f"{key}={MARK}"]
    for key in MUSIC:
        told += ["-metadata", f"{key.lower()}=Known"]
    picture = ["-f", "lavfi", "-i", f"testsrc2=size={WIDTH}x{HEIGHT}:rate=10"]
    sound = ["-f", "lavfi", "-i", "sine=frequency=440"]
    length = ["-t", str(SECONDS)]
    parts = ["-movflags", "frag_keyframe+empty_moov+default_base_moof"]
    for name, media_type, inputs, codecs in [
        ("film.mp4", "video/mp4", picture + sound, ["-c:v", "libx264", "-c:a", "aac", "-movflags", "use_metadata_tags"]),
        ("fast.mp4", "video/mp4", picture + sound, ["-c:v", "libx264", "-c:a", "aac", "-movflags", "+faststart"]),
        ("pieces.mp4", "video/mp4", picture, ["-c:v", "libx264", "-movflags", "frag_keyframe+empty_moov"]),
        ("both.mp4", "video/mp4", picture + sound, ["-c:v", "libx264", "-bf", "0", "-g", "4", "-c:a", "aac", *parts]),
        ("film.mov", "video/quicktime", picture + sound, ["-c:v", "libx264", "-c:a", "aac"]),
        ("plain.mov", "video/quicktime", picture + sound, ["-c:v", "libx264", "-c:a", "pcm_s16le"]),
        ("dashcam.mov", "video/quicktime", picture + sound, ["-c:v", "libx264", "-c:a", "pcm_s16be", "-ac", "2"]),
        ("dashcam.mp4", "video/mp4", picture + sound, ["-c:v", "libx264", "-c:a", "aac"]),
        ("film.webm", "video/webm", picture + sound, ["-c:v", "libvpx-vp9", "-c:a", "libopus"]),
        ("sound.weba", "audio/webm", sound, ["-c:a", "libopus", "-f", "webm"]),
        ("sound.mp3", "audio/mpeg", sound, ["-c:a", "libmp3lame"]),
        ("sound.ogg", "audio/ogg", sound, ["-c:a", "libvorbis"]),
        ("speech.ogg", "audio/ogg", sound, ["-c:a", "libopus"]),
        ("sound.flac", "audio/flac", sound, ["-c:a", "flac"]),
        ("sound.m4a", "audio/mp4", sound, ["-c:a", "aac"]),
        ("sound.wav", "audio/wav", sound, []),
    ]:
        made = folder / name
        ffmpeg(*inputs, *length, *codecs, *told, made)
        # exiftool writes into no film that comes in pieces.
        if made.stem == "dashcam":
            hide_in_samples(made)
        elif made.suffix in (".mp4", ".mov") and made.stem not in ("pieces", "both"):
            run(
                "exiftool", "-q", "-m", "-overwrite_original", "-Keys:GPSCoordinates=51.5, -0.1, 10",
                "-UserData:GPSCoordinates=51.5, -0.1, 10", f"-Keys:Make={MARK}", f"-Keys:Model={MARK}",
                "-XMP-exif:GPSLatitude=51.5", f"-XMP-dc:Creator={MARK}", made,
            )  # fmt: skip
        size = (WIDTH, HEIGHT) if media_type.startswith("video/") else None
        yield Sample(made, media_type, size=size, seconds=SECONDS)


def upload(server, name, content, timeout=120.0):
    boundary = "metadata-boundary"
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
    body = f"{head}Content-Type: application/octet-stream\r\n\r\n".encode() + content
    headers = {
        "Host": server.domain,
        "Authorization": f"Bearer {server.token()}",
        "Content-Type": f"multipart/form-data; boundary={boundary}",
    }
    end = f"\r\n--{boundary}--\r\n".encode()
    return request(server.port, "POST", "/api/v2/media", headers, body + end, timeout)


def round_trip(server, folder, sample):
    answer = upload(server, sample.name, sample.path.read_bytes())
    expect(answer.status, 200, answer.body)
    entity = answer.json()
    kept = request(server.port, "GET", entity["url"].removeprefix(server.url), {"Host": server.domain})
    expect((kept.status, kept.headers["Content-Type"]), (200, sample.media_type))
    back = folder / "back" / sample.name
    back.write_bytes(kept.body)
    for hidden in (MARK.encode(), MARK.encode("utf-16-le"), MARK.encode("utf-16-be")):
        assert hidden not in kept.body, "a text that was hidden is still there"
    found = tags(back)
    telling = [tag for tag in found if TELLING.search(tag.partition(":")[2]) or "GPS" in tag]
    if sample.media_type in MUSICAL:
        telling = [tag for tag in telling if tag.partition(":")[2] not in MUSIC]
    assert not telling, f"it still tells {telling}"
    orientations = [v for k, v in found.items() if k.endswith(":Orientation") and k != "Composite:Orientation"]
    expect(orientations, [sample.orientation] if sample.orientation else [], "orientation")
    before = tags(sample.path)
    expect(found.get("QuickTime:Rotation"), before.get("QuickTime:Rotation"), "rotation")
    assert looks(back) == looks(sample.plain), "it does not look or sound the same"
    original = entity["meta"]["original"]
    if sample.size:
        expect((original["width"], original["height"]), sample.size)
    if sample.seconds:
        assert abs(original["duration"] - sample.seconds) < 0.15, original
    return len(kept.body)


def silence(server, folder, sample, address):
    """Fails if what is served at this address tells anything of the maker or the place."""
    kept = request(server.port, "GET", address.removeprefix(server.url), {"Host": server.domain})
    expect(kept.status, 200, address)
    back = folder / "back" / f"helped-{sample.name}{pathlib.PurePath(address).suffix}"
    back.write_bytes(kept.body)
    assert MARK.encode() not in kept.body, "a text that was hidden is still there"
    telling = [tag for tag in tags(back) if TELLING.search(tag.partition(":")[2]) or "GPS" in tag]
    if sample.media_type in MUSICAL:
        telling = [tag for tag in telling if tag.partition(":")[2] not in MUSIC]
    assert not telling, f"{address} still tells {telling}"


def helped(server, folder, sample):
    """The same with a helper, which makes previews and may replace the file; -> what there is of it."""
    answer = upload(server, "helped-" + sample.name, sample.path.read_bytes())
    expect(answer.status, 200, answer.body)
    entity = answer.json()
    silence(server, folder, sample, entity["url"])
    preview = entity["preview_url"]
    if preview and "/media/" in preview and preview != entity["url"]:
        silence(server, folder, sample, preview)
        return "a preview"
    return "no preview"


def large_files(megabytes):
    """One for each way in which files are taken: stripped as they come, and where they lie."""
    filling = bytes(range(256)) * (megabytes << 12)

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + b"\0\0\0\0"

    size = struct.pack(">II", WIDTH, HEIGHT) + b"\x08\x02\0\0\0"
    yield "large.png", b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", filling) + chunk(b"IEND", b"")
    frame = b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", WIDTH, HEIGHT) + filling
    body = b"WEBPVP8 " + struct.pack("<I", len(frame)) + frame
    yield "large.webp", b"RIFF" + struct.pack("<I", len(body)) + body


def main():
    given = arguments(__doc__)
    missing = [tool for tool in TOOLS if not shutil.which(tool)]
    if missing:
        print(f"skipped: not installed: {', '.join(missing)}")
        sys.exit(SKIPPED)
    report, folder = Report(), scratch(given.keep)
    (folder / "back").mkdir()
    # Without a helper, which would turn pictures and make them smaller: what came is what is looked at here.
    settings = {"media.image-limit": "48M", "media.helper": "none"}
    server = Instance(given.islet, folder / "data", settings=settings).init().start()
    limits = server.api("GET", "/api/v2/instance").json()["configuration"]["media_attachments"]
    with report("apps are told the kinds and the limits"):
        expect((limits["image_size_limit"], limits["video_size_limit"]), (48 << 20, 99 << 20))
    for make in (pictures, broken, recordings):
        for sample in make(folder):
            if sample.media_type not in limits["supported_mime_types"]:
                report.skip(sample.name, f"{sample.media_type} is not taken")
                continue
            with report(sample.name) as seen:
                seen.append(f"{round_trip(server, folder, sample)} bytes")
    with_helper = Instance(given.islet, folder / "helped", settings={"media.image-limit": "48M"}).init().start()
    for make in (pictures, recordings):
        for sample in make(folder):
            if sample.media_type in limits["supported_mime_types"]:
                with report(f"{sample.name}, with a helper") as seen:
                    seen.append(helped(with_helper, folder, sample))
    expect(with_helper.stop(), 0, "exit status")
    for name, content in large_files(40):
        with report(f"{name}: an upload of 40 MB takes at most 3 MB of memory") as seen:
            idle = kilobytes(server.process.pid, "VmRSS")
            forget_peak(server.process.pid)
            expect(upload(server, name, content).status, 200)
            most = kilobytes(server.process.pid, "VmHWM") - idle
            seen.append(f"{most} KB")
            assert most <= 3 << 10, f"{most} KB"
    with report("a picture beyond the limit, a text, SVG and HTML are refused, and nothing is left"):
        before = sorted((folder / "data" / "media").iterdir())
        for name, content in large_files(49):
            answer = upload(server, name, content)
            expect((answer.status, answer.json()["error"]), (422, "The file is larger than 48 MB"))
        for content in (b"just some text", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"<!doctype html><p>"):
            expect(upload(server, "a.png", content * 9).status, 422)
        expect(sorted((folder / "data" / "media").iterdir()), before)
    expect(server.stop(), 0, "exit status")
    report.end()


if __name__ == "__main__":
    main()
