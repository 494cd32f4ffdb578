"""Every documented call of Mastodon.py that fits one account, on a server with a neighbour.

A method that is neither called nor named below with a reason fails the check, also after an update of the library.
"""

import datetime
import json
import time

from mastodon import Mastodon, StreamListener
from mastodon.errors import MastodonAPIError, MastodonNotFoundError

import hearing
import pictures
from instance import wait_for
from report import expect

# Why a method is not called.
NOT_CALLED = {
    "await_async_refresh": "the server never says that it goes on working after an answer",
    "get_async_refresh_info": "the server never says that it goes on working after an answer",
    "decode_blurhash": "pictures here have no blurhash: it is null",
    "follows": "gone from Mastodon since 3.0",
    "reports": "gone from Mastodon since 2.5",
    "generate_media_edit_attributes": "works on its arguments alone",
    "get_status_length": "works on its arguments alone",
    "oauth_authorization_server_info": "insists on https; asked as a request of its own",
    "oauth_userinfo": "insists on https; asked as a request of its own",
    "persistable_login_credentials": "works on what the client knows already",
    "push_subscription_decrypt_push": "the push service of the tests decrypts",
    "status_card": "gone from Mastodon since 3.0",
    "create_account": "reports every refusal as an error of its own arguments; asked as a request of its own",
}


def using(report, server, me, you, me_at, you_at, folder):
    """`me` and `you` are signed-in clients of two servers; `me_at` and `you_at` their handles."""
    # Calls of versions after the one that this server tells are tried all the same.
    free = Mastodon(
        access_token=server.run(
            "token", "--data", str(server.folder), "--name", "all", "--scopes", "profile read write follow push"
        ).stdout.strip(),
        api_base_url=server.url,
        version_check_mode="none",
    )
    them = me.search_v2("@" + you_at, resolve=True, result_type="accounts").accounts[0]
    mine = me.me()
    for part in (
        lambda: instance(report, server, me, free),
        lambda: people(report, me, you, them, me_at),
        lambda: profile(report, me, free, folder),
        lambda: statuses(report, me, you, mine, folder),
        lambda: timelines(report, me, mine),
        lambda: lists(report, me, them),
        lambda: filters(report, me),
        lambda: tags(report, me, mine),
        lambda: notifications(report, me, you, me_at),
        lambda: waiting(report, me),
        lambda: streams(report, me),
        lambda: absent(report, server, me, free, mine),
    ):
        try:
            part()
        except Exception as problem:  # what stood on a check that failed
            with report("Mastodon.py: the calls after it"):
                raise problem


def judge(report):
    """At the very end: what was never called, and what had another type than documented."""
    with report("Mastodon.py: each method was called, or there is a reason") as seen:
        administration = {name for name in hearing.methods() if name.startswith("admin_")}
        missing = hearing.methods() - hearing.called - NOT_CALLED.keys() - administration
        expect(sorted(missing), [], "neither called nor excused")
        expect(sorted(NOT_CALLED.keys() & hearing.called), [], "called and excused")
        expect(sorted(NOT_CALLED.keys() - hearing.methods()), [], "excused and unknown")
        seen.append(f"{len(hearing.called)} called")
    with report("Mastodon.py: every answer has the documented types"):
        assert not hearing.complaints, json.dumps(hearing.complaints, indent=1, default=str)


def refused(call, *words, **more):
    """The server says no, in a way that the library understands."""
    try:
        call(*words, **more)
    except MastodonAPIError as problem:
        return problem
    raise AssertionError(f"{call.__name__} was not refused")


