#!/usr/bin/env python3
"""What systemd relies on: readiness, watchdog, reload, handed sockets, stopping."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time

from instance import Instance, arguments, request, scratch, wait_for
from report import Report, expect

# systemd puts the process's own number into the environment, and the sockets at 3 and up; only a program
# started in the child can do either. First all out of the way, then each to its place.
BECOME = """
import fcntl, os, sys
sockets = [fcntl.fcntl(int(n), fcntl.F_DUPFD, 100) for n in sys.argv[1].split(",") if n]
for i, n in enumerate(sockets):
    os.dup2(n, 3 + i)
os.environ["WATCHDOG_PID"] = str(os.getpid())
if sockets:
    os.environ["LISTEN_PID"] = os.environ.get("LISTEN_PID_SAID") or str(os.getpid())
    os.environ["LISTEN_FDS"] = str(len(sockets))
os.closerange(3 + len(sockets), 256)
os.execv(sys.argv[2], sys.argv[2:])
"""


def become(*sockets):
    return [sys.executable, "-c", BECOME, ",".join(str(s.fileno()) for s in sockets)]


class NotifySocket:
    """The other end of $NOTIFY_SOCKET: what sd_notify(3) says, as dictionaries with the time each came."""

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind("\0" + path[1:] if path.startswith("@") else path)
        self.path, self.all = path, []

    def read(self, seconds):
        self.socket.settimeout(max(seconds, 0.01))
        try:
            lines = self.socket.recv(65536).decode().splitlines()
        except TimeoutError:
            return None
        self.all.append((time.monotonic(), dict(line.split("=", 1) for line in lines if "=" in line)))
        return self.all[-1]

    def wait(self, key, value=None, seconds=20.0):
        """The next message with this key (and value); None after the deadline."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            came = self.read(left)
            if came and key in came[1] and value in (None, came[1][key]):
                return came
        return None


class UnixConnection(http.client.HTTPConnection):
    """HTTP over a unix socket."""

    def __init__(self, path):
        super().__init__("localhost", timeout=20)
        self.path = str(path)

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


def over_unix(path):
    connection = UnixConnection(path)
    try:
        return request(0, "GET", "/healthz", keep=connection).status
    finally:
        connection.close()


def notify(report, given, folder):
    server = Instance(given.islet, folder / "notify").init()
    said = NotifySocket(str(folder / "notify.socket"))
    period = 2_000_000
    server.start(wait=False, before=become(), env={"NOTIFY_SOCKET": said.path, "WATCHDOG_USEC": str(period)})
    with report("READY=1 comes, and the server answers at that moment"):
        assert said.wait("READY", "1", 30), f"no READY=1: {server.last_words()}"
        expect(request(server.port, "GET", "/healthz").status, 200)
    with report("WATCHDOG=1 comes at least every half of WATCHDOG_USEC") as seen:
        times = [said.wait("WATCHDOG", "1", 5) for _ in range(4)]
        assert all(times), "the watchdog was not fed"
        longest = max(b[0] - a[0] for a, b in zip(times, times[1:]))
        seen.append(f"longest gap {longest:.2f} s of {period / 1e6} s")
        assert longest <= period / 2e6 + 0.25, f"{longest:.2f} s"
    with report("STATUS= tells something") as seen:
        texts = [m["STATUS"] for _, m in said.all if m.get("STATUS")]
        assert texts, "no STATUS= so far"
        seen.append(repr(texts[-1]))
    with report("SIGHUP: RELOADING=1 with MONOTONIC_USEC, then READY=1"):
        before = time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000
        server.process.send_signal(signal.SIGHUP)
        came = said.wait("RELOADING", "1", 10)
        assert came, "no RELOADING=1"
        at = int(came[1].get("MONOTONIC_USEC", 0))
        assert (
            before <= at <= time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000
        ), f"MONOTONIC_USEC={at} is not now"
        assert "READY" in came[1] or said.wait("READY", "1", 10), "no READY=1 after it"
    with report("SIGHUP with a wrong line: it says so and goes on with what it had"):
        config = server.folder / "islet.conf"
        good = config.read_text()
        config.write_text(good + "no.such.key = 1\n")
        server.process.send_signal(signal.SIGHUP)
        assert said.wait("RELOADING", "1", 10) and said.wait("READY", "1", 10), "no RELOADING=1 and READY=1"
        expect(request(server.port, "GET", "/healthz").status, 200)
        assert "no.such.key" in server.log.read_text(), "the log does not name the key"
        config.write_text(good)
    with report("SIGTERM: STOPPING=1, an open request is answered, exit 0"):
        body = b"client_name=slow&redirect_uris=urn:ietf:wg:oauth:2.0:oob"
        slow = socket.create_connection(("127.0.0.1", server.port), 20)
        slow.sendall(
            b"POST /api/v1/apps HTTP/1.1\r\nHost: %s\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            b"Content-Length: %d\r\n\r\n" % (server.domain.encode(), len(body)) + body[:10]
        )
        # Answered on another connection: so the slow one has been read too.
        expect(request(server.port, "GET", "/healthz").status, 200)
        server.process.send_signal(signal.SIGTERM)
        assert said.wait("STOPPING", "1", 10), "no STOPPING=1"
        slow.sendall(body[10:])
        answer = slow.recv(4096)
        assert answer.startswith(b"HTTP/1.1 200"), f"answered {answer[:80]!r}"
        expect(server.stop(seconds=15), 0, "exit status")
    with report("an abstract $NOTIFY_SOCKET works as well"):
        abstract = NotifySocket(f"@islet-check-{os.getpid()}")
        server.start(wait=False, before=become(), env={"NOTIFY_SOCKET": abstract.path})
        assert abstract.wait("READY", "1", 30), "no READY=1"
        expect(server.stop(), 0, "exit status")


