"""One day of an owner, told as checks: each stands on those before it."""

import time

import requests

import pictures
from instance import wait_for
from report import expect

ALT = 'A red field, "nothing" else & <nobody> in it'


class Neighbour:
    """The other server, as its owner's app sees it."""

    def __init__(self, server):
        self.origin = server.neighbour_origin
        self.bearer = {"Authorization": "Bearer " + server.token(".islet/neighbour")}

    def get(self, path):
        return requests.get(self.origin + path, headers=self.bearer, timeout=30).json()

    def post(self, path, **form):
        answer = requests.post(self.origin + path, headers=self.bearer, data=form, timeout=30)
        answer.raise_for_status()
        return answer.json()

    def told(self, kind, test=lambda n: True):
        """A notification of this kind, once it came."""
        return wait_for(
            lambda: next(
                (n for n in self.get("/api/v1/notifications") if n["type"] == kind and test(n)), None
            ),
            30,
        )


def live(report, reader, server, how, shots):
    neighbour = Neighbour(server)
    failed_before = report.failed
    day = Day(reader, server, neighbour, shots and shots / how.replace(" ", "-"))
    for number, (name, act) in enumerate(
        (
            (f"{how}: script is what it is said to be", day.is_script_as_said),
            (f"{how}: first sign-in with the password that quickstart printed", day.sign_in),
            (f"{how}: a post is written, with a picture and a text for it", day.write),
            (f"{how}: everybody sees it on the public page", day.see_it),
            (f"{how}: the neighbour is found by handle and followed", day.follow),
            (f"{how}: the neighbour's post is read and answered", day.answer),
            (f"{how}: the neighbour's favourite is among the notifications", day.get_a_favourite),
            (f"{how}: what is new comes, and single keys do what they are for", day.be_comfortable),
            (f"{how}: the colour of everything is changed", day.change_colour),
            (f"{how}: sign-out ends the session for good", day.sign_out),
            (f"{how}: the browser had nothing to complain about", day.complain),
        )
    ):
        if report.failed > failed_before and act != day.complain:
            report.skip(name, "it stands on what failed")
            continue
        with report(name):
            act()
            day.picture(number)


