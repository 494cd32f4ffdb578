"""Documents of real servers, made to concern the owner, and all that can be done to one of their fields."""

import json
import os
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHARED = pathlib.Path(os.environ.get("ISLET_SHARED") or ROOT.parent / "shared")
FOLDER = SHARED / "data/samples"
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
ACTORS = {"Person", "Service", "Group", "Organization", "Application"}
POSTS = {"Note", "Question", "Article", "Page", "Video", "Audio", "Image", "Event", "ChatMessage"}
KINDS = ("removed", "null", "number", "other", "long", "deep", "wrapped")
DEPTH = 6
# Stands in ids where each delivery has a number of its own.
NUMBER = "~0000000~"

_VOCABULARY = r"www\.w3\.org|w3id\.org|schema\.org|joinmastodon\.org"
_ADDRESS = re.compile(rf"https?://(?!{_VOCABULARY})([A-Za-z0-9.:_-]+)")
_BLANKS = {"nickname": "nick", "domain": "a.example", "DOMAIN": "a.example", "subdomain": "b.a.example"}


class Neighbourhood:
    """Gives every host of the samples a loopback address of its own; one server on `port` answers for all."""

    def __init__(self, port):
        self.port, self.hosts = port, {}

    def address(self, host):
        n = self.hosts.setdefault(host, len(self.hosts))
        return f"127.1.{n // 200}.{n % 200 + 1}:{self.port}"

    def move(self, text):
        """The text with every address in it moved here."""
        text = re.sub(r"\{\{(\w+)\}\}", lambda m: _BLANKS.get(m[1], "77"), text.replace("\\/", "/"))
        return _ADDRESS.sub(lambda m: "http://" + self.address(m[1]), text)


class Sample:
    """One document. `way` is how it gets in: activity, post (within a Create), profile or document."""

    def __init__(self, path, here, owner, post):
        self.name = f"{path.parent.name}/{path.stem}"
        try:
            self.document = json.loads(here.move(path.read_text()))
        except ValueError:
            self.document = None
            return
        kind = self.document.get("type")
        self.id = self.document.get("id")
        if kind in ACTORS and isinstance(self.id, str):
            self.way, self.sender = "profile", self.id
            # Whoever signs with it is asked for it.
            self.document["publicKey"] = {
                "id": f"{self.id}#main-key",
                "owner": self.id,
                "publicKeyPem": here.pem,
            }
        elif kind in POSTS and isinstance(self.id, str):
            self.way, self.sender = "post", _author(self.document)
            _address(self.document, owner, post)
        elif "actor" in self.document and "object" in self.document:
            self.way, self.sender = "activity", _first(self.document["actor"])
            _concern(self.document, owner, post)
        else:
            self.way, self.sender = "document", f"http://{here.address('bystander.example')}/users/ned"
        self._number()

    def _number(self):
        """Lets the ids that must differ each time end in a number."""
        ids = [self.id] if isinstance(self.id, str) else []
        inner = self.document.get("object")
        if isinstance(inner, dict) and inner.get("type") in POSTS and isinstance(inner.get("id"), str):
            ids.append(inner["id"])
        text = json.dumps(self.document)
        for one in ids:
            for end in ('"', "#"):
                text = text.replace(f'"{one}{end}', f'"{one}{NUMBER}{end}')
        if self.way == "profile":
            self.sender += NUMBER
        self.document = json.loads(text)


def _first(value):
    if isinstance(value, list):
        return _first(value[0]) if value else None
    return value.get("id") if isinstance(value, dict) else value


def _author(document):
    authors = document.get("attributedTo") or document.get("actor")
    people = [a for a in authors if a.get("type") != "Group"] if isinstance(authors, list) else authors
    return _first(people)


def _address(document, owner, post):
    """Names the owner, because a post of a stranger's that has nothing to do with them is not kept."""
    cc = document.get("cc") or []
    document["cc"] = [*(cc if isinstance(cc, list) else [cc]), owner]
    if document.get("name") and "content" not in document and document["type"] == "Note":
        document["inReplyTo"] = post  # a vote


def _concern(activity, owner, post):
    """Puts the owner, or a post of theirs, where the activity is about somebody else or theirs."""
    kind, inner = activity.get("type"), activity.get("object")
    if kind in ("Follow", "Block"):
        activity["object"] = owner
    elif kind in ("Like", "EmojiReact", "Dislike", "Announce", "Flag") and isinstance(inner, str):
        activity["object"] = post
    elif kind in ("Accept", "Reject") and isinstance(inner, dict):
        inner["actor"] = owner
    elif isinstance(inner, dict) and inner.get("type") in POSTS:
        _address(inner, owner, post)
    elif isinstance(inner, dict) and "actor" in inner:
        _concern(inner, owner, post)


class Spoilt:
    """What one mutation leaves of a document, as bytes with NUMBER in them."""

    __slots__ = ("path", "kind", "body")

    def __init__(self, path, kind, body):
        self.path, self.kind, self.body = path, kind, body


_LONG, _DEEP = "x" * 100_000, "[" * 200 + "]" * 200
_HOLE = "\x00hole\x00"


def mutations(document):
    """Every field (also within lists), DEPTH levels deep: -> Spoilt, one after another."""
    for holder, key, path in list(_fields(document, "", 0)):
        value = holder[key]
        for kind in KINDS:
            if kind == "removed":
                del holder[key]
                body = json.dumps(document)
            elif kind == "deep":
                holder[key] = _HOLE
                body = json.dumps(document).replace(json.dumps(_HOLE), _DEEP)
            else:
                holder[key] = _replaced(kind, value)
                body = json.dumps(document)
            holder[key] = value
            yield Spoilt(path, kind, body.encode())


def _replaced(kind, value):
    if kind == "null":
        return None
    if kind == "number":
        return 7
    if kind == "long":
        return _LONG
    if kind == "wrapped":
        return [value]
    return {"a": {"b": []}} if isinstance(value, str) else "x" if isinstance(value, list) else [0]


def _fields(value, path, depth):
    if depth >= DEPTH:
        return
    if isinstance(value, dict):
        for key, inner in value.items():
            yield value, key, f"{path}/{key}"
            yield from _fields(inner, f"{path}/{key}", depth + 1)
    elif isinstance(value, list):
        for n, inner in enumerate(value):
            yield from _fields(inner, f"{path}/{n}", depth + 1)


def everything(here, owner, post):
    """All samples that are JSON, by name."""
    found = (Sample(p, here, owner, post) for p in sorted(FOLDER.glob("*/*.json")))
    return [s for s in found if s.document is not None]
