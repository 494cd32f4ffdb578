#!/usr/bin/env python3
"""Web Push from the real program to a push service of this check's own, in both codings.

What comes is decrypted with the app's key; who sends is checked against the key that the server advertises; alerts
and policy are honoured; a subscription whose endpoint is gone ends; what fails is sent later, also after a restart.
"""

import json
import urllib.parse

from instance import Instance, arguments, request, scratch, wait_for
from push_service import App, PushService, encode
from report import Report, expect
from stranger import Stranger

PATH = "/api/v1/push/subscription"
TYPES = set(
    "mention status reblog follow follow_request favourite poll update quote quoted_update admin.sign_up "
    "admin.report severed_relationships moderation_warning".split()
)


class Phone:
    """An app that is signed in to the server, with a token of its own."""

    def __init__(self, server, service, name, standard):
        made = server.run("token", "--data", str(server.folder), "--name", name, "--scopes", "read write push")
        assert made.returncode == 0, made.stderr
        self.server, self.app, self.token = server, App(service.base, name, standard), made.stdout.strip()

    def call(self, method, path=PATH, form=None, query=None, body=None):
        headers = {"Host": self.server.domain, "Authorization": f"Bearer {self.token}"}
        if form is not None:
            body = urllib.parse.urlencode(form)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        elif body is not None:
            body = json.dumps(body)
            headers["Content-Type"] = "application/json"
        if query is not None:
            path += "?" + urllib.parse.urlencode(query)
        return request(self.server.port, method, path, headers, body)


def registering(report, server, standard, draft, everything):
    with report("POST takes a form, everything in the query, and JSON"):
        answer = standard.call("POST", form=standard.app.form(["mention", "follow"]))
        expect(answer.status, 200, answer.body)
        expect(draft.call("POST", query=draft.app.form(["mention", "follow", "favourite"])).status, 200)
        app = everything.app
        subscription = {
            "endpoint": app.endpoint,
            "keys": {"p256dh": encode(app.point) + "=", "auth": encode(app.auth) + "=="},
            "standard": True,
        }
        told = everything.call(
            "POST", body={"subscription": subscription, "data": {"alerts": dict.fromkeys(TYPES, True)}}
        )
        expect(told.status, 200)
        expect(told.json()["alerts"], dict.fromkeys(TYPES, True))
    with report("GET: id is a small number, every alert a boolean"):
        known = standard.call("GET").json()
        assert type(known["id"]) is int and 0 < known["id"] < 2**31, known["id"]
        expect(set(known["alerts"]), TYPES)
        expect({name for name, on in known["alerts"].items() if on is True}, {"mention", "follow"})
        expect((known["standard"], known["policy"], known["endpoint"]), (True, "all", standard.app.endpoint))
    with report("the VAPID key is the same in its three places"):
        key = standard.call("GET").json()["server_key"]
        app = request(
            server.port,
            "POST",
            "/api/v1/apps",
            {"Host": server.domain, "Content-Type": "application/json"},
            json.dumps({"client_name": "push", "redirect_uris": ["app:/done"], "scopes": "push"}),
        )
        expect(app.json()["vapid_key"], key)
        instance = standard.call("GET", "/api/v2/instance").json()
        expect(instance["configuration"]["vapid"]["public_key"], key)
    with report("keys that are none: 422; no subscription: 404 that says not found; DELETE then: {}"):
        wrong = standard.app.form([]) | {"subscription[keys][p256dh]": "AAAA"}
        other = Phone(server, PushService(), "other", True)
        expect(other.call("POST", form=wrong).status, 422)
        missing = other.call("GET")
        expect(missing.status, 404)
        assert "not found" in missing.json()["error"], missing.body
        expect((other.call("DELETE").status, other.call("DELETE").json()), (200, {}))
    return key


