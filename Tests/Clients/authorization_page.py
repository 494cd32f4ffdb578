"""Walks the authorisation page the way a browser does: fills in the form, keeps cookies, follows what it is
told.
"""

import html.parser
import urllib.parse

import requests

OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"
REFUSING = ("deny", "cancel", "reject", "refuse", "no")


class _Forms(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.forms = []
        self.links = []

    def handle_starttag(self, tag, attributes):
        a = dict(attributes)
        if tag == "a":
            self.links.append(a.get("href") or "")
        elif tag == "form":
            self.forms.append((a.get("action") or "", (a.get("method") or "get").lower(), []))
        elif tag in ("input", "button") and self.forms and a.get("name"):
            kind = a.get("type") or ("submit" if tag == "button" else "text")
            self.forms[-1][2].append((a["name"], kind, a.get("value") or ""))


class Refused(Exception):
    """The page led to no code; its text is the message."""


def fill(fields, username, password, approve):
    """What a browser would send for these fields after the person typed and pressed one button."""
    data, pressed = {}, False
    for name, kind, value in fields:
        if kind == "password":
            data[name] = password
        elif kind in ("submit", "image"):
            # Of several buttons exactly one is pressed.
            if not pressed and approve != (value.lower() in REFUSING):
                data[name], pressed = value, True
        elif kind in ("text", "email") and not value:
            data[name] = username
        elif kind not in ("reset", "button"):
            data[name] = value
    return data


def walk(url, username, password, approve=True):
    """From the authorisation URL to the redirect with the code or the refusal; -> its query's dictionary."""
    session = requests.Session()
    method, data = "GET", None
    for _ in range(8):
        answer = session.request(method, url, data=data, allow_redirects=False, timeout=30)
        where = answer.headers.get("Location")
        if where:
            url, method, data = urllib.parse.urljoin(url, where), "GET", None
            query = {k: v[0] for k, v in urllib.parse.parse_qs(urllib.parse.urlsplit(url).query).items()}
            if "code" in query or "error" in query:
                page = None
                if urllib.parse.urlsplit(url).path.endswith("/oauth/authorize/native"):
                    page = session.get(url, timeout=30)
                return query | {"_url": url, "_page": page.text if page is not None else ""}
            continue
        forms = _Forms()
        forms.feed(answer.text)
        if (
            answer.status_code >= 400
            or not forms.forms
            or (data and password in data.values() and any(k == "password" for _, k, _ in forms.forms[0][2]))
        ):
            raise Refused(f"{answer.status_code}: {answer.text[:200]}")
        denying = [link for link in forms.links if "access_denied" in link]
        if not approve and denying:
            # Refusing needs no password, so it is a link.
            query = {k: v[0] for k, v in urllib.parse.parse_qs(urllib.parse.urlsplit(denying[0]).query).items()}
            return query | {"_url": denying[0], "_page": ""}
        action, method, fields = forms.forms[0]
        url, method, data = (
            urllib.parse.urljoin(url, action or url),
            method.upper(),
            fill(fields, username, password, approve),
        )
    raise Refused("the page leads in circles")
