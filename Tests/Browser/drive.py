#!/usr/bin/env python3
"""The first day with a server, in a real browser: everything with script, then everything without.

Starts `Deploy/quickstart --neighbour` in a folder of its own, and leads headless Chromium from the first
sign-in to the last sign-out; the neighbour acts through its API.
"""

import pathlib
import re
import socket
import subprocess
import sys
import atexit

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Protocols"))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Clients"))

import first_day
from instance import ROOT, arguments, scratch, wait_for
from reader import Reader, need_chromium
from report import Report


class Quickstart:
    """What `Deploy/quickstart --neighbour` starts, in a folder that is gone with it."""

    def __init__(self, islet, folder):
        folder.mkdir()
        # The script works where it lies: links make a place of its own, with the program as it was built.
        (folder / "Deploy").symlink_to(ROOT / "Deploy")
        (folder / ".build/release").mkdir(parents=True)
        (folder / ".build/release/islet").symlink_to(islet)
        self.islet, self.folder, self.port = islet, folder, two_free_ports()
        self.said = folder / "said"
        with open(self.said, "wb") as said:
            self.process = subprocess.Popen(
                [folder / "Deploy/quickstart", "--no-build", "--neighbour", "--port", str(self.port)],
                stdout=said,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                cwd=folder,
            )
        atexit.register(self.end)
        if not wait_for(lambda: "Ctrl-C ends it" in self.words or self.process.poll() is not None, 40):
            raise RuntimeError(f"quickstart says: {self.words}")
        if self.process.poll() is not None:
            raise RuntimeError(f"quickstart ended: {self.words}")
        # What its reader sees is all that the browser's reader knows.
        self.origin, self.neighbour_origin = re.findall(r"runs at +(http://localhost:\d+)", self.words)
        self.username, self.neighbour_name = re.findall(r"user name +(\w+)", self.words)
        self.password, self.neighbour_password = re.findall(r"password +(\S+)", self.words)

    @property
    def words(self):
        return self.said.read_text(errors="replace")

    @property
    def neighbour_handle(self):
        return f"@{self.neighbour_name}@localhost:{self.port + 1}"

    def token(self, data):
        made = subprocess.run(
            [
                self.islet,
                "token",
                "--data",
                self.folder / data,
                "--name",
                "check",
                "--scopes",
                "read write follow",
            ],
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        return made.stdout.strip()

    def end(self):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(30)


def two_free_ports():
    """A port that is free together with the next one."""
    for _ in range(100):
        with socket.create_server(("127.0.0.1", 0)) as first:
            port = first.getsockname()[1]
            try:
                socket.create_server(("127.0.0.1", port + 1)).close()
            except (OSError, OverflowError):
                continue
        return port
    raise RuntimeError("no two ports beside each other are free")


def main():
    given = arguments(
        __doc__, ("--shots", {"help": "a folder for pictures of the way", "type": pathlib.Path})
    )
    need_chromium()
    report, folder = Report(), scratch(given.keep)
    for script in (True, False):
        server = Quickstart(given.islet, folder / ("with" if script else "without"))
        reader = Reader(server.origin, script=script)
        try:
            first_day.live(report, reader, server, "with script" if script else "without script", given.shots)
        finally:
            reader.end()
            server.end()
    report.end()


main()
