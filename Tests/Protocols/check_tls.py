#!/usr/bin/env python3
"""Two islets behind TLS, with a certificate authority of our own in `tls.trust`: they find and follow each
other and talk; and what is signed by nobody, for another name, too old, or spoken in TLS 1.1 is not talked
to.

Each server is `localhost:PORT` to the world; a small TLS terminator in this program stands where a reverse
proxy would.
"""

import contextlib
import datetime
import select
import socket
import ssl
import threading
import time
import urllib.parse
import warnings

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from instance import Instance, arguments, free_port, scratch, wait_for
from report import Report, expect


class Authority:
    """A root that signs certificates for loopback names."""

    def __init__(self, folder, name):
        self.folder, self.key = folder, ec.generate_private_key(ec.SECP256R1())
        self.subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self.path = folder / f"{name}.pem"
        self.path.write_bytes(
            self._sign(self.subject, self.key, None, 0).public_bytes(serialization.Encoding.PEM)
        )

    def _sign(self, subject, key, name, days_ago):
        now = datetime.datetime.now(datetime.timezone.utc)
        until = now + datetime.timedelta(days=1) if not days_ago else now - datetime.timedelta(days=days_ago)
        made = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(days=30))
            .not_valid_after(until)
            .add_extension(x509.BasicConstraints(ca=name is None, path_length=None), critical=True)
        )
        if name is None:
            made = made.add_extension(
                x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False
            )
        else:
            made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
            made = made.add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), critical=False
            )
        return made.sign(self.key, hashes.SHA256())

    def certificate(self, name, days_ago=0):
        """-> a file with certificate and key for this host name; expired if `days_ago`."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        path = self.folder / f"{name}-{time.monotonic_ns()}.pem"
        path.write_bytes(
            self._sign(subject, key, name, days_ago).public_bytes(serialization.Encoding.PEM)
            + key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        return path


class Terminator:
    """Takes TLS off at one port and passes the bytes on to another."""

    def __init__(self, port, certificate, inner, newest=None):
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        if newest:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)  # being out of date is what it is for
                self.context.minimum_version = ssl.TLSVersion.TLSv1
                self.context.maximum_version = newest
            self.context.set_ciphers("ALL:@SECLEVEL=0")
        self.context.load_cert_chain(certificate)
        self.inner, self.names, self.resumed, self.versions, self.calls = inner, [], 0, set(), 0
        self.context.sni_callback = lambda _, name, __: self.names.append(name)
        self.socket = socket.create_server(("127.0.0.1", port))
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            client, _ = self.socket.accept()
            self.calls += 1
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client):
        with contextlib.suppress(OSError, ssl.SSLError), client:
            client.settimeout(10)
            outer = self.context.wrap_socket(client, server_side=True)
            self.resumed += outer.session_reused or 0
            self.versions.add(outer.version())
            with outer, socket.create_connection(("127.0.0.1", self.inner)) as inner:
                outer.settimeout(None)
                while True:
                    ready = [outer] if outer.pending() else select.select([outer, inner], [], [], 60)[0]
                    if not ready:
                        return
                    for one in ready:
                        piece = one.recv(65536)
                        if not piece:
                            return
                        (inner if one is outer else outer).sendall(piece)


def main():
    given = arguments(__doc__)
    report, folder = Report(), scratch(given.keep)
    ours, theirs = Authority(folder, "islet-check"), Authority(folder, "nobody-we-know")
    settings = {"federation.private-addresses": "allow", "tls.trust": str(ours.path)}

    def islet(username, certificate, newest=None):
        outer = free_port()
        server = (
            Instance(
                given.islet,
                folder / username,
                username,
                domain=f"localhost:{outer}",
                url=f"https://localhost:{outer}",
                settings=settings,
            )
            .init()
            .start()
        )
        server.terminator = Terminator(outer, certificate, server.port, newest)
        server.api("PATCH", "/api/v1/accounts/update_credentials", {"locked": "false"})
        return server

    def find(server, handle):
        q = "/api/v2/search?resolve=true&type=accounts&q=" + urllib.parse.quote("@" + handle)
        answer = server.api("GET", q)
        return answer.status == 200 and bool(answer.json()["accounts"])

    me, you = islet("me", ours.certificate("localhost")), islet("you", ours.certificate("localhost"))

    def sees(server, uri):
        return wait_for(lambda: next((p for p in server.home(most=40) if p["uri"] == uri), None), 30)

    with report("each follows the other, over TLS"):
        me.follow(f"you@{you.domain}")
        you.follow(f"me@{me.domain}")
    with report("a post of one is in the other's home timeline, with https addresses"):
        post = you.api("POST", "/api/v1/statuses", {"status": "hello over TLS"}).json()
        assert post["uri"].startswith(f"https://localhost:{you.domain.split(':')[1]}/"), post["uri"]
        assert sees(me, post["uri"]), "it did not arrive"
    with report("a reply comes back, with its notification"):
        here = next(p for p in me.home(most=40) if p["uri"] == post["uri"])
        reply = me.api(
            "POST",
            "/api/v1/statuses",
            {"status": f"@you@{you.domain} and back", "in_reply_to_id": here["id"]},
        ).json()
        assert sees(you, reply["uri"]), "it did not arrive"
        assert wait_for(
            lambda: any(n["type"] == "mention" for n in you.api("GET", "/api/v1/notifications").json()), 20
        ), "not told"
    with report("TLS 1.2 or later, the host's name in the handshake, sessions resumed") as seen:
        for server in (me, you):
            assert server.terminator.versions <= {"TLSv1.2", "TLSv1.3"}, server.terminator.versions
            expect(set(server.terminator.names), {"localhost"})
        seen.append(f"{me.terminator.resumed + you.terminator.resumed} resumed")

    bad = {
        "signed by an authority that nobody trusts": dict(certificate=theirs.certificate("localhost")),
        "for another name": dict(certificate=ours.certificate("elsewhere.test")),
        "expired": dict(certificate=ours.certificate("localhost", days_ago=2)),
        "good, but only TLS 1.1 is spoken": dict(
            certificate=ours.certificate("localhost"), newest=ssl.TLSVersion.TLSv1_1
        ),
    }
    for number, (why, how) in enumerate(bad.items()):
        with report(f"not talked to: a certificate {why}"):
            other = islet(f"bad{number}", **how)
            assert not find(me, f"bad{number}@{other.domain}"), "its account was found"
            assert other.terminator.calls, "nobody tried"
            other.stop()
    with report("the two are still well, and stop in order"):
        assert find(me, f"you@{you.domain}")
        expect({me.stop(), you.stop()}, {0}, "exit status")
    report.end()


main()