def listening(report, given, folder):
    server = Instance(given.islet, folder / "listening").init()
    tcp = socket.create_server(("127.0.0.1", 0))
    unix = socket.socket(socket.AF_UNIX)
    unix.bind(str(folder / "handed.socket"))
    unix.listen(16)
    handed, own = tcp.getsockname()[1], server.port

    def answers(port):
        with contextlib.suppress(OSError):
            return request(port, "GET", "/healthz", timeout=5).status == 200

    with report("sockets from systemd, TCP and unix, are served instead of --listen"):
        server.start(
            wait=False,
            before=become(tcp, unix),
            pass_fds=(tcp.fileno(), unix.fileno()),
            env={"LISTEN_FDNAMES": "islet:islet"},
        )
        assert wait_for(lambda: answers(handed), 30), f"no answer on the TCP socket: {server.last_words()}"
        expect(over_unix(folder / "handed.socket"), 200, "unix socket")
        with contextlib.suppress(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", own), 2).close()
            raise AssertionError(f"it listens on {own} too")
        expect(server.stop(), 0, "exit status")
        assert (folder / "handed.socket").exists(), "it removed a socket that is not its own"
    with report("LISTEN_PID of somebody else: the sockets are left alone"):
        server.start(before=become(tcp), pass_fds=(tcp.fileno(),), env={"LISTEN_PID_SAID": "1"})
        expect(server.stop(), 0, "exit status")
    tcp.close()
    unix.close()
    with report("--listen unix:PATH, also over a socket that a killed server left behind"):
        path = folder / "own.socket"
        for how in (signal.SIGKILL, signal.SIGTERM):
            server.listen = [f"unix:{path}"]
            server.start(wait=False)

            def up():
                with contextlib.suppress(OSError):
                    return over_unix(path) == 200

            assert wait_for(up, 30), f"no answer: {server.last_words()}"
            server.stop(how)
    with report("--listen twice, IPv4 and a unix socket"):
        server.listen = [f"127.0.0.1:{own}", f"unix:{folder / 'own.socket'}"]
        server.start()
        expect(over_unix(folder / "own.socket"), 200)
        expect(server.stop(), 0, "exit status")
    with report("--listen [::1]:PORT"):
        server.listen = [f"[::1]:{own}"]
        server.start(wait=False)

        def six():
            with contextlib.suppress(OSError):
                c = http.client.HTTPConnection("::1", own, timeout=5)
                return request(0, "GET", "/healthz", keep=c).status == 200

        assert wait_for(six, 30), f"no answer: {server.last_words()}"
        expect(server.stop(), 0, "exit status")


def reload(report, given, folder):
    try:
        from stranger import Stranger
    except ImportError:
        report.skip("SIGHUP re-reads the configuration", "needs cryptography from PyPI")
        return
    server = Instance(given.islet, folder / "reload").init().start()
    names = [f"name{n}" for n in range(60)]  # one a try: an account once found stays known
    stranger, next_name = Stranger(["ann", *names]), iter(names)
    with report("SIGHUP re-reads the configuration: what was allowed is refused from then on"):

        def found(name):
            q = f"/api/v2/search?resolve=true&type=accounts&q=@{name}@{stranger.host}"
            return bool(server.api("GET", q).json()["accounts"])

        assert found("ann"), "plain http is allowed, and ann was not found"
        config = server.folder / "islet.conf"
        config.write_text(
            config.read_text().replace("federation.plain-http = allow", "federation.plain-http = refuse")
        )
        server.process.send_signal(signal.SIGHUP)
        assert wait_for(
            lambda: not found(next(next_name)), 10, every=0.2
        ), "accounts are still found by plain http"
    server.stop()


def main():
    given = arguments(__doc__)
    report, folder = Report(), scratch(given.keep)
    for part in (notify, listening, reload):
        try:
            part(report, given, folder)
        except (AssertionError, RuntimeError, OSError, subprocess.TimeoutExpired) as problem:
            with report(f"{part.__name__}: goes on to its end"):
                raise problem
    report.end()


main()
