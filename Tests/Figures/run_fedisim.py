#!/usr/bin/env python3
"""Measures a release build with all scenarios of fedisim, in its order, and prints the figures beside what
they must reach.

Needs root (fake hosts listen on port 443 of loopback addresses, and their names and root certificate are
installed), wrk, and from PyPI aiohttp, cryptography and uvloop. --quick does less of everything and judges
only what does not depend on how busy the machine is: memory, bytes and correctness.
"""

import os
import pathlib
import shutil
import statistics
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Protocols"))

from fedisim_runs import Runs
from instance import ROOT, SKIPPED, arguments, scratch
from report import Report


def find(value, *path):
    """The value at a path of keys, or None where something on the way is missing."""
    for key in path:
        if not isinstance(value, (dict, list)) or (isinstance(value, dict) and key not in value):
            return None
        value = value[key]
    return value


def median(values):
    there = [v for v in values if v is not None]
    return statistics.median(there) if there else None


def worst(values):
    there = [v for v in values if v is not None]
    return max(there) if there else None


def run_all(runs, quick):
    """All scenarios, in the order of fedisim's README."""
    start, stop = runs.start_command, runs.stop_command
    runs.run(
        "coldstart", "coldstart", "--start", start, "--stop", stop, "--runs", 3, "--idle", 3 if quick else 60
    )
    runs.server.api("PATCH", "/api/v1/accounts/update_credentials", {"locked": "false"})
    runs.run("follow", "follow")
    for n in range(1 if quick else 3):
        runs.run(f"ingest{n + 1}", "ingest", "--count", 500 if quick else 2000, "--concurrency", 8)
    runs.run("read", "read", "--secs", 1 if quick else 5)
    runs.run("mix", "mix", "--count", 300 if quick else 1000)
    crowd = ["--followers", 250, "--fhosts", 50] if quick else []
    runs.run("followers", "followers", *crowd)
    runs.run("fanout", "fanout", *crowd)
    runs.run(
        "dead20hang10",
        "fanout",
        *crowd,
        "--dead",
        0.2,
        "--hang",
        0.1,
        "--probe",
        "--after",
        3 if quick else 10,
    )
    if not quick:
        runs.run("followers-noshared", "followers", "--no-shared")
        runs.run("fanout-noshared", "fanout", "--no-shared")
    runs.run("abuse", "abuse", "--slow-s", 3 if quick else 40, limit=900)


def figures(runs):
    """-> rows (name, value, unit, must reach, judged in a quick run too)."""
    r = runs.results
    cold = r.get("coldstart")
    ingests = [r[k] for k in r if k.startswith("ingest")]
    kb = lambda v: v / 1024 if v is not None else None
    kinds = ("idle", "header", "body", "hugelen")
    slow = [find(r, "abuse", f"slow_{kind}_50", "probe_p50") for kind in kinds]
    slowest = [find(r, "abuse", f"slow_{kind}_50", "probe_max") for kind in kinds]
    ms = lambda v: v * 1000 if v is not None else None
    return [
        ("resident after start", kb(median([x["rss"] for x in find(cold, "runs") or []])), "MB", 14, True),
        ("resident after 60 s idle", kb(find(cold, "idle", "rss")), "MB", 14, True),
        ("of it owned (RssAnon)", kb(find(cold, "idle", "anon")), "MB", 4, True),
        ("start to first answered request", ms(find(cold, "median_first200_s")), "ms", 50, False),
        ("ingest, CPU per 1,000 notes", median([x.get("cpu_s_per_1000") for x in ingests]), "s", 0.40, False),
        (
            "written per ingested note",
            kb(median([x.get("write_bytes_per_act") for x in ingests])),
            "KB",
            12,
            True,
        ),
        (
            "data folder grows per note",
            kb(median([x.get("dir_bytes_per_post") for x in ingests])),
            "KB",
            1.8,
            True,
        ),
        ("1,000 followers arrive: CPU", find(r, "followers", "cpu_s"), "s", 8, False),
        ("1,000 followers arrive: until all accepted", find(r, "followers", "all_accepts_s"), "s", 12, False),
        ("a post to 200 hosts: until all have it", find(r, "fanout", "all_healthy_s"), "s", 1.0, False),
        ("a post to 200 hosts: CPU", find(r, "fanout", "cpu_s"), "s", 0.40, False),
        (
            "the same, 20 % dead, 10 % hanging: until all healthy have it",
            find(r, "dead20hang10", "all_healthy_s"),
            "s",
            2,
            False,
        ),
        ("mix, CPU per 1,000 activities", find(r, "mix", "cpu_s_per_1000"), "s", 0.80, False),
        (
            "home timeline, CPU per 1,000 requests",
            worst([find(r, "read", f"home_c{c}", "cpu_s_per_1000") for c in (1, 8)]),
            "s",
            0.40,
            False,
        ),
        (
            "actor document, CPU per 1,000",
            worst([find(r, "read", f"actor_json_c{c}", "cpu_s_per_1000") for c in (1, 8)]),
            "s",
            0.06,
            False,
        ),
        (
            "note document, CPU per 1,000",
            worst([find(r, "read", f"note_json_c{c}", "cpu_s_per_1000") for c in (1, 8)]),
            "s",
            0.06,
            False,
        ),
        ("peak resident over all scenarios", kb(runs.peak_kb() or None), "MB", 32, True),
        ("API latency beside 50 slow clients, median", ms(worst(slow)), "ms", 10, False),
        ("the slowest answer beside them", ms(worst(slowest)), "ms", 200, False),
    ]