def instance(report, server, me, free):
    with report("Mastodon.py: what the server says of itself"):
        expect(me.instance().domain, server.domain)
        expect(me.instance_v1().uri, server.domain)
        expect(me.instance_v2().api_versions.mastodon, 7)
        expect(me.instance_nodeinfo().software.name, "islet")
        expect(me.instance_health(), True)
        for empty in (
            me.instance_activity,
            me.instance_peers,
            me.instance_rules,
            me.instance_domain_blocks,
            me.custom_emojis,
            me.announcements,
            me.directory,
            me.trends,
            me.trending_tags,
            me.trending_statuses,
            me.trending_links,
            me.suggestions,
            me.suggestions_v1,
            me.suggestions_v2,
        ):
            expect(list(empty()), [], empty.__name__)
        expect(dict(me.instance_translation_languages()), {})
        expect(me.instance_extended_description().content, str)
        expect(me.retrieve_mastodon_version(), me.instance().version.split(" ")[0])
        expect(me.verify_minimum_version("4.3.0"), True)
        expect(Mastodon.get_supported_version(), str)
        expect(me.get_approx_server_time(), datetime.datetime)
        me.clear_caches()
        me.set_language("de")
        expect(me.timeline_is_available("public", local=True), True)
    with report("Mastodon.py: the app, its person and the sign-in server"):
        expect(me.app_verify_credentials().name, "islet check")
        ask = lambda path: server.api("GET", path, headers={"Authorization": f"Bearer {free.access_token}"}).json()
        expect(ask("/.well-known/oauth-authorization-server")["issuer"], server.url + "/")
        expect(ask("/oauth/userinfo")["preferred_username"], server.username)
        expect(me.preferences()["posting:default:visibility"], "public")


def people(report, me, you, them, me_at):
    with report("Mastodon.py: people looked up in every way"):
        expect(me.account(them.id).acct, them.acct)
        expect([a.id for a in me.accounts([them.id])], [them.id])
        expect(me.account_lookup(them.acct).id, them.id)
        assert them.id in [a.id for a in me.account_search(them.acct)]
        expect([f.id for f in me.account_familiar_followers(them.id)], [them.id])
        expect(me.account_lists(them.id), list)
        expect(me.account_featured_tags(them.id), list)
    with report("Mastodon.py: muted, blocked, noted, and each undone"):
        expect(me.account_mute(them.id, notifications=False, duration=60).muting, True)
        expect([a.id for a in me.mutes()], [them.id])
        expect(me.account_unmute(them.id).muting, False)
        expect(me.account_block(them.id).blocking, True)
        expect([a.id for a in me.blocks()], [them.id])
        expect(me.account_unblock(them.id).blocking, False)
        expect(me.account_note_set(them.id, "a neighbour").note, "a neighbour")
        me.domain_block("spam.example")
        expect(list(me.domain_blocks()), ["spam.example"])
        me.domain_unblock("spam.example")
    with report("Mastodon.py: followed and shown first on the profile"):
        me.account_follow(them.id)
        assert wait_for(lambda: me.account_relationships(them.id)[0].following, 30), "not accepted"
        for give, take in ((me.account_endorse, me.account_unendorse), (me.account_pin, me.account_unpin)):
            expect(give(them.id).endorsed, True)
            expect([a.id for a in me.endorsements()], [them.id])
            expect(take(them.id).endorsed, False)
    with report("Mastodon.py: who asks to follow is let in, refused, removed"):
        me.account_update_credentials(locked=True)
        here = you.search_v2("@" + me_at, resolve=True, result_type="accounts").accounts[0]
        you.account_unfollow(here.id)
        for answer in (me.follow_request_reject, me.follow_request_authorize):
            you.account_follow(here.id)
            assert wait_for(lambda: [a.id for a in me.follow_requests()] == [them.id], 30), "no request"
            answer(them.id)
            expect(list(me.follow_requests()), [])
        assert wait_for(lambda: you.account_relationships(here.id)[0].following, 30), "not let in"
        expect(me.account_remove_from_followers(them.id).followed_by, False)
        me.account_update_credentials(locked=False)
    with report("Mastodon.py: somebody is reported"):
        expect(me.report(them.id, comment="only a test", forward=False).comment, "only a test")


def profile(report, me, free, folder):
    with report("Mastodon.py: pictures of the profile, and their removal"):
        (folder / "avatar.png").write_bytes(pictures.png())
        changed = me.account_update_credentials(
            avatar=str(folder / "avatar.png"), header=str(folder / "avatar.png")
        )
        assert "missing" not in changed.avatar + changed.header, changed.avatar
        assert "missing" in me.account_delete_avatar().avatar
        assert "missing" in me.account_delete_header().header
    with report("Mastodon.py: the raw profile, read and written"):
        expect(free.profile_update(display_name="Raw").display_name, "Raw")
        expect(free.profile().display_name, "Raw")


