"""Somebody with a browser: finds links, buttons and fields by the words on them, as people do.

Debian's Chromium, headless. It knows no host but this machine, and what it complains about is kept.
"""

import os
import pathlib
import shutil
import sys
import time

SKIPPED = 77
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
DRIVER = os.environ.get("CHROMEDRIVER", "/usr/bin/chromedriver")


def need_chromium():
    """Leaves, saying so, where there is no browser to drive."""
    missing = [path for path in (CHROMIUM, DRIVER) if not shutil.which(path)]
    try:
        import selenium  # noqa: F401
    except ImportError:
        missing.append("selenium (Tests/Browser/requirements.txt)")
    if missing:
        print("not here: " + ", ".join(missing) + "; Debian has chromium and chromium-driver")
        sys.exit(SKIPPED)


class Reader:
    """One browser. Each look-up waits, for what a click leads to is not there at once."""

    patience = 20.0

    def __init__(self, origin, script=True, width=1280, height=900, dark=False, profile=None):
        from selenium import webdriver
        from selenium.webdriver.chrome.service import Service

        self.origin, self.script = origin, script
        options = webdriver.ChromeOptions()
        options.binary_location = CHROMIUM
        rules = "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
        for flag in (
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--no-proxy-server",
            "--no-first-run",
            "--lang=en-US",
            f"--window-size={width},{height}",
            f"--host-resolver-rules={rules}",
        ):
            options.add_argument(flag)
        if profile:
            options.add_argument(f"--user-data-dir={profile}")
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=Service(DRIVER))
        self.chain = lambda: webdriver.ActionChains(self.driver)
        self.driver.set_page_load_timeout(30)
        self.command("Network.enable", {})
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.command("Emulation.setDeviceMetricsOverride", size)
        scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.command("Emulation.setEmulatedMedia", {"features": scheme})
        if not script:
            self.command("Emulation.setScriptExecutionDisabled", {"value": True})

    def command(self, name, values):
        return self.driver.execute_cdp_cmd(name, values)

    def end(self):
        self.driver.quit()

    def open(self, path):
        self.driver.get(path if path.startswith("http") or path.startswith("data:") else self.origin + path)
        return self

    @property
    def path(self):
        return self.driver.current_url.removeprefix(self.origin)

    @property
    def heading(self):
        return self.find("//h1").text

    def all(self, xpath, inside=None):
        return (inside or self.driver).find_elements("xpath", xpath)

    def find(self, xpath, inside=None, shown=True):
        """The first element that this finds and that can be seen."""
        end = time.monotonic() + self.patience
        while True:
            for element in self.all(xpath, inside):
                try:
                    if not shown or element.is_displayed():
                        return element
                except Exception:  # the page changed under it: look again
                    pass
            if time.monotonic() > end:
                raise AssertionError(f"{self.path}: nothing for {xpath}; the page says: {self.text[:300]!r}")
            time.sleep(0.1)

    @property
    def text(self):
        return self.driver.find_element("xpath", "//body").text

    def wait_for(self, words, inside=None):
        """Waits until the page says so."""
        self.find(
            (
                f".//*[contains(normalize-space(.), {_quoted(words)})]"
                if inside
                else f"//main//*[contains(normalize-space(.), {_quoted(words)})]"
            ),
            inside,
        )

    def link(self, name, inside=None):
        return self.find(f".//a[{_named(name)}]", inside)

    def button(self, name, inside=None):
        return self.find(f".//button[{_named(name)}]", inside)

    def go(self, name, inside=None):
        """Follows a link."""
        self._leave(self.link(name, inside))

    def press(self, name, inside=None):
        """Presses a button that sends its form."""
        self._leave(self.button(name, inside))

    def type(self, keys, leaves=False):
        """Single keys, on nothing in particular; `leaves`: they lead to another page."""
        press = self.chain().send_keys(keys).perform
        self._leave(press) if leaves else press()

    def _leave(self, act):
        """Acts, or clicks, and waits until another page is there: what stands on this one is looked up anew."""
        before = self.driver.find_element("xpath", "/html")
        act() if callable(act) else self._click(act)
        end = time.monotonic() + self.patience
        while time.monotonic() < end:
            try:
                if self.driver.find_element("xpath", "/html") != before:
                    return
            except Exception:  # between two pages there is none
                pass
            time.sleep(0.05)
        raise AssertionError(f"{self.path}: a click led nowhere")

    def click(self, element):
        self._click(element)

    def _click(self, element):
        # Bars that stay in view would take a click at the edge.
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
        element.click()

    def field(self, label, inside=None):
        """What is filled in under these words, by the label around it or beside it."""
        words = _quoted(label)
        around = f"label[starts-with(normalize-space(.), {words})]"
        return self.find(
            f".//{around}//*[self::input or self::textarea or self::select]"
            f"|.//*[@id and @id = //{around}/@for]"
            f"|.//*[starts-with(@aria-label, {words}) and (self::input or self::textarea or self::select)]",
            inside,
        )

    def fill(self, label, value, inside=None):
        element = self.field(label, inside)
        kind = element.get_attribute("type")
        if element.tag_name == "select":
            option = self.find(f".//option[starts-with(normalize-space(.), {_quoted(value)})]", element)
            option.click()
        elif kind == "file":
            element.send_keys(str(value))
        elif kind == "color":
            # There is no keyboard for the system's colour box.
            self.driver.execute_script("arguments[0].value = arguments[1]", element, value)
        else:
            element.clear()
            element.send_keys(value)
        return element

    def complaints(self):
        """What the console said since the last time: errors of the page, and refusals of its policy."""
        return [
            line["message"]
            for line in self.driver.get_log("browser")
            if line["level"] in ("SEVERE", "WARNING")
        ]

    def picture(self, path, whole=False):
        if whole:
            height = self.driver.execute_script("return document.documentElement.scrollHeight")
            size = self.driver.get_window_size()
            self.command(
                "Emulation.setDeviceMetricsOverride",
                {"width": size["width"], "height": height, "deviceScaleFactor": 1, "mobile": False},
            )
        pathlib.Path(path).parent.mkdir(parents=True, exist_ok=True)
        self.driver.save_screenshot(str(path))

    def cookie(self):
        return next((c["value"] for c in self.driver.get_cookies() if c["name"] == "islet"), None)


def _quoted(words):
    """A text as XPath has it: there is no escaping in it, but two kinds of quotes."""
    return f"'{words}'" if "'" not in words else f'"{words}"'


def _named(name):
    words = _quoted(name)
    return f"normalize-space(.) = {words} or starts-with(normalize-space(.), concat({words}, ' ')) or @aria-label = {words}"
