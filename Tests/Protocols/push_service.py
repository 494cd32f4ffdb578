"""A push service on loopback, plain http, and the app behind it: takes messages, checks who sends, decrypts."""

import base64
import hashlib
import hmac
import http.server
import json
import re
import secrets
import threading
import time

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.ciphers.aead import AESGCM


def encode(data):
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def decode(text):
    assert "=" not in text, f"{text} is padded"
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def hkdf(salt, secret, info, count):
    """RFC 5869 for up to 32 bytes."""
    key = hmac.digest(salt, secret, hashlib.sha256)
    return hmac.digest(key, info + b"\x01", hashlib.sha256)[:count]


class App:
    """What an app registers, and how it reads what comes."""

    def __init__(self, base, name, standard):
        self.endpoint, self.name, self.standard = f"{base}/{name}", name, standard
        self.key, self.auth = ec.generate_private_key(ec.SECP256R1()), secrets.token_bytes(16)
        self.point = self.key.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )

    def form(self, alerts, policy="all"):
        return {
            "subscription[endpoint]": self.endpoint,
            "subscription[keys][p256dh]": encode(self.point),
            "subscription[keys][auth]": encode(self.auth),
            **({"subscription[standard]": "true"} if self.standard else {}),
            **{f"data[alerts][{name}]": "true" for name in alerts},
            "data[policy]": policy,
        }

    def read(self, message):
        """-> the JSON that was sealed, in whichever coding."""
        coding = message.fields["content-encoding"]
        assert coding == ("aes128gcm" if self.standard else "aesgcm"), f"{self.name} got {coding}"
        return json.loads(self._standard(message) if self.standard else self._draft(message))

    def _secret(self, point):
        return self.key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point))

    def _standard(self, message):
        """RFC 8291 section 3.4 and RFC 8188 section 2."""
        body = message.body
        assert len(body) <= 4096, f"{len(body)} bytes"
        salt, size, length = body[:16], int.from_bytes(body[16:20]), body[20]
        point, record = body[21 : 21 + length], body[21 + length :]
        assert length == 65 and size >= 18 and len(record) <= size, (length, size, len(record))
        secret = hkdf(self.auth, self._secret(point), b"WebPush: info\0" + self.point + point, 32)
        key = hkdf(salt, secret, b"Content-Encoding: aes128gcm\0", 16)
        nonce = hkdf(salt, secret, b"Content-Encoding: nonce\0", 12)
        text = AESGCM(key).decrypt(nonce, record, None).rstrip(b"\0")
        assert text[-1:] == b"\x02", "not the last record"
        return text[:-1]

    def _draft(self, message):
        """draft-ietf-webpush-encryption-04."""
        salt = decode(re.fullmatch(r"salt=([\w-]+)", message.fields["encryption"])[1])
        point = decode(re.search(r"(?:^|;)dh=([\w-]+)", message.fields["crypto-key"])[1])
        secret = hkdf(self.auth, self._secret(point), b"Content-Encoding: auth\0", 32)
        context = b"P-256\0" + b"".join(len(p).to_bytes(2) + p for p in (self.point, point))
        key = hkdf(salt, secret, b"Content-Encoding: aesgcm\0" + context, 16)
        nonce = hkdf(salt, secret, b"Content-Encoding: nonce\0" + context, 12)
        text = AESGCM(key).decrypt(nonce, message.body, None)
        padding = int.from_bytes(text[:2])
        assert not any(text[2 : 2 + padding]), "the padding is not zero"
        return text[2 + padding :]


class Message:
    def __init__(self, path, fields, body):
        self.name, self.fields, self.body = path.strip("/"), fields, body


class PushService:
    """Keeps what comes. `answers[name]` is a list of statuses for the next messages, otherwise 201."""

    def __init__(self):
        self.lock, self.messages, self.answers, self.retry_after = threading.Lock(), [], {}, None
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                outer._post(self)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.base = f"http://localhost:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def _post(self, request):
        body = request.rfile.read(int(request.headers.get("Content-Length", 0)))
        fields = {name.lower(): value for name, value in request.headers.items()}
        message = Message(request.path, fields, body)
        with self.lock:
            self.messages.append(message)
            waiting = self.answers.get(message.name)
            status = waiting.pop(0) if waiting else 201
        request.send_response(status)
        if self.retry_after and status in (429, 503):
            request.send_header("Retry-After", str(self.retry_after))
        request.send_header("Content-Length", "0")
        request.end_headers()

    def of(self, app):
        with self.lock:
            return [m for m in self.messages if m.name == app.name]

    def check_sender(self, message, server_key, contact):
        """RFC 8292, or the first draft of it for the older coding; `server_key` is as apps are told it."""
        fields, key = message.fields, server_key.rstrip("=")
        if fields["content-encoding"] == "aes128gcm":
            said = re.fullmatch(r"vapid t=([\w.-]+),k=([\w-]+)", fields["authorization"])
            token, shown = said[1], said[2]
        else:
            token = fields["authorization"].removeprefix("WebPush ")
            shown = re.search(r"(?:^|;)p256ecdsa=([\w-]+)", fields["crypto-key"])[1]
        assert shown == key, f"{shown} is not {key}"
        signed, signature = token.rsplit(".", 1)
        head, claims = (json.loads(decode(part)) for part in signed.split("."))
        assert head["alg"] == "ES256", head
        raw = decode(signature)
        assert len(raw) == 64, f"a signature of {len(raw)} bytes"
        r, s = int.from_bytes(raw[:32]), int.from_bytes(raw[32:])
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decode(key))
        public.verify(utils.encode_dss_signature(r, s), signed.encode(), ec.ECDSA(hashes.SHA256()))
        assert claims["aud"] == self.base, claims
        assert time.time() < claims["exp"] <= time.time() + 86_400, claims
        assert claims["sub"] == contact, claims
