"""Makes fedisim's modules importable, and says what a script that needs its fake hosts is missing."""

import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Protocols"))

from instance import ROOT, SKIPPED
from judging import judge  # noqa: F401, for those that import it from here

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