def statuses(report, me, you, mine, folder):
    with report("Mastodon.py: a post edited, its source and history"):
        post = me.toot("first words")
        edited = me.status_update(post.id, "second words")
        assert edited.edited_at and "second" in edited.content
        expect(me.status_source(post.id).text, "second words")
        expect(len(me.status_history(post.id)), 2)
        expect([s.id for s in me.statuses([post.id])], [post.id])
    with report("Mastodon.py: pinned, muted, liked and boosted posts, and by whom"):
        expect(me.status_pin(post.id).pinned, True)
        expect(me.status_unpin(post.id).pinned, False)
        expect(me.status_mute(post.id).muted, True)
        expect(me.status_unmute(post.id).muted, False)
        me.status_favourite(post.id)
        me.status_reblog(post.id)
        expect([a.id for a in me.status_favourited_by(post.id)], [mine.id])
        expect([a.id for a in me.status_reblogged_by(post.id)], [mine.id])
    with report("Mastodon.py: quotes, who may quote, and taking leave back"):
        expect(me.status_update_quote_approval_policy(post.id, "public").quote_approval.automatic, ["public"])
        there = you.search_v2(post.uri, resolve=True, result_type="statuses").statuses[0]
        you.status_post("look at this", quoted_status_id=there.id)
        found = wait_for(lambda: me.status_quotes(post.id), 30)
        assert found, "the quote did not arrive"
        expect(found[0].quote.state, "accepted")
        expect(me.status_quote_revoke(post.id, found[0].id).quote.state, "revoked")
        expect(me.status_update_quote_approval_policy(post.id, "nobody").quote_approval.automatic, [])
    with report("Mastodon.py: a poll of the neighbour's is voted in"):
        asked = you.status_post("tea?", poll=you.make_poll(["yes", "no"], 600))
        here = wait_for(lambda: next((s for s in me.timeline_home() if s.uri == asked.uri), None), 30)
        assert here, "it did not arrive"
        expect(me.poll(here.poll.id).voted, False)
        expect(me.poll_vote(here.poll.id, [0]).own_votes, [0])
        assert wait_for(lambda: you.poll(asked.poll.id).options[0].votes_count == 1, 30), "not counted"
    with report("Mastodon.py: a picture is described before it is posted"):
        (folder / "up.png").write_bytes(pictures.png())
        up = me.media_post(str(folder / "up.png"), synchronous=True)
        expect(me.media_update(up.id, description="red").description, "red")
        expect(me.media(up.id).description, "red")
    with report("Mastodon.py: favourites and bookmarks"):
        me.status_bookmark(post.id)
        expect([s.id for s in me.bookmarks()][0], post.id)
        expect([s.id for s in me.favourites()][0], post.id)
        me.status_unbookmark(post.id)


def timelines(report, me, mine):
    with report("Mastodon.py: every timeline answers"):
        for name in ("home", "local", "public", "tag/test"):
            expect(me.timeline(name), list, name)
        for timeline in (
            me.timeline_home,
            me.timeline_local,
            me.timeline_public,
            lambda: me.timeline_hashtag("test"),
            lambda: me.timeline_link("https://example.org/"),
        ):
            expect(timeline(), list)
    with report("Mastodon.py: its ways of turning pages"):
        first = me.account_statuses(mine.id, limit=5)
        ids = [s.id for s in me.fetch_remaining(first)]
        expect(len(ids), len(set(ids)))
        assert me.get_pagination_info(first, "next")
        expect([s.id for s in me.pagination_iterator(first)], ids)
        expect([s.id for page in me.pagination_page_iterator(first) for s in page], ids)
        second = me.fetch_next(first)
        expect([s.id for s in me.fetch_previous(second)], ids[:5])
    with report("Mastodon.py: search in all its versions"):
        for search in (me.search, me.search_v1, me.search_v2):
            expect(set(search("second")) >= {"accounts", "statuses", "hashtags"}, True, search.__name__)
    with report("Mastodon.py: markers"):
        last = me.timeline_home(limit=1)[0]
        expect(str(me.markers_set("home", [last.id]).home.last_read_id), str(last.id))
        expect(str(me.markers_get("home").home.last_read_id), str(last.id))


def lists(report, me, them):
    with report("Mastodon.py: a list from its making to its end"):
        made = me.list_create("friends", replies_policy="list", exclusive=True)
        expect((made.title, made.replies_policy, made.exclusive), ("friends", "list", True))
        expect(me.list_update(made.id, "good friends").title, "good friends")
        expect(me.list(made.id).title, "good friends")
        me.list_accounts_add(made.id, [them.id])
        expect([a.id for a in me.list_accounts(made.id)], [them.id])
        expect([each.id for each in me.account_lists(them.id)], [made.id])
        expect(me.timeline_list(made.id), list)
        me.list_accounts_delete(made.id, [them.id])
        me.list_delete(made.id)
        expect(list(me.lists()), [])