class Day:
    def __init__(self, reader, server, neighbour, shots):
        self.reader, self.server, self.neighbour, self.shots = reader, server, neighbour, shots
        self.said = []

    def picture(self, number):
        self.said += self.reader.complaints()
        if self.shots:
            self.reader.picture(self.shots / f"{number:02}.png")

    def is_script_as_said(self):
        self.reader.open("data:text/html,<title>no</title><script>document.title='yes'</script>")
        expect(self.reader.driver.title, "yes" if self.reader.script else "no")

    def sign_in(self):
        reader = self.reader.open("/home")
        expect(reader.path, "/home/login?next=%2Fhome")
        reader.fill("User name", self.server.username)
        reader.fill("Password", self.server.password)
        reader.press("Sign in")
        expect((reader.path, reader.heading), ("/home", "Home"))
        cookie = next(c for c in reader.driver.get_cookies() if c["name"] == "islet")
        expect((cookie["httpOnly"], cookie["sameSite"], cookie["path"]), (True, "Lax", "/home"))

    def write(self):
        reader = self.reader
        picture = self.server.folder / "red.png"
        picture.write_bytes(pictures.png())
        reader.go("Write", self.sections())
        reader.fill("Text", "Good morning, #islet")
        count = reader.find("//*[@id='count']").text
        expect(count.startswith("20 of 500 characters"), reader.script, f"whether a script counts: {count}")
        reader.fill("Pictures, films or sounds", picture)
        reader.press("Add files and describe them")
        expect(reader.field("Text").get_attribute("value"), "Good morning, #islet", "what was typed")
        reader.fill("Picture 1, described", ALT)
        reader.press("Publish")
        expect(reader.path.partition("#")[0][: len("/home/posts/")], "/home/posts/")
        expect(self.alt_of(reader.find("//article//*[contains(@class, 'media')]//img")), ALT)

    def see_it(self):
        reader = self.reader.open(f"/@{self.server.username}")
        post = self.post_with("Good morning")
        expect(self.alt_of(reader.find(".//*[contains(@class, 'media')]//img", post)), ALT)
        # Anybody: no cookie is sent there, and no session asked for.
        expect(reader.cookie(), None)
        page = requests.get(f"{self.server.origin}/@{self.server.username}", timeout=30)
        expect(
            (page.status_code, "Good morning" in page.text, "Set-Cookie" in page.headers), (200, True, False)
        )

    def follow(self):
        reader = self.reader.open("/home")
        reader.go("Search", self.sections())
        reader.fill("Words, a handle or an address", self.server.neighbour_handle)
        reader.press("Search", reader.find("//main"))
        if not reader.path.startswith("/home/people/"):
            reader._leave(reader.find("//main//a[starts-with(@href, '/home/people/')]"))
        reader.press("Follow")
        # They let everybody in, and say so a moment later.
        followed = wait_for(
            lambda: reader.open(reader.path)
            and reader.all("//main//button[starts-with(normalize-space(.), 'Unfollow')]"),
            30,
            0.5,
        )
        assert followed, reader.text[:400]
        assert self.neighbour.told("follow"), "the neighbour was not told"

    def answer(self):
        reader = self.reader
        self.neighbour.post("/api/v1/statuses", status="Is anybody there?")
        arrived = wait_for(lambda: "Is anybody there?" in reader.open("/home").text, 30, 0.5)
        assert arrived, "it did not arrive in the home timeline"
        reader.go("Reply", self.post_with("Is anybody there?"))
        reader.wait_for("Is anybody there?")
        field = reader.field("Text")
        assert self.server.neighbour_handle.split("@")[1] in field.get_attribute(
            "value"
        ), "the mention is not filled in"
        field.send_keys("Yes, I am.")
        reader.press("Publish")
        reader.wait_for("Yes, I am.")
        note = self.neighbour.told("mention", lambda n: "Yes, I am." in n["status"]["content"])
        assert note, "the answer did not arrive"
        self.answered = note["status"]

    def get_a_favourite(self):
        reader = self.reader
        self.neighbour.post(f"/api/v1/statuses/{self.answered['id']}/favourite")
        reader.open("/home")
        reader.go("Notifications", self.sections())
        told = wait_for(
            lambda: "Yes, I am." in reader.open("/home/notifications").text
            and "favourite" in reader.text.lower(),
            30,
            0.5,
        )
        assert told, reader.text[:400]

    def be_comfortable(self):
        """With script without another page, else as always."""
        reader = self.reader.open("/home")
        mark = "return document.documentElement.dataset.mark"
        if reader.script:
            reader.driver.execute_script("document.documentElement.dataset.mark = 'the same page'")
        # Other servers tell the time of a post in whole seconds; of one second, the order is anybody's.
        begun = int(time.time())
        wait_for(lambda: time.time() >= begun + 1, 2)
        posted = self.neighbour.post("/api/v1/statuses", status="Still there?")
        if not reader.script:
            assert wait_for(lambda: "Still there?" in reader.open("/home").text, 30, 0.5), "it did not arrive"
            return
        look = "document.dispatchEvent(new Event('visibilitychange', {bubbles: true}))"
        news = reader.find("//*[@data-news]//a", shown=False)
        assert wait_for(lambda: reader.driver.execute_script(look) or news.is_displayed(), 30, 0.5), "no news"
        expect(news.text, "1 new post")
        reader.click(news)
        self.post_with("Still there?")
        expect(reader.driver.execute_script(mark), "the same page")
        expect(reader.all("//main/article")[0].text.count("Still there?"), 1)
        expect(news.is_displayed(), False, "the news is read")
        reader.type("?")
        reader.click(reader.button("Close", reader.find("//dialog")))
        for key, kind in (("f", "favourite"), ("b", "reblog")):
            reader.type("j")
            reader.type(key, leaves=True)
            assert self.neighbour.told(kind, lambda n: n["status"]["id"] == posted["id"]), f"{key} did nothing"
        reader.type("gn", leaves=True)
        expect(reader.path, "/home/notifications")

    def change_colour(self):
        reader = self.reader
        before = self.accent()
        reader.go("More", self.sections())
        reader.go("Appearance")
        reader.fill("Colour", "#7a1f5c")
        reader.press("Keep it")
        reader.find("//*[@role='status']")
        after = self.accent()
        assert after != before, f"the colour is {after} as before"
        reader.open(f"/@{self.server.username}")
        # A browser may show for a minute what it has seen already.
        reader.driver.refresh()
        expect(self.accent(), after, "on the public page")

    def sign_out(self):
        reader = self.reader.open("/home")
        kept = reader.cookie()
        assert kept, "there is no session to end"
        reader.go("More", self.sections())
        reader.press("Sign out")
        reader.open("/home/notifications")
        expect(reader.path, "/home/login?next=%2Fhome%2Fnotifications")
        # Who kept the cookie has nothing.
        answer = requests.get(
            self.server.origin + "/home", cookies={"islet": kept}, allow_redirects=False, timeout=30
        )
        expect((answer.status_code, answer.headers["Location"]), (303, "/home/login?next=%2Fhome"))

    def sections(self):
        return self.reader.find("//nav[contains(@class, 'sections')]")

    def post_with(self, words):
        return self.reader.find(f"//article[contains(normalize-space(.), '{words}')]")

    def alt_of(self, image):
        """What stands for a picture that did arrive."""
        loaded = wait_for(
            lambda: self.reader.driver.execute_script("return arguments[0].naturalWidth", image), 10
        )
        assert loaded, "the picture cannot be shown"
        return image.get_attribute("alt")

    def accent(self):
        """The colour of links, as it is seen."""
        link = self.reader.find("//footer//a")
        return link.value_of_css_property("color")

    def complain(self):
        expect([line for line in self.said if "favicon" not in line], [])
