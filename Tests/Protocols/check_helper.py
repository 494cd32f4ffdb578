#!/usr/bin/env python3
"""Small pictures, made by the programs that are really there: as a child and behind a socket, and when they fail."""

import os
import pathlib
import shutil
import stat
import struct
import subprocess
import threading
import time

from instance import Instance, arguments, request, scratch, wait_for
from report import Report, expect
from usage import kilobytes

# Two blurs of the same picture differ a little from program to program; their shape does not.
BLURHASH = 28


def have(name):
    return shutil.which(name)


def make(*command):
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, capture_output=True, timeout=120)


def display_p3():
    """The colours of telephones with a gamma of 2.2, as small as a profile can be (ICC.1:2001-04)."""

    def number(value):
        return struct.pack(">i", round(value * 65_536))

    def colour(*values):
        return b"XYZ \0\0\0\0" + b"".join(number(value) for value in values)

    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(2.2 * 256)) + b"\0\0"
    name = b"desc\0\0\0\0" + struct.pack(">I", 3) + b"P3\0" + bytes(81)
    tags = {
        b"desc": name, b"wtpt": colour(.9642, 1, .8249), b"rXYZ": colour(.51512, .2412, -.00105),
        b"gXYZ": colour(.29198, .69225, .04189), b"bXYZ": colour(.1571, .06657, .78407),
        b"rTRC": curve, b"gTRC": curve, b"bTRC": curve,
    }
    place, table, data = 132 + 12 * len(tags), struct.pack(">I", len(tags)), b""
    for tag, content in tags.items():
        table += tag + struct.pack(">II", place + len(data), len(content))
        data += content
    head = struct.pack(">I4sI4s4s4s12s4s", place + len(data), bytes(4), 0x02100000, b"mntr", b"RGB ", b"XYZ ",
                       bytes(12), b"acsp").ljust(68, b"\0") + number(.9642) + number(1) + number(.8249)
    return head.ljust(128, b"\0") + table + data


def pixel(path):
    """Red, green and blue in the middle of a picture, as its numbers are."""
    said = subprocess.run(
        ["ffmpeg", "-v", "error", "-i", str(path), "-vf", "format=rgb24,crop=1:1", "-frames:v", "1", "-f", "rawvideo",
         "-"], check=True, stdin=subprocess.DEVNULL, capture_output=True, timeout=120)
    return tuple(said.stdout[:3])


def files(folder):
    """Pictures and a film, made by ffmpeg, with a place where exiftool is there."""
    folder.mkdir()
    ffmpeg = ["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i"]
    make(*ffmpeg, "mandelbrot=size=4000x3000:rate=1", "-vf", "noise=alls=20:allf=t", "-frames:v", "1", "-q:v",
         "2", str(folder / "camera.jpg"))
    make(*ffmpeg, "testsrc=size=1600x1200:rate=1", "-frames:v", "1", "-q:v", "2", str(folder / "turned.jpg"))
    make(*ffmpeg, "color=red@0.5:size=1600x1200,format=rgba", "-frames:v", "1", str(folder / "alpha.png"))
    make(*ffmpeg, "color=0xC86432:size=4000x3000", "-frames:v", "1", "-q:v", "2", str(folder / "p3.jpg"))
    profile = b"ICC_PROFILE\0\1\1" + display_p3()
    plain = (folder / "p3.jpg").read_bytes()
    (folder / "p3.jpg").write_bytes(
        plain[:2] + b"\xff\xe2" + struct.pack(">H", len(profile) + 2) + profile + plain[2:])
    make(*ffmpeg, "testsrc=size=720x576:rate=25:duration=1", "-vf", "setsar=64/45", "-pix_fmt", "yuv420p",
         str(folder / "wide.mp4"))
    make(*ffmpeg, "testsrc=size=1280x720:rate=25:duration=2", "-pix_fmt", "yuv420p", str(folder / "film.mp4"))
    if have("exiftool"):
        for name, turn in (("camera.jpg", 1), ("turned.jpg", 6)):
            make("exiftool", "-q", "-overwrite_original", "-n", f"-Orientation={turn}", "-GPSLatitude=51.5",
                 "-GPSLatitudeRef=N", "-GPSLongitude=0.1", "-GPSLongitudeRef=W", "-Make=Cam", str(folder / name))
    return folder


