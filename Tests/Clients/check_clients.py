#!/usr/bin/env python3
"""Real clients against the real program: Mastodon.py and toot sign in, post, read and federate with a
second server.
"""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Protocols"))

from mastodon import Mastodon

import browser_paths
import hearing
import paging_and_errors
import posting
import recording
import signing_in
import with_mastodon_py
import with_neighbour
import with_toot
from instance import Instance, arguments, scratch
from report import Report, expect


def main():
    given = arguments(__doc__)
    report, folder = Report(), scratch(given.keep)
    recording.listen()
    hearing.listen()
    server = Instance(given.islet, folder / "me", "me").init().start()
    neighbour = Instance(given.islet, folder / "you", "you").init().start()
    me = signing_in.sign_in(report, server)
    if not me:
        # Everything else can still be looked at with a token from the command line.
        me = Mastodon(access_token=server.token(), api_base_url=server.url)
    you = Mastodon(access_token=neighbour.token(), api_base_url=neighbour.url)
    you.account_update_credentials(locked=False)
    parts = (
        lambda: posting.posting(report, me),
        lambda: posting.media(report, me, folder),
        lambda: with_neighbour.federating(report, me, you, f"me@{server.domain}", f"you@{neighbour.domain}"),
        lambda: paging_and_errors.paging(report, me, server),
        lambda: paging_and_errors.errors(report, me, server),
        lambda: with_mastodon_py.using(
            report, server, me, you, f"me@{server.domain}", f"you@{neighbour.domain}", folder
        ),
        lambda: browser_paths.opening(report, server, me.status_post("seen in a browser").id),
        lambda: with_toot.using(report, server, neighbour, you, folder),
        lambda: signing_in.signing_out(report, server),
    )
    for part in parts:
        try:
            part()
        except Exception as problem:  # what stood on a check that failed
            with report("the checks after it"):
                raise problem
    with_mastodon_py.judge(report)
    with report("both servers stop in order, and their databases are whole"):
        for one in (server, neighbour):
            expect(one.stop(), 0, "exit status")
            expect(one.integrity(), "ok")
    with report("no password and no token is in the logs"):
        for one in (server, neighbour):
            log = one.log.read_text(errors="replace")
            for secret in (one.password, one.bearer, me.access_token, you.access_token):
                assert not secret or secret not in log, f"{one.log} holds one"
    report.end()


main()
