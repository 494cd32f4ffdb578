"""A remote server on loopback, plain http: actors that sign, inboxes that verify and write down what came."""

import base64
import email.utils
import hashlib
import http.client
import http.server
import json
import re
import threading
import time
import urllib.parse

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
CONTEXT = ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1"]
ACTIVITY = "application/activity+json"


class Arrival:
    """One activity that came to an inbox. `answered` is when our 2xx was written."""

    def __init__(self, inbox, activity, fault, at):
        self.inbox, self.activity, self.fault, self.at, self.answered = inbox, activity, fault, at, None

    @property
    def object_id(self):
        thing = self.activity.get("object")
        return thing.get("id") if isinstance(thing, dict) else thing


class Stranger:
    """One host with `names` as its accounts; every Follow of them is accepted at once."""

    def __init__(self, names, shared_inbox=False):
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.pem = (
            self.key.public_key()
            .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
            .decode()
        )
        self.names, self.shared, self.lock, self.known_keys = names, shared_inbox, threading.Lock(), {}
        self.arrivals = []
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                outer._get(self)

            def do_POST(self):
                outer._post(self)

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_):
                pass  # a killed peer leaves half a request behind; that is the point

        self.server = Server(("127.0.0.1", 0), Handler)
        self.host = f"localhost:{self.server.server_port}"
        self.base = f"http://{self.host}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def actor(self, name):
        return f"{self.base}/users/{name}"

    def inbox_of(self, name):
        return f"{self.base}/inbox" if self.shared else f"{self.actor(name)}/inbox"

    def document(self, name):
        me = self.actor(name)
        return {
            "@context": CONTEXT,
            "id": me,
            "type": "Person",
            "preferredUsername": name,
            "name": name,
            "summary": "",
            "url": f"{self.base}/@{name}",
            "inbox": f"{me}/inbox",
            "outbox": f"{me}/outbox",
            "followers": f"{me}/followers",
            "following": f"{me}/following",
            "manuallyApprovesFollowers": False,
            "publicKey": {"id": f"{me}#main-key", "owner": me, "publicKeyPem": self.pem},
            **({"endpoints": {"sharedInbox": f"{self.base}/inbox"}} if self.shared else {}),
        }

    # -- what it says

    def create(self, name, number, text=None):
        """A Create of a public note; the same number gives the same activity."""
        me, note = self.actor(name), f"{self.actor(name)}/notes/{number}"
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        to, cc = [PUBLIC], [f"{me}/followers"]
        return {
            "@context": CONTEXT,
            "id": f"{note}/activity",
            "type": "Create",
            "actor": me,
            "published": now,
            "to": to,
            "cc": cc,
            "object": {
                "id": note,
                "type": "Note",
                "attributedTo": me,
                "content": f"<p>{text or f'note {number}'}</p>",
                "published": now,
                "url": note,
                "to": to,
                "cc": cc,
                "tag": [],
                "attachment": [],
            },
        }

    def post(self, inbox, name, activity, keep=None, timeout=30.0):
        """Sends a signed activity to an inbox URL; -> the status."""
        url, body = urllib.parse.urlsplit(inbox), json.dumps(activity).encode()
        fields = {
            "host": url.netloc,
            "date": email.utils.formatdate(usegmt=True),
            "digest": "SHA-256=" + base64.b64encode(hashlib.sha256(body).digest()).decode(),
        }
        signed = "\n".join([f"(request-target): post {url.path}", *(f"{k}: {v}" for k, v in fields.items())])
        signature = base64.b64encode(
            self.key.sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256())
        ).decode()
        headers = {
            "Host": url.netloc,
            "Date": fields["date"],
            "Digest": fields["digest"],
            "Content-Type": ACTIVITY,
            "Signature": f'keyId="{self.actor(name)}#main-key",algorithm="rsa-sha256",'
            f'headers="(request-target) host date digest",signature="{signature}"',
        }
        connection = keep or http.client.HTTPConnection(url.hostname, url.port, timeout=timeout)
        try:
            connection.request("POST", url.path, body, headers)
            response = connection.getresponse()
            response.read()
            return response.status
        finally:
            if not keep:
                connection.close()

    def follow(self, name, actor, inbox):
        return self.post(
            inbox,
            name,
            {
                "@context": CONTEXT,
                "id": f"{self.actor(name)}#follow",
                "type": "Follow",
                "actor": self.actor(name),
                "object": actor,
            },
        )

    # -- what it is asked

    def _answer(self, request, status, document=None, kind=ACTIVITY):
        body = b"" if document is None else json.dumps(document).encode()
        request.send_response(status)
        request.send_header("Content-Type", kind)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)
        request.wfile.flush()

    def _get(self, request):
        url = urllib.parse.urlsplit(request.path)
        if url.path == "/.well-known/webfinger":
            name = (
                urllib.parse.parse_qs(url.query).get("resource", [""])[0].removeprefix("acct:").split("@")[0]
            )
            if name in self.names:
                return self._answer(
                    request,
                    200,
                    {
                        "subject": f"acct:{name}@{self.host}",
                        "links": [{"rel": "self", "type": ACTIVITY, "href": self.actor(name)}],
                    },
                    "application/jrd+json",
                )
        name = url.path.removeprefix("/users/")
        if name in self.names:
            return self._answer(request, 200, self.document(name))
        self._answer(request, 404, {"error": "not here"}, "application/json")

    def _post(self, request):
        at, path = time.monotonic(), request.path
        body = request.rfile.read(int(request.headers.get("Content-Length", 0)))
        try:
            activity = json.loads(body)
        except ValueError:
            return self._answer(request, 400, {"error": "not JSON"}, "application/json")
        arrival = Arrival(self.base + path, activity, self._fault(request, path, body), at)
        with self.lock:
            self.arrivals.append(arrival)
        self._answer(request, 401 if arrival.fault else 202)
        arrival.answered = time.monotonic()
        if activity.get("type") == "Follow" and not arrival.fault:
            threading.Thread(target=self._accept, args=(activity,), daemon=True).start()

    def _accept(self, follow):
        name = str(follow["object"]).rsplit("/", 1)[1]
        document = self._fetch(follow["actor"])
        self.post(
            document["inbox"],
            name,
            {
                "@context": CONTEXT,
                "id": f"{self.actor(name)}#accept/{follow['id']}",
                "type": "Accept",
                "actor": self.actor(name),
                "object": follow,
            },
        )

    def _fetch(self, url):
        parts = urllib.parse.urlsplit(url)
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=10)
        try:
            connection.request("GET", parts.path, headers={"Host": parts.netloc, "Accept": ACTIVITY})
            return json.loads(connection.getresponse().read())
        finally:
            connection.close()

    def _fault(self, request, path, body):
        """What is wrong with the signature, or '' (draft-cavage-http-signatures-12, as it is used)."""
        said = dict(re.findall(r'(\w+)="([^"]*)"', request.headers.get("Signature", "")))
        names = said.get("headers", "").split()
        if not {"(request-target)", "host", "date", "digest"} <= set(names):
            return f"signed only {names}"
        if (
            request.headers.get("Digest")
            != "SHA-256=" + base64.b64encode(hashlib.sha256(body).digest()).decode()
        ):
            return "the digest does not fit the body"
        lines = [
            (
                f"(request-target): post {path}"
                if n == "(request-target)"
                else f"{n}: {request.headers.get(n, '')}"
            )
            for n in names
        ]
        try:
            self._key(said["keyId"]).verify(
                base64.b64decode(said["signature"]),
                "\n".join(lines).encode(),
                padding.PKCS1v15(),
                hashes.SHA256(),
            )
        except (InvalidSignature, KeyError, ValueError) as problem:
            return f"bad signature ({type(problem).__name__})"
        return ""

    def _key(self, key_id):
        with self.lock:
            known = self.known_keys.get(key_id)
        if not known:
            document = self._fetch(key_id.split("#")[0])
            known = serialization.load_pem_public_key(document["publicKey"]["publicKeyPem"].encode())
            with self.lock:
                self.known_keys[key_id] = known
        return known

    def taken(self):
        """A copy of what arrived so far."""
        with self.lock:
            return list(self.arrivals)