def main():
    given = arguments(__doc__)
    report, folder = Report(), scratch(given.keep)
    server = Instance(given.islet, folder / "data").init().start()
    service, stranger = PushService(), Stranger(["ann", "bob"])
    inbox, owner = server.url + "/inbox", server.actor()["id"]
    standard, draft, everything = (
        Phone(server, service, name, is_standard)
        for name, is_standard in (("standard", True), ("draft", False), ("everything", True))
    )
    phones = [standard, draft, everything]
    key = registering(report, server, *phones)
    numbers = iter(range(1, 1000))

    def mention(name, text):
        create = stranger.create(name, next(numbers), f'<a href="{owner}">@owner</a> {text}')
        create["object"]["tag"] = [{"type": "Mention", "href": owner, "name": f"@owner@{server.domain}"}]
        create["cc"] = create["object"]["cc"] = [owner]
        expect(stranger.post(inbox, name, create), 202, "the server's answer")

    def came(phone, count, seconds=20):
        """Waits for so many messages of a phone; -> what they say."""
        wait_for(lambda: len(service.of(phone.app)) >= count, seconds)
        messages = service.of(phone.app)
        expect(len(messages), count, f"messages for {phone.app.name}")
        return [phone.app.read(m) for m in messages]

    with report("a mention is pushed in both codings, and decrypts") as seen:
        mention("ann", "hello &amp; good <b>morning</b>")
        for phone in phones:
            said = came(phone, 1)[0]
            expect(said["notification_type"], "mention")
            assert type(said["notification_id"]) is int and said["notification_id"] < 2**53, said
            expect((said["access_token"], said["title"]), (phone.token, "You were mentioned by ann"))
            expect(said["body"], "@owner hello & good morning")
            assert said["icon"].startswith("http"), said
            known = phone.call("GET", f"/api/v1/notifications/{said['notification_id']}")
            expect((known.status, known.json()["type"]), (200, "mention"))
        seen.append(f"{len(service.of(standard.app)[0].body)} bytes")
    with report("headers and the signed token are those of RFC 8030 and RFC 8292, or of their drafts"):
        for phone in phones:
            message = service.of(phone.app)[0]
            service.check_sender(message, key, server.url)
            expect((message.fields["ttl"], message.fields["urgency"]), ("172800", "normal"))
            expect(message.fields["content-type"], "application/octet-stream")
    with report("long texts are cut to 140 characters"):
        mention("ann", "long " * 200)
        for phone in phones:
            said = came(phone, 2)[1]
            assert len(said["body"]) <= 140, said
    with report("alerts: who did not ask for it hears nothing"):
        note = server.api("POST", "/api/v1/statuses", {"status": "like me"}).json()
        like = {
            "@context": "https://www.w3.org/ns/activitystreams",
            "id": stranger.actor("bob") + "/likes/1",
            "type": "Like",
            "actor": stranger.actor("bob"),
            "object": note["uri"],
        }
        expect(stranger.post(inbox, "bob", like), 202)
        expect(came(draft, 3)[2]["title"], "bob favorited your post")
        came(everything, 3)
        came(standard, 2, 1)
    with report("policy: only people who are followed, then nobody, then all again"):
        expect(draft.call("PUT", form={"policy": "followed"}).json()["policy"], "followed")
        expect(standard.call("PUT", form={"data[policy]": "none"}).json()["policy"], "none")
        server.follow(f"ann@{stranger.host}")
        mention("bob", "not followed")
        mention("ann", "followed")
        # Nothing else says that a message was not sent: the third app gets both.
        came(everything, 5)
        expect(came(draft, 4, 5)[3]["title"], "You were mentioned by ann")
        came(standard, 2, 1)
        expect(standard.call("PUT", form={"policy": "all", "data[alerts][mention]": "true"}).status, 200)
        mention("bob", "to all")
        came(standard, 3)
    with report("an endpoint that is gone (410) ends its subscription, and no other"):
        service.answers[everything.app.name] = [410]
        mention("ann", "are you there?")
        assert wait_for(lambda: everything.call("GET").status == 404), "it is still there"
        expect(standard.call("GET").status, 200)
    with report("what failed is sent later, also after a restart"):
        service.answers[standard.app.name] = [503]
        service.retry_after = 1
        before = len(service.of(standard.app))
        mention("ann", "later")
        assert wait_for(lambda: len(service.of(standard.app)) == before + 1), "not tried"
        # The first wait is about a minute, whatever less is asked for.
        server.stop()
        service.answers.clear()
        server.start()
        expect([m.fields["content-encoding"] for m in service.of(standard.app)[before:]], ["aes128gcm"])
        assert wait_for(lambda: len(service.of(standard.app)) == before + 2, 90), "not tried again"
        assert "later" in standard.app.read(service.of(standard.app)[-1])["body"]
    with report("the key stays the same over a restart"):
        expect(standard.call("GET").json()["server_key"], key)
    with report("the address that came with a message ends the subscription"):
        link = service.of(standard.app)[-1].fields["unsubscribe-url"]
        expect(link.startswith(server.url + "/api/web/push_subscriptions/"), True, link)
        path = link.removeprefix(server.url)
        expect(request(server.port, "DELETE", path[:-3] + "AAA", {"Host": server.domain}).status, 404)
        expect(request(server.port, "DELETE", path, {"Host": server.domain}).status, 200)
        expect(standard.call("GET").status, 404)
    with report("no token and no endpoint is in the log"):
        log = server.log.read_text(errors="replace")
        for phone in phones:
            assert phone.token not in log and phone.app.endpoint not in log, phone.app.name
    with report("the server stops in order, and its database is whole"):
        expect(server.stop(), 0, "exit status")
        expect(server.integrity(), "ok")
    report.end()


main()
