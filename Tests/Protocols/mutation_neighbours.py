"""Everybody that the samples name, on loopback: one server for all hosts, signed deliveries, and the count of
what came of them."""

import base64
import collections
import email.utils
import hashlib
import http.client
import http.server
import json
import socketserver
import threading
import time

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from mutation_samples import NUMBER, Neighbourhood, everything, mutations

ACTIVITY = "application/activity+json"
TAKEN = {202, 400, 401, 403, 413}


class _Answering(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        body = self.server.neighbours.document(self.path, self.headers.get("Host", ""))
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", ACTIVITY)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(202)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


class _Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, *_):
        pass


class Neighbours:
    """All of them; `host` and `port` are where the islet is."""

    def __init__(self, inbox, host, port, owner, post):
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        pem = self.key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        server = _Server(("0.0.0.0", 0), _Answering)
        server.neighbours = self
        threading.Thread(target=server.serve_forever, daemon=True).start()
        here = Neighbourhood(server.server_port)
        here.pem = pem.decode()
        self.inbox, self.authority, self.port, self.pem = inbox, host, port, here.pem
        self.samples = everything(here, owner, post)
        # Whole documents by address, and those who only have a name and a key.
        self.profiles, self.people = {}, {s.sender for s in self.samples if s.way != "profile"}
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.answers, self.wrong, self.silent = collections.Counter(), [], []
        self.reasons, self.slowest = collections.Counter(), (0, "")

    def document(self, path, host):
        address = f"http://{host}{path}"
        if address in self.profiles:
            return self.profiles[address]
        if address not in self.people:
            return b""
        return json.dumps(
            {
                "id": address,
                "type": "Person",
                "preferredUsername": path.strip("/").rsplit("/", 1)[-1] or "somebody",
                "inbox": f"{address}/inbox",
                "followers": f"{address}/followers",
                "publicKey": {"id": f"{address}#main-key", "owner": address, "publicKeyPem": self.pem},
            }
        ).encode()

    def deliver(self, body, sender):
        """A signed delivery; -> the status and what was said."""
        fields = {
            "host": self.authority,
            "date": email.utils.formatdate(usegmt=True),
            "digest": "SHA-256=" + base64.b64encode(hashlib.sha256(body).digest()).decode(),
        }
        lines = [f"(request-target): post {self.inbox}", *(f"{k}: {v}" for k, v in fields.items())]
        signature = self.key.sign("\n".join(lines).encode(), padding.PKCS1v15(), hashes.SHA256())
        self.connection.request(
            "POST",
            self.inbox,
            body,
            {
                "Host": fields["host"],
                "Date": fields["date"],
                "Digest": fields["digest"],
                "Content-Type": ACTIVITY,
                "Signature": f'keyId="{sender}#main-key",algorithm="rsa-sha256",'
                f'headers="(request-target) host date digest",'
                f'signature="{base64.b64encode(signature).decode()}"',
            },
        )
        response = self.connection.getresponse()
        return response.status, response.read().decode(errors="replace")

    def attempt(self, sample, what, body, number):
        """Brings one document in its way, and counts what was answered."""
        digits = f"~{number:07d}~"
        body, sender = body.replace(NUMBER.encode(), digits.encode()), sample.sender.replace(NUMBER, digits)
        if sample.way == "profile":
            # Everybody on another host: nobody is asked more often than a polite server asks.
            old = sender.split("/")[2]
            new = f"127.{2 + number // 50_000}.{number // 200 % 250}.{number % 200 + 1}"
            new += ":" + old.rsplit(":", 1)[1]
            sender = sender.replace(old, new, 1)
            self.profiles[sender] = body.replace(old.encode(), new.encode())
            body = _activity("Like", sender, json.dumps("http://127.1.0.1/nothing"), number)
        elif sample.way == "post":
            body = _activity("Create", sender, body.decode(), number)
        started = time.monotonic()
        status, said = self.deliver(body, sender)
        taken = time.monotonic() - started
        self.slowest = max(self.slowest, (taken, f"{sample.name}{what}"))
        self.profiles.pop(sender, None)
        self.answers[status] += 1
        if status not in TAKEN:
            self.wrong.append((f"{sample.name}{what}", status, said[:200]))
        if status >= 400:
            self.reasons[_outline(said)] += 1
            if not said.strip():
                self.silent.append((f"{sample.name}{what}", status))

    def warm_up(self):
        for number, sample in enumerate(self.samples):
            self.attempt(sample, " whole", json.dumps(sample.document).encode(), number)

    def spoil(self, part, parts):
        """Every mutation whose turn it is."""
        number = len(self.samples)
        for sample in self.samples:
            for mutation in mutations(sample.document):
                number += 1
                if number % parts == part:
                    self.attempt(sample, f"{mutation.path} {mutation.kind}", mutation.body, number)


def _activity(kind, actor, thing, number):
    head = f'"id":"{actor}/did/{kind}/{number}","type":"{kind}","actor":"{actor}"'
    return f'{{{head},"object":{thing}}}'.encode()


def _outline(said):
    """A reason without what differs each time."""
    words = said.strip().split()
    return " ".join("#" if any(c.isdigit() or c in "/:" for c in w) else w for w in words)[:120]