def filters(report, me):
    with report("Mastodon.py: filters with keywords and posts"):
        made = me.create_filter_v2("spoilers", ["home"], "warn", keywords_attributes=[{"keyword": "dragon"}])
        expect([k.keyword for k in me.filter_keywords_v2(made.id)], ["dragon"])
        word = me.add_filter_keyword_v2(made.id, "castle", whole_word=True)
        post = me.status_post("a dragon in the room")
        kept = me.add_filter_status_v2(made.id, post.id)
        expect([str(s.status_id) for s in me.filter_statuses_v2(made.id)], [str(post.id)])
        expect(str(me.filter_status_v2(kept.id).status_id), str(post.id))
        expect([f.id for f in me.filters_v2()], [made.id])
        expect(me.update_filter_v2(made.id, title="dragons").title, "dragons")
        expect(me.filter_v2(made.id).title, "dragons")
        shown = next(s for s in me.timeline_home() if s.id == post.id)
        expect([r.filter.title for r in shown.filtered], ["dragons"])
        me.delete_filter_status_v2(kept.id)
        me.delete_filter_keyword_v2(word.id)
        me.delete_filter_v2(made.id)
    with report("Mastodon.py: filters of the first kind"):
        made = me.filter_create("goblin", ["home"], irreversible=False)
        expect(me.filter(made.id).phrase, "goblin")
        expect(me.filter_update(made.id, phrase="gnome").phrase, "gnome")
        expect([f.phrase for f in me.filters()], ["gnome"])
        expect(me.filters_apply(me.timeline_home(), me.filters(), "home"), list)
        me.filter_delete(made.id)


def tags(report, me, mine):
    with report("Mastodon.py: hashtags followed and featured"):
        expect(me.tag("test").name, "test")
        expect(me.tag_follow("test").following, True)
        expect([t.name for t in me.followed_tags()], ["test"])
        expect(me.tag_unfollow("test").following, False)
        expect(me.tag_feature("test").featuring, True)
        expect([t.name for t in me.featured_tags()], ["test"])
        expect(me.tag_unfeature("test").featuring, False)
        made = me.featured_tag_create("test")
        expect([t.name for t in me.account_featured_tags(mine.id)], ["test"])
        me.featured_tag_delete(made.id)
        expect(me.featured_tag_suggestions(), list)


def notifications(report, me, you, me_at):
    def told(text):
        found = lambda: [n for n in me.notifications() if n.status and text in n.status.content]
        assert wait_for(found, 30), f"{text} did not arrive"
        return found()[0]

    with report("Mastodon.py: notifications one by one and in groups"):
        you.status_post(f"@{me_at} hear hear")
        note = told("hear hear")
        expect(me.notifications(id=note.id).id, note.id)
        expect(me.notifications_unread_count().count > 0, True)
        expect(me.unread_grouped_notifications_count() > 0, True)
        group = me.grouped_notifications().notification_groups[0]
        expect(me.grouped_notification(group.group_key).notification_groups[0].group_key, group.group_key)
        expect(me.grouped_notification_accounts(group.group_key), list)
        me.notifications_dismiss(note.id)
        me.dismiss_grouped_notification(group.group_key)
    with report("Mastodon.py: strangers' notifications wait when the owner wants that"):
        expect(me.notifications_policy().for_not_following, "accept")
        me.update_notifications_policy(for_not_following="filter")
        account = me.search_v2(you.me().url, resolve=True, result_type="accounts").accounts[0]
        me.account_unfollow(account.id)
        # Whoever was accepted once is heard for good.
        for act in (me.dismiss_notification_request, me.accept_notification_request):
            you.status_post(f"@{me_at} may I?")
            assert wait_for(me.notification_requests, 30), "no request"
            request = me.notification_requests()[0]
            expect(me.notification_request(request.id).account.id, account.id)
            act(request.id)
        for act in (me.accept_multiple_notification_requests, me.dismiss_multiple_notification_requests):
            act([request.id for request in me.notification_requests()])
        expect(me.notifications_merged(), True)
        me.update_notifications_policy(for_not_following="accept")
        me.notifications_clear()
        expect(list(me.notifications()), [])
    with report("Mastodon.py: conversations"):
        you.status_post(f"@{me_at} between us", visibility="direct")
        found = wait_for(me.conversations, 30)
        assert found, "it did not arrive"
        expect(me.conversations_read(found[0].id).unread, False)
    with report("Mastodon.py: a subscription to push"):
        _, public = me.push_subscription_generate_keys()
        made = me.push_subscription_set("https://push.example/x", public, mention_events=True)
        expect(made.endpoint, "https://push.example/x")
        expect(me.push_subscription().alerts.mention, True)
        expect(me.push_subscription_update(follow_events=True).alerts.follow, True)
        me.push_subscription_delete()