REFUSED = {
    "bad_signature": {401},
    "no_signature": {401},
    "date_-2h": {401},
    "date_-13h": {401},
    "date_-48h": {401},
    "date_-8760h": {401},
    "date_48h": {401},
    "wrong_digest_signed": {401},
    "digest_absent_and_unsigned": {401},
    "digest_right_but_unsigned": {401},
    "only_date_signed": {401},
    "actor_is_not_signer": {401, 403, 202},
    "note_of_other_host_in_own_create": {202, 400, 401, 403},
    "body_5MB_signed": {413},
    "deep_100k_brackets": {400},
    "deep_100k_balanced": {400},
    "deep_100k_objects": {400},
    "deep_100k_inside_create": {400},
    "object_with_200k_keys": {202, 400, 401, 413},
}


def correctness(report, runs, quick):
    r = runs.results
    with report("every scenario ran through"):
        assert not runs.broken, runs.broken
    with report("ingest: everything answered 202, and all of it in the home timeline"):
        for k in [k for k in r if k.startswith("ingest")]:
            assert (
                r[k]["codes"] == {"202": r[k]["sent"]} and r[k]["in_home"] == r[k]["sent"]
            ), f"{k}: {r[k]['codes']}, {r[k]['in_home']} in home"
    with report("followers: each accepted"):
        for k in ("followers", "followers-noshared"):
            assert k not in r or r[k]["accepts"] == r[k]["sent"], f"{k}: {r[k]['accepts']} of {r[k]['sent']}"
    with report("mix: everything answered 2xx"):
        codes = find(r, "mix", "codes") or {}
        sent = sum(codes.values())
        assert "mix" not in r or sent and all(code.startswith("2") for code in codes), codes
    with report("fan-out: every healthy inbox once, rightly signed"):
        for k in ("fanout", "dead20hang10", "fanout-noshared"):
            assert k not in r or (
                r[k]["got"] == r[k]["want"] and not r[k]["duplicates"] and not r[k]["problems"]
            ), f"{k}: {r[k]['got']} of {r[k]['want']}, {r[k]['duplicates']} twice, {r[k]['problems']}"
    abuse = r.get("abuse", {})
    with report("abuse: what is good is shown, once, and only its author can delete it"):
        assert (
            find(abuse, "control_good", "in_home") and find(abuse, "replay_copies_in_home") == 1
        ), abuse.get("control_good")
        assert find(abuse, "delete_by_other_actor", "in_home"), "somebody else deleted it"
    for name, statuses in REFUSED.items():
        with report(f"abuse: {name}") as seen:
            status = find(abuse, name, "status")
            seen.append(status)
            assert status in statuses, f"answered {status}, wanted {sorted(statuses)}"
            assert not find(abuse, name, "in_home"), "it is in the home timeline"
            assert find(abuse, name, "alive", 0) == 200, f"afterwards {find(abuse, name, 'alive')}"
    with report("abuse: sixteen bodies of 5 MB, eight at a time: 413"):
        assert set(find(abuse, "16x5MB_conc8", "codes") or ["nothing"]) == {"413"}, find(
            abuse, "16x5MB_conc8", "codes"
        )
    for kind in ("idle", "header", "body", "hugelen"):
        with report(f"abuse: 50 slow clients ({kind})") as seen:
            row = abuse.get(f"slow_{kind}_50") or {}
            seen.append(f"{row.get('closed_by_server')} closed")
            assert (
                row and row["ok"] == row["probes"]
            ), f"{row.get('ok')} of {row.get('probes')} probes answered"
            assert (
                quick or row["closed_by_server"] == 50
            ), f"{row['closed_by_server']} of 50 closed at their deadline"
    with report("alive at the end"):
        assert find(abuse, "final", "probe", 0) == 200 and runs.alive(), abuse.get("final")


def main():
    given = arguments(__doc__, ("--quick", dict(action="store_true")))
    shared = pathlib.Path(os.environ.get("ISLET_SHARED") or ROOT.parent / "shared")
    missing = [
        what
        for what, there in (
            (
                f"{shared}/tools/fedisim (ISLET_SHARED says where to look)",
                (shared / "tools/fedisim").is_dir(),
            ),
            ("root", os.geteuid() == 0),
            ("wrk", shutil.which("wrk")),
        )
        if not there
    ]
    if missing:
        print("skipped: missing " + ", ".join(missing))
        sys.exit(SKIPPED)
    report, runs = Report(), Runs(given.islet, shared / "tools", scratch(given.keep))
    runs.prepare()
    try:
        run_all(runs, given.quick)
        rows = figures(runs)
        correctness(report, runs, given.quick)
    finally:
        runs.stop()
    print("\n| figure | value | must reach | |\n|---|---|---|---|")
    for name, value, unit, must, always in rows:
        judged = value is not None and (always or not given.quick)
        verdict = "not measured" if value is None else "ok" if value <= must else "too much"
        shown = "–" if value is None else f"{value:.3g}"
        if not judged and value is not None:
            verdict += ", not judged"
        print(f"| {name} | {shown} {unit} | {must} {unit} | {verdict} |")
        if judged or value is None:
            with report(name):
                assert value is not None and value <= must, f"{value} {unit}, must reach {must}"
    report.end()


main()
