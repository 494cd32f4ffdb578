"""A server with a life: posts of every kind, people, lists, filters, and what others wrote.

Texts are those that pages break on: scripts of both directions, words without an end, markup that is none.
"""

import re
import time
import urllib.parse

import pictures
from instance import Instance, request, wait_for

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2
RIGHT_TO_LEFT = "مرحبا بالعالم، هذا نص طويل من اليمين إلى اليسار. #سلام https://example.org/path?query=1"
MARKUP = "<b>not bold</b> & \"quoted\" 'single' </p><script>alert(1)</script>"


class Seeds:
    """Three servers; `names` says what is where, for addresses of pages."""

    def __init__(self, islet, folder):
        self.me = Instance(islet, folder / "me", "me").init().start()
        self.you = Instance(islet, folder / "you", "you").init().start()
        self.other = Instance(islet, folder / "other", "other").init().start()
        self.names = {"me": "me", "tag": "islet"}
        for step in (
            self.profile,
            self.people,
            self.posts,
            self.their_posts,
            self.marks,
            self.orders,
            self.waiting,
            self.taken_over,
        ):
            step()

    def post(self, server, text, **more):
        made = server.api("POST", "/api/v1/statuses", {"status": text, **more})
        assert made.status == 200, f"{made.status} {made.body[:300]}"
        return made.json()

    def upload(self, server, words):
        boundary = "seeds-7d1f"
        parts = [
            f'--{boundary}\r\nContent-Disposition: form-data; name="description"\r\n\r\n{words}\r\n'.encode(),
            f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="a &lt;b&gt;.png"\r\n'.encode()
            + b"Content-Type: image/png\r\n\r\n"
            + pictures.png()
            + b"\r\n",
            f"--{boundary}--\r\n".encode(),
        ]
        sent = {
            "Host": server.domain,
            "Authorization": f"Bearer {server.token()}",
            "Content-Type": f"multipart/form-data; boundary={boundary}",
        }
        return request(server.port, "POST", "/api/v2/media", sent, b"".join(parts)).json()["id"]

    def profile(self):
        me = self.me
        form = {
            "display_name": "Mé the <owner> & company",
            "note": f"About me. {MARKUP}\n\n{RIGHT_TO_LEFT}\n\n{LONG}",
            "locked": "true",
            "discoverable": "true",
            "indexable": "true",
        }
        for number, (name, value) in enumerate(
            (("Web", "https://example.org"), ("ليلى", RIGHT_TO_LEFT), (LONG[:60], LONG), ("Markup", MARKUP))
        ):
            form[f"fields_attributes[{number}][name]"] = name
            form[f"fields_attributes[{number}][value]"] = value
        me.api("PATCH", "/api/v1/accounts/update_credentials", form)
        for server in (self.you, self.other):
            server.api("PATCH", "/api/v1/accounts/update_credentials", {"locked": "false"})
        self.you.api(
            "PATCH", "/api/v1/accounts/update_credentials", {"display_name": f"You <i>{LONG[:50]}</i>"}
        )

    def people(self):
        self.names["person"] = self.me.follow(f"you@{self.you.domain}")
        self.names["other"] = self.me.follow(f"other@{self.other.domain}")
        # A request that waits: the owner lets nobody in unseen.
        for server in (self.you, self.other):
            found = server.api(
                "GET",
                "/api/v2/search?resolve=true&type=accounts&q=" + urllib.parse.quote(f"@me@{self.me.domain}"),
            ).json()["accounts"][0]["id"]
            server.api("POST", f"/api/v1/accounts/{found}/follow", {})
        waiting = wait_for(lambda: len(self.me.api("GET", "/api/v1/follow_requests").json()) == 2, 30)
        assert waiting, "the requests did not arrive"
        self.me.api("POST", f"/api/v1/follow_requests/{self.names['person']}/authorize", {})

    def posts(self):
        me, names = self.me, self.names
        for number in range(45):
            self.post(
                me, f"Post number {number} of many. #islet", visibility="unlisted" if number % 3 else "public"
            )
        names["long"] = self.post(me, f"{LONG} {RIGHT_TO_LEFT}\n\n{'Many words. ' * 15}")["id"]
        self.post(me, MARKUP, spoiler_text=MARKUP)
        self.post(me, "for followers only", visibility="private")
        self.post(me, RIGHT_TO_LEFT, language="ar")
        names["warned"] = self.post(
            me, "Behind a warning", spoiler_text=LONG, **{"media_ids[]": [self.upload(me, "hidden")]}
        )["id"]
        ids = [self.upload(me, words) for words in (MARKUP, RIGHT_TO_LEFT, "", "A red field " * 40)]
        names["pictures"] = self.post(me, "Four pictures", **{"media_ids[]": ids})["id"]
        names["poll"] = self.post(
            me,
            "Which?",
            **{
                "poll[options][]": ["Tea", MARKUP[:45], RIGHT_TO_LEFT[:45], LONG[:50]],
                "poll[expires_in]": 86400,
            },
        )["id"]
        names["post"] = self.post(me, "Something to talk about #islet https://example.org/")["id"]
        names["quote"] = self.post(me, "I quote myself", quoted_status_id=names["post"])["id"]
        edited = self.post(me, "Before the edit")["id"]
        me.api("PUT", f"/api/v1/statuses/{edited}", {"status": "After the edit"})
        names["edited"] = edited
        names["gone"] = self.post(me, "soon gone")["id"]
        me.api("DELETE", f"/api/v1/statuses/{names['gone']}")
        me.api("POST", f"/api/v1/statuses/{names['pictures']}/pin", {})

    def their_posts(self):
        me, you, names = self.me, self.you, self.names
        ids = [self.upload(you, words) for words in ("theirs", RIGHT_TO_LEFT, "")]
        last = None
        for text, more in (
            ("Hello from next door #neighbours", {}),
            (RIGHT_TO_LEFT + LONG, {"language": "ar"}),
            ("With pictures", {"media_ids[]": ids}),
            (
                "Vote",
                {
                    "poll[options][]": ["One", "Two", LONG[:50]],
                    "poll[expires_in]": 86400,
                    "poll[multiple]": "true",
                },
            ),
            ("Sensitive", {"media_ids[]": [self.upload(you, "sensitive")], "sensitive": "true"}),
            ("Warned", {"spoiler_text": MARKUP}),
            (f"@me@{me.domain} between us", {"visibility": "direct"}),
            ("the secret word is filtered", {}),
        ):
            last = self.post(you, text, **more)
        names["theirs_uri"] = urllib.parse.quote(last["uri"], safe="")
        # Posts of one second may stand in any order.
        there = wait_for(lambda: [p["id"] for p in me.home(most=40) if p["uri"] == last["uri"]], 40)
        assert there, "they did not arrive"
        names["theirs"] = there[0]
        names["their_poll"] = next(p["id"] for p in me.home(most=40) if p["poll"])
        post = me.api("GET", f"/api/v1/statuses/{names['post']}").json()
        names["post_uri"] = urllib.parse.quote(post["uri"], safe="")
        here = wait_for(
            lambda: you.api("GET", "/api/v2/search?resolve=true&q=" + urllib.parse.quote(post["uri"])).json()[
                "statuses"
            ],
            30,
        )[0]["id"]
        answer = self.post(you, f"@me@{me.domain} I answer {MARKUP}", in_reply_to_id=here)
        self.post(you, f"@me@{me.domain} and again, {RIGHT_TO_LEFT}", in_reply_to_id=answer["id"])
        you.api("POST", f"/api/v1/statuses/{here}/favourite", {})
        you.api("POST", f"/api/v1/statuses/{here}/reblog", {})
        told = wait_for(lambda: len(me.api("GET", "/api/v1/notifications").json()) >= 6, 30)
        assert told, [n["type"] for n in me.api("GET", "/api/v1/notifications").json()]

    def marks(self):
        me, names = self.me, self.names
        for act in ("bookmark", "favourite", "reblog"):
            me.api("POST", f"/api/v1/statuses/{names['theirs']}/{act}", {})
        self.post(me, "an answer of mine", in_reply_to_id=names["theirs"])
        me.api("POST", f"/api/v1/accounts/{names['person']}/note", {"comment": f"A friend. {LONG}"})
        me.api("POST", "/api/v1/tags/neighbours/follow", {})
        me.api("POST", "/api/v1/featured_tags", {"name": "islet"})

    def orders(self):
        me, names = self.me, self.names
        made = me.api("POST", "/api/v1/lists", {"title": f"Friends & <family> {LONG[:30]}"}).json()["id"]
        names["list"] = made
        me.api("POST", f"/api/v1/lists/{made}/accounts", {"account_ids[]": [names["person"]]})
        names["filter"] = me.api(
            "POST",
            "/api/v2/filters",
            {
                "title": f"Secrets {MARKUP}",
                "context[]": ["home", "notifications"],
                "filter_action": "warn",
                "keywords_attributes[][keyword]": "secret",
            },
        ).json()["id"]
        me.api("POST", "/api/v1/domain_blocks", {"domain": "a-host-that-is-blocked.example"})
        me.api("POST", f"/api/v1/accounts/{names['other']}/mute", {"duration": 86400})

    def waiting(self):
        later = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(time.time() + 86400))
        made = self.post(self.me, f"Later {MARKUP}", scheduled_at=later)
        self.names["scheduled"] = made["id"]
        app = {
            "client_name": f"An app {MARKUP}"[:60],
            "redirect_uris": "urn:ietf:wg:oauth:2.0:oob",
            "scopes": "read write",
        }
        self.names["app"] = self.me.api("POST", "/api/v1/apps", app).json()["client_id"]

    def taken_over(self):
        """A file of which most lines fail, and one is tried for long, so that it is still under way."""
        file = self.me.folder.with_name("follows.csv")
        lines = [
            "Account address",
            f"you@{self.you.domain}",
            MARKUP,
            "nobody@localhost:9",
            LONG,
            RIGHT_TO_LEFT,
        ]
        file.write_text("\n".join(lines) + "\n")
        started = self.me.run("import", "follows", str(file), "--data", str(self.me.folder))
        assert started.stdout, started.stderr
        self.names["import"] = re.search(r"\d+", started.stdout).group()
        self.names["export"] = "following_accounts.csv"

    def end(self):
        for server in (self.me, self.you, self.other):
            server.stop()
