#!/usr/bin/env python3
"""What was asked of the client API while tests and clients ran, and the table of what can be asked.

Run as a program it writes the lines that the schema describes to standard output: the others, such as preflight
requests, pages and paths that do not exist, have rules of their own in check_coverage.py.
"""

import argparse
import csv
import importlib.util
import json
import pathlib
import re
import urllib.parse


class Exchange:
    """One request and its answer, as the recorders write them: an NDJSON line."""

    def __init__(self, line):
        told = json.loads(line)
        self.told, self.method, self.url, self.status = told, told["method"], told["url"], told["status"]
        self.path = urllib.parse.unquote(urllib.parse.urlsplit(self.url).path, errors="replace")
        self.headers = {name.lower(): value for name, value in told["headers"].items()}
        self.type = self.headers.get("content-type", "")
        self.body = told["body"]

    def json(self):
        """The body read; None when it is no JSON."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None

    def __str__(self):
        return f"{self.method} {self.url} -> {self.status} {self.body[:120]!r}"


def read(files):
    """The exchanges of these logs, each once."""
    seen = set()
    for file in files:
        for line in open(file, encoding="utf-8"):
            if line not in seen:
                seen.add(line)
                yield Exchange(line)


class Row:
    """One row of the table of endpoints."""

    def __init__(self, told, errors):
        self.priority, self.method, self.path = told["priority"], told["method"], told["path"]
        self.response, self.errors = told["response"], errors
        self.exchanges = []

    def __str__(self):
        return f"{self.priority} {self.method} {self.path}"


class Table:
    """`api_endpoints.tsv`, with the column Errors of `api.md`."""

    def __init__(self, folder):
        specs = pathlib.Path(folder) / "specs"
        errors = {}
        for line in open(specs / "api.md", encoding="utf-8"):
            # An escaped bar belongs to its cell.
            cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip())]
            if len(cells) == 11 and re.fullmatch(r"P\d", cells[1]):
                errors[cells[2], cells[3].strip("`")] = cells[8]
        with open(specs / "api_endpoints.tsv", encoding="utf-8") as file:
            told = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
        self.rows = [Row(row, errors[row["method"], row["path"]]) for row in told]
        assert len(self.rows) == len(errors), "api.md and api_endpoints.tsv name different rows"
        # The most literal first, as a router chooses.
        self._patterns = [
            (path.count("{"), -len(path), methods(row), pattern(path), row)
            for row in self.rows
            for path in paths(row)
        ]
        self._patterns.sort(key=lambda entry: entry[:2])

    def find(self, method, path):
        """The row that this request is an example of; None when there is none."""
        matching = [entry for entry in self._patterns if entry[3].fullmatch(path)]
        for exact in (True, False):
            for _, _, allowed, _, row in matching:
                # What is literal with another method is not an id of the row with a hole.
                if method in ({row.method} if exact else allowed):
                    return row
        return None


def paths(row):
    """The paths of a row, which may name several."""
    if row.method == "ANY":
        return ["/api/v1/admin/{rest*}", "/api/v2/admin/{rest*}"]
    return [path.strip().replace("/*", "/{rest*}") for path in row.path.split(",")]


def pattern(path):
    """The path as an expression; a hole is one segment, `{rest*}` all that is left."""
    pieces = re.split(r"(\{[^}]*\})", path.rstrip("/") or "/")
    return re.compile(
        "".join(
            (".*" if piece == "{rest*}" else "[^/]+") if piece.startswith("{") else re.escape(piece)
            for piece in pieces
        )
        + "/?"
    )


def methods(row):
    """PUT and PATCH are one for apps."""
    if row.method == "ANY":
        return {"GET", "POST", "PUT", "PATCH", "DELETE"}
    if row.path == "/oauth/userinfo":
        return {"GET", "POST"}
    return {"PUT", "PATCH"} if row.method in ("PUT", "PATCH") else {row.method}


def validator(folder):
    """The module of the shared validator."""
    place = importlib.util.spec_from_file_location(
        "validate_openapi", pathlib.Path(folder) / "specs/validate_openapi.py"
    )
    module = importlib.util.module_from_spec(place)
    place.loader.exec_module(module)
    return module


def described(folder):
    """-> whether the schema with its additions describes an exchange."""
    folder = pathlib.Path(folder)
    spec = validator(folder).Spec(
        json.load(open(folder / "data/mastodon-openapi-schema.json", encoding="utf-8")),
        json.load(open(folder / "specs/openapi_overlay.json", encoding="utf-8")),
    )
    return lambda exchange: spec.match(exchange.method, urllib.parse.urlsplit(exchange.url).path) is not None


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--shared", required=True, help="the folder with `specs` and `data`")
    parser.add_argument("logs", nargs="+")
    given = parser.parse_args()
    is_described = described(given.shared)
    for exchange in read(given.logs):
        # The older name of the search has the newer one's answer, and no schema of its own.
        exchange.told["url"] = exchange.url = exchange.url.replace("/api/v1/search", "/api/v2/search", 1)
        if is_described(exchange):
            print(json.dumps(exchange.told))


if __name__ == "__main__":
    main()