def upload(server, path, field="file", method="POST", to="/api/v2/media"):
    """-> the answer and the seconds it took."""
    boundary = "check-helper"
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="{field}"; filename="x"\r\n\r\n'
    body = head.encode() + pathlib.Path(path).read_bytes() + f"\r\n--{boundary}--\r\n".encode()
    start = time.monotonic()
    answer = request(
        server.port, method, to,
        {"Host": server.domain, "Authorization": f"Bearer {server.token()}",
         "Content-Type": f"multipart/form-data; boundary={boundary}"},
        body, timeout=60)
    return answer, time.monotonic() - start


def stored(server, url):
    return server.folder / "media" / url.rsplit("/", 1)[1]


def descriptors(server):
    return len(os.listdir(f"/proc/{server.process.pid}/fd"))


def children(server):
    found = []
    for task in pathlib.Path(f"/proc/{server.process.pid}/task").iterdir():
        try:
            found += (task / "children").read_text().split()
        except OSError:
            pass  # a thread that ended meanwhile
    return found


def nothing_left(server, before):
    assert wait_for(lambda: not children(server), 5), f"children are left: {children(server)}"
    assert wait_for(lambda: descriptors(server) <= before, 5), f"{descriptors(server)} descriptors, {before} before"
    left = [p.name for p in (server.folder / "media").iterdir() if p.name.startswith(".")]
    expect(left, [], "unfinished files")


