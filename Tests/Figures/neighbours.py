"""Makes fedisim's modules importable, and says what a script that needs its fake hosts is missing."""

import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Protocols"))

from instance import ROOT, SKIPPED

# The shared folder may not be written to, so no byte code is left there.
sys.dont_write_bytecode = True
TOOLS = pathlib.Path(os.environ.get("ISLET_SHARED") or ROOT.parent / "shared") / "tools"
STATE = pathlib.Path.home() / ".cache" / "fedisim"

missing = [
    what
    for what, there in (
        (f"{TOOLS}/fedisim (ISLET_SHARED says where to look)", (TOOLS / "fedisim").is_dir()),
        ("root", os.geteuid() == 0),
    )
    if not there
]
if missing:
    print("skipped: missing " + ", ".join(missing))
    sys.exit(SKIPPED)
sys.path.insert(1, str(TOOLS))


def judge(report, rows):
    """Prints figures as a table, then checks them; rows are (name, value, unit, limit or None, judged)."""
    print("\n| figure | value | must reach | |\n|---|---|---|---|")
    for name, value, unit, limit, judged in rows:
        verdict = ""
        if value is None:
            verdict = "not measured"
        elif limit is not None:
            verdict = ("ok" if value <= limit else "too much") + ("" if judged else ", not judged")
        shown = "–" if value is None else str(value) if isinstance(value, int) else f"{value:.3g}"
        wanted = "–" if limit is None else f"{limit:g} {unit}"
        print(f"| {name} | {shown} {unit} | {wanted} | {verdict} |", flush=True)
    for name, value, unit, limit, judged in rows:
        if limit is not None and (judged or value is None):
            with report(name):
                assert value is not None, "not measured"
                assert value <= limit, f"{value:g} {unit}, must reach {limit:g}"
