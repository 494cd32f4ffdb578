"""What a process has taken of the machine, as proc(5) says it."""

import os
import pathlib


def cpu(pid):
    """Seconds, of all threads."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def kilobytes(pid, name="VmRSS"):
    """Of memory; name: a line of /proc/PID/status."""
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith(name + ":"))


def memory(pid, name="VmRSS"):
    """-> MB."""
    return kilobytes(pid, name) / 1024


def forget_peak(pid):
    """Sets VmHWM back to what is resident now."""
    pathlib.Path(f"/proc/{pid}/clear_refs").write_text("5")


def percentile(times, share):
    """-> milliseconds, of seconds."""
    return sorted(times)[min(len(times) - 1, int(len(times) * share))] * 1000