def waiting(report, me):
    with report("Mastodon.py: a post for tomorrow is moved and taken back"):
        tomorrow = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=1)
        made = me.status_post("tomorrow", scheduled_at=tomorrow)
        expect([str(s.id) for s in me.scheduled_statuses()], [str(made.id)])
        expect(me.scheduled_status(made.id).params.text, "tomorrow")
        later = tomorrow + datetime.timedelta(days=1)
        expect(abs(me.scheduled_status_update(made.id, later).scheduled_at - later).total_seconds() < 1, True)
        me.scheduled_status_delete(made.id)
        expect(list(me.scheduled_statuses()), [])


class _Listener(StreamListener):
    def __init__(self):
        self.seen = []

    def on_update(self, status):
        self.seen.append(status.content)


def streams(report, me):
    with report("Mastodon.py: streams of every kind, by events"):
        expect(me.stream_healthy(), True)
        made = me.list_create("streamed")
        opened = {
            "user": me.stream_user,
            "notifications": me.stream_user_notifications,
            "public": me.stream_public,
            "local": me.stream_local,
            "hashtag": lambda listener, **more: me.stream_hashtag("live", listener, **more),
            "list": lambda listener, **more: me.stream_list(made.id, listener, **more),
            "direct": me.stream_direct,
        }
        listeners = {name: _Listener() for name in opened}
        handles = [open_it(listeners[name], run_async=True) for name, open_it in opened.items()]
        try:
            assert wait_for(lambda: all(handle.is_receiving() for handle in handles), 20), "not all opened"
            me.status_post("on the air #live")
            for name in ("user", "public", "local", "hashtag"):
                arrived = wait_for(lambda: any("on the air" in text for text in listeners[name].seen), 20)
                assert arrived, f"nothing on {name}"
        finally:
            for handle in handles:
                handle.close()
            me.list_delete(made.id)
    with report("Mastodon.py: a WebSocket with a stream on it"):
        listener = _Listener()
        socket = me.stream_open_websocket(listener)
        try:
            me.stream_user(listener, websocket_handle=socket)
            time.sleep(0.5)
            me.status_post("by socket")
            assert wait_for(lambda: any("by socket" in text for text in listener.seen), 20), "nothing"
        finally:
            socket.close()


def absent(report, server, me, free, mine):
    with report("Mastodon.py: what is not there is refused with a sentence"):
        for call, *words in (
            (me.instance_terms_of_service,),
            (me.instance_languages,),
            (me.status_translate, 1),
            (me.announcement_dismiss, 1),
            (me.announcement_reaction_create, 1, "x"),
            (me.announcement_reaction_delete, 1, "x"),
            (free.annual_reports,),
            (free.annual_report, 2025),
            (free.annual_report_state, 2025),
            (free.annual_report_read, 2025),
            (free.annual_report_generate, 2025),
            (free.collection_create, "x"),
            (free.collection, 1),
            (free.account_collections, mine.id),
            (free.account_in_collections, mine.id),
            (free.collection_update, 1, "x"),
            (free.collection_delete, 1),
            (free.collection_item_add, 1, mine.id),
            (free.collection_item_delete, 1, 1),
            (free.collection_item_revoke, 1, 1),
            (me.get_async_refresh_status, "1"),
        ):
            problem = refused(call, *words)
            expect(problem, MastodonNotFoundError, call.__name__)
            assert " " in str(problem.args[-1]), f"{call.__name__}: {problem.args}"
        me.suggestion_delete(mine.id)
    with report("Mastodon.py: nobody can register, and nothing is administered from afar"):
        refused(me.email_resend_confirmation)
        refused(free.admin_accounts_v2)
        answer = server.api("POST", "/api/v1/accounts", {"username": "x", "agreement": "true"})
        expect(answer.status, 403)
        expect(answer.json()["error"], str)
