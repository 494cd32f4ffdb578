"""Writes down what clients ask and are answered, one JSON object a line, in the file that `$ISLET_RECORD` names.

`Deploy/test --part openapi` compares them with the schema of the API. Standard library only; what speaks through
`requests`, as Mastodon.py and toot do, is heard after `listen()`.
"""

import json
import os

# Longest body that is written down, in bytes: a schema is proved by pages, not by floods.
LONGEST = 256 << 10


def record(method, url, status, headers, body):
    """One exchange; `headers` are pairs, `body` bytes."""
    file = os.environ.get("ISLET_RECORD")
    if not file or len(body) > LONGEST:
        return
    line = json.dumps(
        {
            "method": method,
            "url": url,
            "status": status,
            "headers": dict(headers),
            "body": body.decode("utf-8", "replace"),
        }
    )
    descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        # One write, so that the lines of several programs do not mix.
        os.write(descriptor, line.encode() + b"\n")
    finally:
        os.close(descriptor)


def listen():
    """From now on what goes through `requests` is written down, every redirect on the way included."""
    from requests.adapters import HTTPAdapter

    send = HTTPAdapter.send

    def recorded(adapter, request, **options):
        answer = send(adapter, request, **options)
        is_endless = answer.headers.get("Content-Type", "").startswith("text/event-stream")
        record(
            request.method,
            request.url,
            answer.status_code,
            answer.headers.items(),
            b"" if is_endless else answer.content,
        )
        return answer

    HTTPAdapter.send = recorded