class Path:
    """A folder of programs, to be the only one that a server looks in."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir()

    def link(self, *names):
        for name in names:
            (self.folder / name).symlink_to(have(name))
        return self

    def script(self, name, text):
        path = self.folder / name
        path.write_text("#!/bin/sh\nPATH=/usr/bin:/bin\n" + text + "\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
        return self

    def env(self):
        return {"PATH": str(self.folder)}


def good_picture(json, server, what):
    expect(len(json["blurhash"] or ""), BLURHASH, f"{what}: blurhash")
    assert json["preview_url"] != json["url"], f"{what}: no preview"
    small = json["meta"]["small"]
    assert 200_000 < small["width"] * small["height"] <= 230_400, f"{what}: {small}"
    assert stored(server, json["preview_url"]).stat().st_size > 1_000, what


def with_tools(report, given, folder, made, tools):
    server = Instance(given.islet, folder / ("with-" + "-".join(tools))).init()
    server.start(env=Path(folder / ("bin-" + "-".join(tools))).link(*tools).env())
    name = " and ".join(tools)
    before = descriptors(server)
    idle = kilobytes(server.process.pid, "RssAnon")
    with report(f"{name}: a picture of 12 megapixels has a preview and a blur, and is replaced by vips alone") as seen:
        (answer, seconds), most = watched(lambda: upload(server, made / "camera.jpg"))
        expect(answer.status, 200)
        json = answer.json()
        good_picture(json, server, "camera")
        original = json["meta"]["original"]
        expect(original["width"] * original["height"] <= 8_294_400, "vipsthumbnail" in tools, original)
        seen += [f"{seconds:.2f} s", f"largest process {most / 1024:.0f} MB"]
        if "vipsthumbnail" in tools:
            assert seconds < 3, f"{seconds:.1f} s"
            assert most < 96 * 1024, f"{most} kB"
        if have("exiftool"):
            said = subprocess.run(
                ["exiftool", "-s", "-G1", str(stored(server, json["url"])), str(stored(server, json["preview_url"]))],
                capture_output=True, text=True, check=True).stdout
            for word in ("GPS", "Cam", "XMP", "Exif"):
                assert word not in said.replace("ExifTool", ""), f"{word} is in {said}"
        grown = kilobytes(server.process.pid, "RssAnon") - idle
        seen.append(f"the server grew by {grown} kB")
        assert grown < 3 * 1024, f"the server grew by {grown} kB"
    with report(f"{name}: a turned picture has a preview that stands upright"):
        json = upload(server, made / "turned.jpg")[0].json()
        good_picture(json, server, "turned")
        if have("exiftool"):
            small = json["meta"]["small"]
            assert small["width"] < small["height"], small
    with report(f"{name}: the colours of a telephone are not lost with their profile") as seen:
        json = upload(server, made / "p3.jpg")[0].json()
        if "vipsthumbnail" in tools:
            # What is C86432 in Display P3 is about D95E19 without a profile.
            for url in (json["url"], json["preview_url"]):
                found = pixel(stored(server, url))
                seen.append(bytes(found).hex())
                assert max(abs(a - b) for a, b in zip(found, (0xD9, 0x5E, 0x19))) < 8, found
        else:
            assert b"ICC_PROFILE" in stored(server, json["url"]).read_bytes()[:4_096], "the profile is gone"
    with report(f"{name}: transparency stays"):
        json = upload(server, made / "alpha.png")[0].json()
        expect(stored(server, json["preview_url"]).suffix, ".png")
        expect(len(json["blurhash"] or ""), BLURHASH)
    with report(f"{name}: nothing is left of any of it"):
        nothing_left(server, before)
    film, _ = upload(server, made / "film.mp4")
    if film.status == 200:
        with report(f"{name}: a film has its first picture, if ffmpeg is there"):
            json = film.json()
            expect(json["type"], "video")
            if "ffmpeg" in tools:
                good_picture(json, server, "film")
                small = upload(server, made / "wide.mp4")[0].json()["meta"]["small"]
                assert abs(small["width"] / small["height"] - 16 / 9) < 0.02, small
            else:
                assert json["preview_url"].endswith("/static/video.png"), json
    with report("islet check says who makes them"):
        said = server.run("check", "--data", str(server.folder), env=os.environ | {"PATH": str(folder / ("bin-" + "-".join(tools)))})
        expect(said.returncode, 0, said.stderr)
        assert tools[0] in said.stdout and "by a child" in said.stdout, said.stdout
    expect(server.stop(), 0, "exit status")


def watched(act):
    """What `act()` returns, and the kilobytes of the largest program that makes pictures meanwhile."""
    most, done = [0], threading.Event()

    def watch():
        while not done.wait(0.003):
            for process in pathlib.Path("/proc").iterdir():
                if not process.name.isdigit():
                    continue
                try:
                    if (process / "comm").read_text().strip() not in ("vipsthumbnail", "ffmpeg"):
                        continue
                    with open(process / "status") as f:
                        most[0] = max(most[0], next(int(x.split()[1]) for x in f if x.startswith("VmHWM:")))
                except (OSError, StopIteration):
                    pass  # gone already

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        return act(), most[0]
    finally:
        done.set()
        thread.join()


FAILURES = [
    ("ends with an error", "exit 1", 8),
    ("is killed", "kill -9 $$", 8),
    ("says something else", "echo I am a picture, believe me", 8),
    ("does not end its answer", "cat /dev/zero", 8),
    ("eats memory", "exec /usr/bin/python3 -c 'x = [bytearray(1 << 20) for _ in range(4000)]'", 20),
    ("writes files", "echo x > /tmp/islet-check-helper-was-here; exec cat /tmp/islet-check-helper-was-here", 8),
]


def failures(report, given, folder, made):
    server = Instance(given.islet, folder / "failures").init()
    path = Path(folder / "bin-failures")
    path.script("vipsthumbnail", "exit 1")
    server.start(env=path.env())
    before = descriptors(server)
    for what, script, most in FAILURES:
        with report(f"a program that {what} costs the preview, not the upload") as seen:
            path.script("vipsthumbnail", script)
            answer, seconds = upload(server, made / "turned.jpg")
            expect(answer.status, 200)
            json = answer.json()
            expect(json["blurhash"], None, "blurhash")
            expect(json["preview_url"], json["url"], "preview")
            seen.append(f"{seconds:.1f} s")
            assert seconds < most, f"{seconds:.1f} s"
            nothing_left(server, before)
    with report("a picture whose program hangs holds nothing else up, and nobody is asked for a while") as seen:
        path.script("vipsthumbnail", "exec sleep 1000")
        answers = []
        slow = threading.Thread(target=lambda: answers.append(upload(server, made / "turned.jpg")))
        slow.start()
        assert wait_for(lambda: children(server), 5), "no child"
        start = time.monotonic()
        expect(server.api("GET", "/api/v1/timelines/home").status, 200)
        assert time.monotonic() - start < 1, "it waited"
        slow.join(60)
        answers.append(upload(server, made / "camera.jpg"))
        for (answer, seconds), most in zip(answers, (15, 3), strict=True):
            expect(answer.status, 200)
            expect(answer.json()["preview_url"], answer.json()["url"], "preview")
            seen.append(f"{seconds:.1f} s")
            assert seconds < most, f"{seconds:.1f} s"
        nothing_left(server, before)
    with report("no program leaves a file"):
        assert not os.path.exists("/tmp/islet-check-helper-was-here") or not os.path.getsize(
            "/tmp/islet-check-helper-was-here"), "it wrote"
        pathlib.Path("/tmp/islet-check-helper-was-here").unlink(missing_ok=True)
    expect(server.stop(), 0, "exit status")


def without(report, given, folder, made):
    (folder / "empty").mkdir()
    for what, env, settings in [
        ("no program", {"PATH": str(folder / "empty")}, {}),
        ("media.helper = none", {}, {"media.helper": "none"}),
    ]:
        server = Instance(given.islet, folder / what.replace(" ", "-")).init()
        with open(server.folder / "islet.conf", "a") as f:
            f.writelines(f"{key} = {value}\n" for key, value in settings.items())
        server.start(env=env)
        with report(f"{what}: the original is its own preview"):
            json = upload(server, made / "camera.jpg")[0].json()
            expect(json["preview_url"], json["url"])
            expect(json["blurhash"], None)
            expect(json["meta"]["original"]["size"], "4000x3000")
        with report(f"{what}: islet check says what that costs"):
            said = server.run("check", "--data", str(server.folder), env=os.environ | env).stdout
            assert "no thumbnails" in said, said
            if not settings:
                assert "libvips-tools" in said and "ffmpeg" in said, said
        expect(server.stop(), 0, "exit status")


def activated(report, given, folder, made):
    if not have("systemd-socket-activate"):
        report.skip("socket activation", "systemd-socket-activate is not installed")
        return
    path = folder / "image.socket"
    listener = subprocess.Popen(
        ["systemd-socket-activate", "--listen", str(path), "--accept", "--inetd", "--setenv=PATH",
         given.islet, "image"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        assert wait_for(path.exists, 10), "systemd-socket-activate does not listen"
        server = Instance(given.islet, folder / "activated").init()
        with open(server.folder / "islet.conf", "a") as f:
            f.write(f"media.helper = unix:{path}\n")
        server.start()
        before = descriptors(server)
        with report("behind a socket the picture is made by a process that is no child of the server") as seen:
            answer, seconds = upload(server, made / "camera.jpg")
            good_picture(answer.json(), server, "camera")
            seen.append(f"{seconds:.2f} s")
            nothing_left(server, before)
        with report("islet check names the socket"):
            said = server.run("check", "--data", str(server.folder)).stdout
            assert str(path) in said, said
    finally:
        listener.terminate()
        listener.wait(10)
    with report("a socket where nobody answers costs the preview, not the upload"):
        answer, _ = upload(server, made / "turned.jpg")
        expect(answer.status, 200)
        expect(answer.json()["blurhash"], None)
        nothing_left(server, before)
    expect(server.stop(), 0, "exit status")


def main():
    given = arguments(__doc__)
    report = Report()
    folder = scratch(given.keep)
    if not have("ffmpeg"):
        report.skip("pictures", "ffmpeg is not installed, which makes the files for this")
        report.end()
    made = files(folder / "made")
    for tools in (["vipsthumbnail", "ffmpeg"], ["vipsthumbnail"], ["ffmpeg"]):
        if all(have(tool) for tool in tools):
            with_tools(report, given, folder, made, tools)
        else:
            report.skip(" and ".join(tools), "not installed")
    without(report, given, folder, made)
    failures(report, given, folder, made)
    activated(report, given, folder, made)
    report.end()


if __name__ == "__main__":
    main()
