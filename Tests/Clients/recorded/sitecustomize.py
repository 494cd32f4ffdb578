"""Python runs this first when its folder is in PYTHONPATH: a client in a process of its own is written down too."""

import os
import pathlib
import sys

if os.environ.get("ISLET_RECORD"):
    protocols = str(pathlib.Path(__file__).resolve().parents[2] / "Protocols")
    sys.path.insert(0, protocols)
    import recording

    # Nothing else of that folder is for the client.
    sys.path.remove(protocols)
    recording.listen()
