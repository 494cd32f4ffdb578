"""Two islets on one machine, each used through its client API: what one does, the other sees."""

from mastodon.errors import MastodonNotFoundError

import pictures
from instance import wait_for
from report import expect


def federating(report, me, you, me_at, you_at):
    """`me` and `you` are Mastodon.py clients; `me_at` and `you_at` the handles without the first @."""

    def there(client, uri):
        """The post with this address in a client's home timeline, once it arrived."""
        return wait_for(
            lambda: next(
                (s for s in client.timeline_home(limit=40) if uri in (s.uri, s.reblog and s.reblog.uri)), None
            ),
            30,
        )

    def told(client, kind, test=lambda n: True):
        return wait_for(
            lambda: next((n for n in client.notifications(limit=40) if n.type == kind and test(n)), None), 30
        )

    account, followed = None, False
    with report("follow by handle: found through search, accepted by the other side"):
        found = me.search_v2("@" + you_at, resolve=True, result_type="accounts").accounts
        expect([a.acct for a in found], [you_at])
        account = found[0]
        me.account_follow(account.id)
        assert wait_for(
            lambda: me.account_relationships(account.id)[0].following, 30
        ), "not accepted within 30 s"
        expect(me.account_relationships(account.id)[0].requested, False)
        followed = True
    if not followed:
        report.skip("everything else with the neighbour", "nothing can arrive")
        return
    with report("the other is told of its follower, and lists it"):
        assert told(you, "follow", lambda n: n.account.acct == me_at), "no notification"
        expect([a.acct for a in you.account_followers(you.me().id)], [me_at])
        expect([a.acct for a in me.account_following(me.me().id)], [you_at])
    post = here = None
    with report("a post over there is in the home timeline here"):
        post = you.status_post("Hello <from> next door #neighbours", spoiler_text="mild")
        here = there(me, post.uri)
        assert here, "it did not arrive within 30 s"
        expect((here.account.acct, here.spoiler_text, here.visibility), (you_at, "mild", "public"))
        assert "Hello &lt;from&gt; next door" in here.content, here.content
        expect([t.name for t in here.tags], ["neighbours"])
    if not here:
        report.skip("what is done to that post", "it is not here")
        return
    with report("a post for followers only arrives as such"):
        private = there(me, you.status_post("between us", visibility="private").uri)
        expect(private and private.visibility, "private")
    with report("a reply from here is a mention and in the thread there"):
        reply = me.status_reply(here, "and back")
        note = told(you, "mention", lambda n: n.status.uri == reply.uri)
        assert note, "no notification"
        expect(note.status.in_reply_to_id, post.id)
        expect([s.uri for s in you.status_context(post.id).descendants], [reply.uri])
        expect([m.acct for m in me.status(reply.id).mentions], [you_at])
    with report("a favourite from here is told and counted there"):
        me.status_favourite(here.id)
        assert told(you, "favourite", lambda n: n.status.id == post.id), "no notification"
        expect(you.status(post.id).favourites_count, 1)
    with report("a boost from here is told and counted there"):
        me.status_reblog(here.id)
        assert told(you, "reblog", lambda n: n.status.id == post.id), "no notification"
        expect(you.status(post.id).reblogs_count, 1)
    with report("both undone are taken back there"):
        me.status_unfavourite(here.id)
        me.status_unreblog(here.id)
        gone = wait_for(
            lambda: (lambda s: s.favourites_count == s.reblogs_count == 0)(you.status(post.id)), 30
        )
        assert (
            gone
        ), f"{you.status(post.id).favourites_count} favourites, {you.status(post.id).reblogs_count} boosts"
    with report("a mention over there is told here, and can be answered"):
        hello = you.status_post(f"@{me_at} are you there?", visibility="direct")
        note = told(me, "mention", lambda n: n.status.uri == hello.uri)
        assert note, "no notification"
        expect(note.status.visibility, "direct")
        answer = me.status_reply(note.status, "yes", visibility="direct")
        assert told(you, "mention", lambda n: n.status.uri == answer.uri), "the answer did not arrive"
    with report("a follow back is accepted, and a boost over there is in the home timeline here"):
        back = you.search_v2("@" + me_at, resolve=True, result_type="accounts").accounts[0]
        you.account_follow(back.id)
        assert wait_for(lambda: you.account_relationships(back.id)[0].following, 30), "not accepted"
        assert told(me, "follow", lambda n: n.account.acct == you_at), "no notification"
        mine = me.status_post("boost me")
        copy = there(you, mine.uri)
        assert copy, "my post did not arrive there"
        you.status_reblog(copy.id)
        assert told(me, "reblog", lambda n: n.status.id == mine.id), "no notification"
    with report("a picture arrives with its description"):
        up = you.media_post(
            pictures.png(), mime_type="image/png", description="a red field", synchronous=True
        )
        with_picture = there(me, you.status_post("look", media_ids=[up.id]).uri)
        assert with_picture, "it did not arrive"
        expect([(m.type, m.description) for m in with_picture.media_attachments], [("image", "a red field")])
    with report("a deleted post disappears here"):
        you.status_delete(post.id)

        def vanished():
            try:
                me.status(here.id)
            except MastodonNotFoundError:
                return True

        assert wait_for(vanished, 30), "it is still here"
    with report("unfollow: the other side forgets its follower"):
        me.account_unfollow(account.id)
        expect(me.account_relationships(account.id)[0].following, False)
        assert wait_for(lambda: not you.account_followers(you.me().id), 30), "still listed as a follower"
    with report("handles that lead nowhere are an empty answer, not an error"):
        nobody = you_at.replace("you", "nobody", 1)
        expect(me.search_v2("@" + nobody, resolve=True, result_type="accounts").accounts, [])
        expect(me.search_v2("@a@b@c", resolve=True, result_type="accounts").accounts, [])
