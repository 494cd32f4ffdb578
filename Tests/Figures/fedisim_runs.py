"""Runs scenarios of fedisim against a fresh server and keeps what each said."""

import json
import os
import pathlib
import shlex
import signal
import subprocess
import sys
import time

from instance import FEDERATE_HERE, Instance

PORT, HOST = 8083, "islet.test"


class Runs:
    """One server behind https://islet.test, its target.json, and the results by label."""

    def __init__(self, islet, tools, folder):
        self.tools, self.folder, self.results, self.broken = pathlib.Path(tools), pathlib.Path(folder), {}, {}
        self.server = Instance(
            islet,
            self.folder / "data",
            "owner",
            PORT,
            HOST,
            f"https://{HOST}",
            settings={"federation.private-addresses": FEDERATE_HERE["federation.private-addresses"]},
        )
        self.pidfile, self.token_file = self.folder / "islet.pid", self.folder / "token"
        self.config, self.out = self.folder / "target.json", self.folder / "results.jsonl"
        # The shared folder may not be written to, so no byte code is left there.
        self.environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONUNBUFFERED": "1"}

    def prepare(self):
        """Names, certificate authority and keys of the fake hosts; then our own account."""
        self._fedisim("setup", limit=300)
        self.server.init()
        self.token_file.write_text(self.server.token())
        self.config.write_text(
            json.dumps(
                {
                    "name": "islet",
                    "connect": f"http://127.0.0.1:{PORT}",
                    "host": HOST,
                    "scheme": "https",
                    "username": "owner",
                    "pidfile": str(self.pidfile),
                    "token_file": str(self.token_file),
                    "data_dir": str(self.server.folder),
                    "keepalive": True,
                }
            )
        )

    @property
    def start_command(self):
        s = self.server
        serve = f"{shlex.quote(s.islet)} serve --data {shlex.quote(str(s.folder))} --listen 127.0.0.1:{PORT}"
        log, pid = shlex.quote(str(s.log)), shlex.quote(str(self.pidfile))
        return f"{serve} >/dev/null 2>>{log} </dev/null & echo $! >{pid}"

    @property
    def stop_command(self):
        pid = shlex.quote(str(self.pidfile))
        gone = "while kill -0 $p 2>/dev/null; do sleep 0.02; done"
        return f"test -s {pid} || exit 0; p=$(cat {pid}); kill $p 2>/dev/null; {gone}"

    def stop(self):
        subprocess.run(self.stop_command, shell=True, timeout=30)
        self.pidfile.unlink(missing_ok=True)

    def alive(self):
        try:
            os.kill(int(self.pidfile.read_text()), 0)
        except (OSError, ValueError):
            return False
        return True

    def _fedisim(self, *words, limit):
        command = [
            sys.executable,
            "-m",
            "fedisim",
            *(["-c", str(self.config), "-o", str(self.out)] if self.config.exists() else []),
            *map(str, words),
        ]
        with open(self.folder / "fedisim.log", "ab") as log:
            log.write(f"\n## {' '.join(map(str, words))}\n".encode())
            log.flush()
            process = subprocess.Popen(
                command,
                cwd=self.tools,
                env=self.environment,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
            )
            try:
                return process.wait(limit)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait()
                return f"not done after {limit} s"

    def run(self, label, *words, limit=600):
        """Runs one scenario; its result, or None with the reason in `broken`."""
        begun, lines = time.monotonic(), self._lines()
        status = self._fedisim("--label", label, *words, limit=limit)
        new = self._lines()[len(lines) :]
        if status != 0 or not new:
            self.broken[label] = f"{' '.join(map(str, words))}: {status}"
            print(f"# {label}: did not run through ({status}); see {self.folder / 'fedisim.log'}", flush=True)
            return None
        print(f"# {label}: done in {time.monotonic() - begun:.0f} s", flush=True)
        self.results[label] = json.loads(new[-1])["result"]
        return self.results[label]

    def _lines(self):
        return self.out.read_text().splitlines() if self.out.exists() else []

    def peak_kb(self):
        """The largest resident memory that any scenario saw."""

        def largest(value):
            if isinstance(value, dict):
                return max(
                    [
                        v
                        for k, v in value.items()
                        if k in ("peak_rss_kb", "hwm", "peak") and isinstance(v, (int, float))
                    ]
                    + [largest(v) for v in value.values()],
                    default=0,
                )
            if isinstance(value, list):
                return max(map(largest, value), default=0)
            return 0

        return largest(self.results)
