#!/usr/bin/env python3
"""Raw HTTP/1.1 cases of h1check against `islet serve` and `islet echo`, each case on a connection of its
own.
"""

import os
import pathlib
import signal
import subprocess
import sys

from instance import ROOT, SKIPPED, Instance, arguments, free_port, request, scratch, wait_for
from report import Report, expect


def cases(report, name, tool, port, *options):
    with report(f"h1check against islet {name}") as seen:
        ran = subprocess.run(
            [sys.executable, str(tool), f"http://127.0.0.1:{port}", *options],
            capture_output=True,
            text=True,
            timeout=240,
        )
        failed = [line for line in ran.stdout.splitlines() if line.startswith("FAIL")]
        seen.append(ran.stdout.strip().splitlines()[-1] if ran.stdout.strip() else "nothing printed")
        print("".join(f"# {line}\n" for line in failed), end="")
        expect(ran.returncode, 0, f"{len(failed)} cases failed, {ran.stderr.strip()[-300:]!r}")


def main():
    given = arguments(__doc__)
    shared = pathlib.Path(os.environ.get("ISLET_SHARED") or ROOT.parent / "shared")
    tool = shared / "tools/h1check/h1check.py"
    if not tool.exists():
        print(f"skipped: {tool} is not there (ISLET_SHARED says where to look)")
        sys.exit(SKIPPED)
    report, folder = Report(), scratch(given.keep)
    server = Instance(given.islet, folder / "data").init().start()
    cases(report, "serve", tool, server.port)
    with report("serve is well after it"):
        expect(request(server.port, "GET", "/healthz").status, 200)
        expect(server.stop(), 0, "exit status")

    port = free_port()
    with open(folder / "echo.log", "wb") as log:
        echo = subprocess.Popen(
            [given.islet, "echo", "--listen", f"127.0.0.1:{port}"], stderr=log, stdin=subprocess.DEVNULL
        )

    def up():
        try:
            return request(port, "GET", "/").status == 200
        except OSError:
            return False

    try:
        if not wait_for(up, 20):
            with report("islet echo starts"):
                raise AssertionError((folder / "echo.log").read_text(errors="replace")[-300:])
        cases(report, "echo", tool, port, "--path", "/", "--post-path", "/")
        with report("echo ends with 0 on SIGTERM"):
            echo.send_signal(signal.SIGTERM)
            expect(echo.wait(20), 0)
    finally:
        if echo.poll() is None:
            echo.kill()
    report.end()


main()
