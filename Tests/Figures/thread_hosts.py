"""A big thread on many fake hosts, served by a process of its own so that it does not slow who measures."""

import asyncio
import collections
import functools
import multiprocessing
import random
import ssl
import time
import urllib.parse

from neighbours import STATE

import aiohttp
from aiohttp import web
from fedisim.server import AP, FakeHosts
from fedisim.world import CTX, KeyPool, World, host_ip, host_name

PAGE = 50
AUTHORS_PER_HOST = 4


class Tree:
    """Who answers whom: the root on the first host, replies in turn on all; the last 30 % answer replies."""

    def __init__(self, replies, hosts, hanging, paged_leaves=False):
        numbers = range(1, hosts + 1)
        self.world = World(KeyPool(STATE), numbers, AUTHORS_PER_HOST, prefix="t")
        # Somebody who has no part in it, on a host of their own.
        self.bystander = World(self.world.keys, range(hosts + 1, hosts + 2), 1, prefix="b")
        self.elsewhere = self.bystander.note(self.bystander.actors[0], 1, int(time.time()) - 86400)["id"]
        # Spread over all, but never the root's.
        self.hanging = {hosts - n * (hosts // max(hanging, 1)) for n in range(hanging)} - {1}
        self.healthy = [n for n in numbers if n not in self.hanging]
        self.paged_leaves, self.children = paged_leaves, collections.defaultdict(list)
        self.parent, self.host, ids = {}, {}, []
        rng, authors = random.Random(5), self.world.actors
        # Old enough that nobody waits for more answers to come, and each later than what it answers.
        begun = int(time.time()) - 3 * 86400
        self.root = self.world.note(authors[0], 1, begun)["id"]
        for n in range(replies):
            parent = self.root if n < replies * 7 // 10 else rng.choice(ids)
            author = authors[n % len(authors)]
            note = self.world.note(author, 1000 + n, begun + 60 * (n + 1), reply_to=parent)["id"]
            ids.append(note)
            self.parent[note], self.host[note] = parent, author.host_n
            self.children[parent].append(note)
        for note in [self.root, *ids]:
            self.world.notes[note]["replies"] = self.collection(note)
        self.replies = ids
        self.reachable = {note for note in ids if all(self.host[n] in self.healthy for n in self.path(note))}

    def path(self, note):
        """The replies from this one up to the one that answers the root."""
        while note != self.root:
            yield note
            note = self.parent[note]

    def depth(self):
        return max((len(list(self.path(note))) for note in self.reachable), default=0)

    def collection(self, note):
        """As Mastodon has it in a note: a first page for the author's own answers, and where the rest is."""
        url = note + "/replies"
        first = {"type": "CollectionPage", "partOf": url, "items": []}
        if self.children[note] or self.paged_leaves:
            first["next"] = url + "?page=1"
        return {"id": url, "type": "Collection", "first": first}

    def document(self, note, page):
        """The collection by itself, or one page of it (from 1)."""
        url, items = note + "/replies", self.children[note]
        if page is None:
            return {"@context": CTX[0], "id": url, "type": "Collection", "first": url + "?page=1"}
        part = {"id": f"{url}?page={page}", "type": "CollectionPage", "partOf": url}
        part["items"] = items[(page - 1) * PAGE : page * PAGE]
        if page * PAGE < len(items):
            part["next"] = f"{url}?page={page + 1}"
        return {"@context": CTX[0], **part}


class ThreadHosts(FakeHosts):
    """The hosts of a tree, which count by host and by document who asks for what."""

    def __init__(self, tree, latency):
        super().__init__(STATE, self._nobody)
        self.tree, self.latency, self.worlds = tree, latency, [tree.world, tree.bystander]
        self.asked, self.attempts = collections.Counter(), collections.Counter()
        self.busy, self.busiest = collections.Counter(), {}

    async def _nobody(self, key):
        raise LookupError(key)

    async def start(self):
        await super().start([*self.tree.healthy, *self.tree.bystander.hosts])
        for n in self.tree.hanging:
            self.hung[n] = await asyncio.start_server(functools.partial(self._hang, n), host_ip(n), 443)

    async def _hang(self, n, reader, writer):
        """Takes the connection and all that comes, and never says a word."""
        name = host_name(n)
        self.attempts[name] += 1
        self._enter(name)
        try:
            while await reader.read(65536):
                pass
        except OSError:
            pass
        finally:
            self._leave(name)
            writer.close()

    def _enter(self, name):
        self.busy[name] += 1
        self.busiest[name] = max(self.busiest.get(name, 0), self.busy[name])

    def _leave(self, name):
        self.busy[name] -= 1

    async def _handle(self, request):
        name = request.headers.get("Host", "").lower()
        self.asked[name, request.path_qs] += 1
        self._enter(name)
        try:
            await asyncio.sleep(self.latency)
            parts = request.path.strip("/").split("/")
            if len(parts) == 5 and parts[4] == "replies":
                note, page = f"https://{name}/" + "/".join(parts[:4]), request.query.get("page")
                if note not in self.tree.world.notes or not (page or "1").isdecimal():
                    return web.Response(status=404)
                return self._json(self.tree.document(note, int(page) if page else None))
            return await super()._handle(request)
        finally:
            self._leave(name)

    def counts(self):
        return {
            "asked": dict(self.asked),
            "kinds": dict(self.gets),
            "attempts": dict(self.attempts),
            "open_hanging": sum(self.busy[host_name(n)] for n in self.tree.hanging),
            "busiest": {k: v for k, v in self.busiest.items() if k not in self.attempts},
        }

    def forget(self):
        for counter in (self.asked, self.attempts, self.gets, self.busiest):
            counter.clear()


async def serve(tree, latency, pipe):
    """In the child: answers "counts" and "forget" on the pipe until it closes."""
    hosts, ended = ThreadHosts(tree, latency), asyncio.Event()
    await hosts.start()
    pipe.send("up")

    def asked():
        try:
            said = pipe.recv()
        except EOFError:
            return ended.set()
        if said == "forget":
            hosts.forget()
        pipe.send(hosts.counts())

    asyncio.get_running_loop().add_reader(pipe.fileno(), asked)
    await ended.wait()


class HostProcess:
    """The parent's side: `with HostProcess(tree, latency) as hosts: hosts.counts()`."""

    def __init__(self, tree, latency):
        self.tree, self.latency = tree, latency

    def _run(self, pipe):
        self.pipe.close()
        asyncio.run(serve(self.tree, self.latency, pipe))

    def __enter__(self):
        self.pipe, theirs = multiprocessing.Pipe()
        fork = multiprocessing.get_context("fork")
        self.process = fork.Process(target=self._run, args=(theirs,), daemon=True)
        self.process.start()
        theirs.close()
        if not self.pipe.poll(30) or self.pipe.recv() != "up":
            raise RuntimeError("the fake hosts did not come up")
        return self

    def __exit__(self, *_):
        self.pipe.close()
        self.process.join(5)
        if self.process.is_alive():
            self.process.kill()

    def _ask(self, what):
        self.pipe.send(what)
        return self.pipe.recv()

    def counts(self):
        return self._ask("counts")

    def forget(self):
        self._ask("forget")


async def walk(root, patience=3.0):
    """Reads the whole thread as a plain client would; -> ids of the replies, their authors, silent hosts."""
    tls = ssl.create_default_context(cafile=str(STATE / "ca.crt"))
    timeout, seen, got, authors, silent = aiohttp.ClientTimeout(total=patience), {root}, set(), set(), set()
    turns = collections.defaultdict(lambda: asyncio.Semaphore(2))
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0, ssl=tls)) as http:

        async def get(url):
            host = urllib.parse.urlsplit(url).netloc
            async with turns[host]:
                if host in silent:
                    raise TimeoutError
                try:
                    async with http.get(url, headers={"Accept": AP}, timeout=timeout) as answer:
                        assert answer.status == 200, f"{url}: {answer.status}"
                        return await answer.json(content_type=None)
                except TimeoutError:
                    silent.add(host)
                    raise

        async def follow(page, found):
            found += [item for item in page["items"] if item not in seen]
            seen.update(page["items"])
            if "next" in page:
                await follow(await get(page["next"]), found)

        async def note(url):
            found = []
            try:
                document = await get(url)
                assert document["id"] == url
                authors.add(document["attributedTo"])
                await follow(document["replies"]["first"], found)
            except TimeoutError:
                return
            got.add(url)
            await asyncio.gather(*map(note, found))

        await note(root)
        for author in sorted(authors)[:3]:
            actor, host = await get(author), urllib.parse.urlsplit(author).netloc
            handle = f"acct:{actor['preferredUsername']}@{host}"
            found = await get(f"https://{host}/.well-known/webfinger?resource={handle}")
            assert any(link.get("href") == author for link in found["links"]), found
    return got - {root}, authors, silent
