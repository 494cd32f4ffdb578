#!/usr/bin/env python3
"""Whether every endpoint was seen to work, and to refuse, while tests and clients ran.

Reads what they wrote down (`$ISLET_RECORD`) and the table of endpoints: each row of priority P0 to P2 must have
answered with success, P0 and P1 also with an error that their row names, and P3 with exactly what their row says.
What no row and no schema describes must have been refused in the way of the API.
"""

import argparse
import re
import sys

from exchanges import Table, described, paths, pattern, read

# Why a row cannot give the error that it names; any other refusal counts then.
NEVER = {
    ("POST", "/api/v1/markers"): "one writer: two changes cannot collide",
}
# What is asked here and nowhere at Mastodon, and by which other server's name.
OURS = {("POST", "/api/v1/accounts/alias"): "GoToSocial's; Mastodon has it on its pages alone"}
# What the table describes and a server of one person need not have: 404 then, api.md section I.
HAS_NONE = {"/api/v1/instance/privacy_policy"}
# Where a number in the column Errors is what other servers answer, and what apps do about it.
ABOUT_OTHERS = re.compile(r"tolerated|makes clients|^404 = |non-200|hides the screen|clients use|re-registers")
JSON_TYPE = "application/json; charset=utf-8"
EVENTS = "text/event-stream"


def fixed(row):
    """What a row of priority P3 may answer: tests of an exchange, by the words of its column Response."""
    told = row.response
    if told.startswith("text/event-stream"):
        return [lambda e: e.status == 200 and e.type.startswith(EVENTS)]
    if "`OK` text" in told:
        return [lambda e: e.status == 200 and e.body.strip() == "OK" and e.type.startswith("text/plain")]
    answers = []
    code = re.match(r"\d{3}", told) or re.search(r"or (\d{3})", told)
    if code:
        wanted = int(code.group(code.lastindex or 0))
        answers.append(lambda e: e.status == wanted and (wanted < 400 or is_refusal(e)))
    if "or rich JSON" in told:
        answers.append(lambda e: e.status == 200 and e.json()["type"] == "rich" and "<iframe " in e.json()["html"])
    if row.path in HAS_NONE:
        answers.append(lambda e: e.status == 404 and is_refusal(e))
    exact = re.search(r'`(\[\]|\{\}|\{"merged":true\})`', told)
    if exact and re.search(r"\[[A-Z]|or \[", told) is None:
        wanted_body = exact.group(1)
        answers.append(lambda e: e.status == 200 and e.body == wanted_body)
    elif not code:
        # It may be more than the fixed answer: the schema says what.
        answers.append(lambda e: e.status == 200 and e.json() is not None)
    assert answers, f"{row}: what does {told!r} ask for?"
    return answers


def is_refusal(exchange):
    body = exchange.json()
    return isinstance(body, dict) and isinstance(body.get("error"), str) and len(body["error"]) > 3


def is_meant(exchange):
    """Whether somebody looked at the answer: what odd input happens to lead to shows nothing."""
    return exchange.told.get("from") != "BadInputTests.swift"


def has_succeeded(row, exchange):
    if row.path.startswith("/api/v1/streaming"):
        if "WebSocket" in row.response:
            return exchange.status == 101
        return exchange.status == 200 and exchange.type.startswith(EVENTS)
    if row.method == "OPTIONS":
        return exchange.status in (200, 204) and exchange.headers.get("access-control-allow-origin") == "*"
    # Pages may send the browser elsewhere.
    if row.response.startswith(("HTML", "302", "any HTML")):
        return exchange.status in (200, 302, 303)
    if row.response.startswith("`{}`"):
        return exchange.status == 200 and exchange.body == "{}"
    return 200 <= exchange.status < 300


def named_errors(row):
    """The refusals that a row's column Errors names."""
    parts = [part for part in row.errors.split(";") if not ABOUT_OTHERS.search(part)]
    return {int(code) for part in parts for code in re.findall(r"\b4\d\d\b", part)}


def missing(row):
    """What is missing from what was seen of a row; None when nothing is."""
    if row.priority == "P3":
        answers = fixed(row)
        good = [e for e in row.exchanges if is_meant(e) and any(is_it(e) for is_it in answers)]
        if not good:
            return f"its answer {row.response!r}"
        # Reads have one answer and no other; a write may also be refused for what it names.
        odd = [e for e in row.exchanges if 200 <= e.status < 300 and not any(is_it(e) for is_it in answers)]
        return f"nothing else than {row.response!r}, but saw {odd[0]}" if odd else None
    if not any(is_meant(e) and has_succeeded(row, e) for e in row.exchanges):
        return "a success"
    wanted = named_errors(row)
    if row.priority == "P2" or not wanted:
        return None
    seen = {e.status for e in row.exchanges}
    if (row.method, row.path) in NEVER:
        return None if any(400 <= status < 500 for status in seen) else "a refusal"
    return None if wanted & seen else f"one of its errors {sorted(wanted)}"


def odd(exchange, row, is_described):
    """What is wrong with any answer of the API, whatever was asked; None when nothing is."""
    is_page = exchange.path.rstrip("/").startswith("/oauth/authorize")
    if not exchange.path.startswith(("/api/", "/oauth/")) or is_page:
        return None
    if exchange.status >= 500 and exchange.status not in (503, 507):
        return "a fault of the server"
    if exchange.headers.get("access-control-allow-origin") != "*":
        return "CORS is missing"
    if exchange.method in ("OPTIONS", "HEAD") or exchange.status == 101:
        return None
    is_text = exchange.path.rstrip("/").endswith("/health") and exchange.status == 200
    if exchange.type != JSON_TYPE and not exchange.type.startswith(EVENTS) and not is_text:
        return f"Content-Type is {exchange.type!r}"
    if exchange.status >= 400 and not is_refusal(exchange):
        return "a refusal without `error`"
    if (exchange.method, exchange.path) in OURS:
        return None
    if row is None and not is_described(exchange) and exchange.status < 400:
        return "a success that neither schema nor table knows"
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--shared", required=True, help="the folder with `specs` and `data`")
    parser.add_argument("logs", nargs="+")
    given = parser.parse_args()
    table, is_described, count, faults = Table(given.shared), described(given.shared), 0, []
    for exchange in read(given.logs):
        count += 1
        row = table.find(exchange.method, exchange.path)
        if row:
            row.exchanges.append(exchange)
        wrong = odd(exchange, row, is_described)
        if wrong:
            faults.append(f"{wrong}: {exchange}")
    for row in table.rows:
        lacking = missing(row)
        if lacking:
            faults.append(f"{row}: not seen: {lacking}")
        # A row of several paths stands for each of them.
        if row.method != "ANY" and "," in row.path:
            for path in paths(row):
                if not any(pattern(path).fullmatch(e.path) and has_succeeded(row, e) for e in row.exchanges):
                    faults.append(f"{row.priority} {row.method} {path}: not seen: a success")
    for fault in sorted(faults):
        print(f"FAILED  {fault}")
    print(f"{count} exchanges, {len(table.rows)} rows, {len(faults)} faults")
    sys.exit(1 if faults else 0)


main()
