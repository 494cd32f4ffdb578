"""nginx with a folder of files, as the measure of what the machine itself takes for an answer."""

import contextlib
import pathlib
import re
import shutil
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Protocols"))

from instance import free_port, request, wait_for
from usage import cpu

PROGRAM = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


def cost(pid, address, connections, seconds, headers=()):
    """-> CPU seconds per 1,000 requests that wrk asks of the process."""
    fields = [part for name, value in headers for part in ("-H", f"{name}: {value}")]
    before = cpu(pid)
    said = subprocess.run(
        ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", *fields, address], capture_output=True, text=True
    ).stdout
    spent = cpu(pid) - before
    assert "Non-2xx" not in said and "Socket errors" not in said, f"{address}: {said}"
    return 1000 * spent / int(re.search(r"(\d+) requests in", said)[1])


@contextlib.contextmanager
def serving(folder, files):
    """-> process and port of an nginx that answers with these files ({name: bytes})."""
    root, port = folder / "static", free_port()
    root.mkdir(mode=0o755)
    folder.chmod(0o755)
    for name, content in files.items():
        (root / name).write_bytes(content)
        (root / name).chmod(0o644)
    conf = folder / "nginx.conf"
    conf.write_text(
        f"daemon off; master_process off; pid {folder}/nginx.pid; error_log {folder}/nginx.log;\n"
        "events {}\n"
        "http { access_log off; sendfile on; open_file_cache max=16; keepalive_requests 10000000;\n"
        f"server {{ listen 127.0.0.1:{port}; root {root}; }} }}\n"
    )
    process = subprocess.Popen([PROGRAM, "-c", str(conf), "-p", str(folder)])
    try:
        wait_for(lambda: all(up(port, name) for name in files), 10)
        yield process.pid, port
    finally:
        process.terminate()
        process.wait()


def up(port, name):
    try:
        return request(port, "GET", f"/{name}", timeout=2).status == 200
    except OSError:
        return False
