"""What an app does through Mastodon.py on one server: posts, threads, marks, profile, pictures."""

import requests
from mastodon.errors import MastodonNotFoundError

import pictures
from report import expect


def posting(report, client):
    with report("account_verify_credentials and instance"):
        me = client.account_verify_credentials()
        assert me.id and me.acct == me.username and me.source, me
        assert client.instance_v2().configuration.statuses.max_characters >= 500
        assert client.instance_v1().uri
    with report("post, with content warning, hashtag and a mention that is none"):
        post = client.status_post(
            "Grüße an alle <b>hier</b> #test https://example.org/ @nobody",
            spoiler_text="a warning",
            language="de",
        )
        assert "&lt;b&gt;" in post.content and "<b>" not in post.content, post.content
        expect(post.spoiler_text, "a warning")
        expect(post.language, "de")
        expect([t.name for t in post.tags], ["test"])
        assert 'href="https://example.org/"' in post.content, post.content
        expect(client.status(post.id).uri, post.uri)
    with report("an Idempotency-Key makes one post of two attempts"):
        twice = [client.status_post("only once", idempotency_key="the same key").id for _ in range(2)]
        expect(twice[0], twice[1])
    with report("reply, and the single-post view with its context"):
        root = client.status_post("root")
        reply = client.status_post("reply", in_reply_to_id=root.id)
        leaf = client.status_reply(reply, "leaf")
        expect(reply.in_reply_to_id, root.id)
        context = client.status_context(reply.id)
        expect([s.id for s in context.ancestors], [root.id])
        expect([s.id for s in context.descendants], [leaf.id])
    with report("delete: the text comes back, the post is gone"):
        gone = client.status_delete(leaf.id)
        expect(gone.get("text"), str, "text")
        try:
            client.status(leaf.id)
            raise AssertionError("it is still there")
        except MastodonNotFoundError:
            pass
        assert leaf.id not in [s.id for s in client.timeline_home()], "it is still in the home timeline"
    for verb, undo, mark, count, listed in (
        ("favourite", "unfavourite", "favourited", "favourites_count", client.favourites),
        ("bookmark", "unbookmark", "bookmarked", None, client.bookmarks),
        ("reblog", "unreblog", "reblogged", "reblogs_count", None),
    ):
        with report(f"{verb} and {undo}"):
            answer = getattr(client, f"status_{verb}")(root.id)
            if verb == "reblog":
                expect(answer.reblog.id, root.id, "the wrapper's reblog")
                assert answer.id != root.id
            now = client.status(root.id)
            expect(now[mark], True)
            assert count is None or now[count] == 1, f"{count} {now[count]}"
            assert listed is None or root.id in [s.id for s in listed()], "not in its list"
            answer = getattr(client, f"status_{undo}")(root.id)
            expect(answer.id, root.id)
            expect(client.status(root.id)[mark], False)
    with report("visibility: private and direct posts are not shown to strangers"):
        for visibility, status in (("public", 200), ("unlisted", 200), ("private", 404), ("direct", 404)):
            post = client.status_post(f"for {visibility}", visibility=visibility)
            expect(post.visibility, visibility)
            answer = requests.get(f"{client.api_base_url}/api/v1/statuses/{post.id}", timeout=30)
            expect(answer.status_code, status, visibility)
            page = requests.get(post.uri, headers={"Accept": "application/activity+json"}, timeout=30)
            expect(
                page.status_code < 400,
                status == 200,
                f"{visibility} to a server without signature: {page.status_code}",
            )
    with report("home and account timelines hold what was posted"):
        assert root.id in [s.id for s in client.timeline_home(limit=40)]
        assert root.id in [s.id for s in client.account_statuses(me.id, limit=40)]
        # An answer to oneself is no answer to somebody else: Mastodon keeps it.
        assert reply.id in [s.id for s in client.account_statuses(me.id, exclude_replies=True, limit=40)]
        expect(client.account(me.id).statuses_count > 0, True)
    with report("notifications and relationships answer, also when there are none"):
        expect(client.notifications(), list)
        expect(len(client.account_relationships([me.id])), 1)
    with report("display name, text and fields of the profile"):
        new = client.account_update_credentials(
            display_name="Tester", note="line one", fields=[("site", "https://example.org/")], locked=False
        )
        expect((new.display_name, new.source.note, new.locked), ("Tester", "line one", False))
        expect(new.fields[0].name, "site")


def media(report, client, folder):
    for name, kind, data in (
        ("photo.jpg", "image/jpeg", pictures.jpeg()),
        ("drawing.png", "image/png", pictures.png()),
    ):
        with report(f"upload of {name} with alt text; served without metadata, pixels untouched"):
            (folder / name).write_bytes(data)
            up = client.media_post(str(folder / name), description=f"alt text of {name}", synchronous=True)
            expect((up.type, up.description), ("image", f"alt text of {name}"))
            expect(
                (up.meta.original.width, up.meta.original.height), (16, 8) if name.endswith("jpg") else (4, 3)
            )
            post = client.status_post(f"with {name}", media_ids=[up.id])
            shown = client.status(post.id).media_attachments
            expect([m.id for m in shown], [up.id])
            expect(shown[0].description, f"alt text of {name}")
            served = requests.get(shown[0].url, timeout=30)
            expect((served.status_code, served.headers["Content-Type"]), (200, kind))
            expect(pictures.leftovers(served.content), [], "metadata left")
            assert pictures.same_pixels(served.content, data), "the picture itself was changed"
            note = requests.get(post.uri, headers={"Accept": "application/activity+json"}, timeout=30).json()
            expect(
                (note["attachment"][0]["mediaType"], note["attachment"][0]["name"]),
                (kind, f"alt text of {name}"),
            )
    with report("what is no picture is refused with 422"):
        answer = requests.post(
            f"{client.api_base_url}/api/v2/media",
            files={"file": ("x.png", b"not a picture", "image/png")},
            headers={"Authorization": f"Bearer {client.access_token}"},
            timeout=30,
        )
        expect(answer.status_code, 422)
        expect(answer.json()["error"], str)
