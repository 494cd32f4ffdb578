#!/usr/bin/env python3
"""A full disk: the inbox says 503, the client API 507, reads go on, nothing is corrupt, and it recovers
when there is room.

The data folder is on a small tmpfs in a mount namespace of its own, which needs root or unprivileged user
namespaces.
"""

import os
import shutil
import subprocess
import sys

from instance import SKIPPED, Instance, arguments, request, scratch, wait_for
from report import Report, expect
from stranger import Stranger

SIZE = 12 << 20


def in_own_namespace():
    """Starts this program anew where mounting is ours alone; does not return there."""
    if os.environ.get("ISLET_CHECK_NAMESPACE") or not shutil.which("unshare"):
        return
    ways = (
        [["unshare", "--mount"]]
        if os.geteuid() == 0
        else [["unshare", "--user", "--map-root-user", "--mount"]]
    )
    for way in ways:
        if subprocess.run([*way, "true"], capture_output=True).returncode == 0:
            os.environ["ISLET_CHECK_NAMESPACE"] = "yes"
            os.execvp(way[0], [*way, sys.executable, *sys.argv])


class Filler:
    """A file that takes all the room there is."""

    def __init__(self, folder):
        self.path = folder / "filler"

    def fill(self):
        with open(self.path, "ab", buffering=0) as f:
            for piece in (1 << 16, 1 << 12, 1):
                try:
                    while f.write(b"x" * piece):
                        pass
                except OSError:
                    pass  # full: the purpose of the exercise

    def remove(self):
        self.path.unlink()


def main():
    given = arguments(__doc__)
    in_own_namespace()
    if not os.environ.get("ISLET_CHECK_NAMESPACE"):
        print("skipped: mounting a small tmpfs needs root or unprivileged user namespaces")
        sys.exit(SKIPPED)
    report, folder = Report(), scratch(given.keep)
    disk = folder / "disk"
    disk.mkdir()
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=0700", "islet-check", str(disk)], check=True
    )
    # The log stays outside: a server that cannot log is another story.
    server = Instance(given.islet, disk / "data")
    server.log = folder / "data.log"
    server.init().start()
    stranger, filler = Stranger(["ann"]), Filler(disk)
    server.follow(f"ann@{stranger.host}")
    document, taken = server.actor(), []
    actor, inbox = document["id"], document["inbox"]
    numbers = iter(range(1, 1_000_000))

    def send():
        note = stranger.create("ann", next(numbers), "x" * 2000)
        status = stranger.post(inbox, "ann", note)
        if status == 202:
            taken.append(note["object"]["id"])
        return status

    def post():
        return server.api("POST", "/api/v1/statuses", {"status": "y" * 400}).status

    with report("before: a note is taken, a post is made"):
        expect(send(), 202)
        expect(post(), 200)
    with report("an upload for which there is no room is answered 507, and nothing of it is left"):
        head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.webp"\r\n\r\n'
        content = b"RIFF" + (SIZE + 4).to_bytes(4, "little") + b"WEBP" + bytes(SIZE)
        fields = {
            "Host": server.domain,
            "Authorization": f"Bearer {server.token()}",
            "Content-Type": "multipart/form-data; boundary=b",
        }
        before = os.listdir(disk / "data" / "media")
        answer = request(
            server.port, "POST", "/api/v2/media", fields, head + content + b"\r\n--b--\r\n"
        )
        expect(answer.status, 507)
        expect(answer.json()["error"], str)
        expect(os.listdir(disk / "data" / "media"), before)
    filler.fill()
    with report("full: the inbox answers 202 while what it has suffices, then 503 and nothing else") as seen:
        statuses = []
        while len(statuses) < 4000 and (not statuses or statuses[-1] == 202):
            statuses.append(send())
            filler.fill()
        seen.append(f"after {len(statuses) - 1} more")
        expect(statuses[-1], 503)
        expect({send() for _ in range(5)}, {503})
    with report("full: a client's post is answered 507, as JSON"):
        answer = server.api("POST", "/api/v1/statuses", {"status": "no room for this"})
        expect(answer.status, 507)
        expect(answer.json()["error"], str)
    with report("full: an upload is answered 507"):
        # 1 x 1 pixel, then filling: a PNG ends with its last chunk, what follows only takes room.
        body = (
            b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n'
            b"Content-Type: image/png\r\n\r\n"
            + bytes.fromhex(
                "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
                "0000000c49444154789c63606060000000040001f61738550000000049454e44ae426082"
            )
            + b"\r\n--b--\r\n"
        )
        answer = request(
            server.port,
            "POST",
            "/api/v2/media",
            {
                "Host": server.domain,
                "Authorization": f"Bearer {server.token()}",
                "Content-Type": "multipart/form-data; boundary=b",
            },
            body,
        )
        expect(answer.status, 507)
    with report("full: home, profile and actor are still served"):
        expect(server.api("GET", "/api/v1/timelines/home?limit=5").status, 200)
        expect(
            request(server.port, "GET", "/@owner", {"Host": server.domain, "Accept": "text/html"}).status, 200
        )
        expect(
            request(
                server.port,
                "GET",
                actor.removeprefix(server.url),
                {"Host": server.domain, "Accept": "application/activity+json"},
            ).status,
            200,
        )
    with report("room again: the inbox takes notes and posts are made, without a restart"):
        filler.remove()
        assert wait_for(lambda: send() == 202, 30), "the inbox still refuses"
        assert wait_for(lambda: post() == 200, 30), "posting is still refused"
    with report("every note that got a 202 is there, and what was refused is not half there") as seen:
        home = [p["uri"] for p in server.home()]
        seen.append(f"{len(taken)} notes")
        missing = set(taken) - set(home)
        assert not missing, f"{len(missing)} missing"
        expect(len(home), len(set(home)), "posts in home, each once")
        assert not any(
            p["content"].find("no room for this") >= 0 for p in server.home(most=200)
        ), "a refused post is there"
    with report("the database is whole"):
        expect(server.stop(), 0, "exit status")
        expect(server.integrity(), "ok")
    with report("and it starts from it again"):
        server.start()
        expect(server.stop(), 0, "exit status")
    report.end()


main()
