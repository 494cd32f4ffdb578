"""Counts checks and prints a line for each."""

import contextlib
import sys
import traceback


class Report:
    """`with report("name") as seen:` is one check; its body raises to fail, and adds words to `seen`."""

    def __init__(self):
        self.passed = self.failed = self.skipped = 0

    @contextlib.contextmanager
    def __call__(self, name):
        seen = []
        try:
            yield seen
        except AssertionError as problem:
            self._failed(name, str(problem) or traceback.extract_tb(problem.__traceback__)[-1].line)
        except Exception as problem:  # whatever a client library raises is a failed check
            where = traceback.extract_tb(problem.__traceback__)[-1]
            self._failed(name, f"{type(problem).__name__}: {problem} ({where.name}:{where.lineno})")
        else:
            self.passed += 1
            print(f"ok      {name}" + (f" ({', '.join(map(str, seen))})" if seen else ""), flush=True)

    def _failed(self, name, why):
        self.failed += 1
        print(f"FAILED  {name}: {why[:600]}", flush=True)

    def skip(self, name, why):
        self.skipped += 1
        print(f"skipped {name}: {why}", flush=True)

    def end(self):
        """Prints the closing line and leaves with the exit status that goes with it."""
        print(
            f"{self.passed} passed, {self.failed} failed"
            + (f", {self.skipped} skipped" if self.skipped else "")
        )
        sys.exit(1 if self.failed or not self.passed else 0)


def expect(seen, wanted, what=""):
    """Fails, saying both, unless `seen` is `wanted` or, for a set or a type, one of it."""
    if isinstance(wanted, set) and not isinstance(seen, set):
        good = seen in wanted
    elif isinstance(wanted, type):
        good = isinstance(seen, wanted)
    else:
        good = seen == wanted
    assert good, f"{what + ': ' if what else ''}saw {seen!r}, wanted {wanted!r}"
