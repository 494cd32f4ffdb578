"""What every app relies on without looking: paging by Link, errors as JSON, CORS."""

import datetime

import requests
from mastodon import Mastodon
from mastodon.errors import MastodonAPIError, MastodonUnauthorizedError

import authorization_page
from report import expect


def paging(report, client, server):
    made = []
    with report("45 posts"):
        made = [str(client.status_post(f"page {n}").id) for n in range(45)]
    headers = {"Authorization": f"Bearer {client.access_token}"}

    def walk(url, rel, most=20):
        pages = []
        while url and len(pages) < most:
            answer = requests.get(url, headers=headers, timeout=30)
            expect(answer.status_code, 200)
            page = [s["id"] for s in answer.json()]
            if not page:
                assert "Link" not in answer.headers, "an empty page has a Link"
                break
            pages.append(page)
            links = answer.links
            assert list(links) == ["next", "prev"], f"Link: {answer.headers.get('Link')}"
            assert all(
                links[r]["url"].startswith(server.url + "/api/v1/timelines/home?") for r in links
            ), answer.headers["Link"]
            url = links[rel]["url"]
        return pages, url

    with report("home by Link next (max_id): complete, adjacent, newest first"):
        pages, _ = walk(f"{server.url}/api/v1/timelines/home?limit=10", "next")
        ids = [i for page in pages for i in page]
        expect(ids[:45], made[::-1])
        expect(len(ids), len(set(ids)), "each once")
        expect(ids, sorted(ids, key=int, reverse=True))
        expect({len(i) for i in ids}, {18}, "width of the ids")
    with report("home by Link prev (min_id): the same, from the oldest up"):
        url = f"{server.url}/api/v1/timelines/home?limit=10&min_id={ids[-1]}"
        up, _ = walk(url, "prev")
        expect([i for page in up for i in reversed(page)], ids[-2::-1])
    with report("since_id gives the newest page, max_id with min_id the range between"):
        get = lambda **q: [str(s.id) for s in client.timeline_home(**q)]
        expect(get(since_id=made[0], limit=10), made[:-11:-1])
        expect(get(min_id=made[0], limit=10), made[10:0:-1])
        expect(get(max_id=made[9], min_id=made[4], limit=40), made[8:4:-1])
    with report("fetch_next and fetch_previous of Mastodon.py"):
        first = client.timeline_home(limit=10)
        second = client.fetch_next(first)
        expect([str(s.id) for s in second], ids[10:20])
        expect([str(s.id) for s in client.fetch_previous(second)], ids[:10])
    with report("malformed ids and limits are no fault of the server"):
        for query in (
            "max_id=abc",
            "min_id=-1",
            "since_id=99999999999999999999999",
            "limit=0",
            "limit=100000",
            "limit=x",
            "max_id=",
        ):
            answer = requests.get(f"{server.url}/api/v1/timelines/home?{query}", headers=headers, timeout=30)
            assert answer.status_code in (200, 400), f"{query}: {answer.status_code}"
            assert len(answer.json()) <= 40, f"{query}: {len(answer.json())} posts"


def errors(report, client, server):
    bearer = {"Authorization": f"Bearer {client.access_token}"}
    limited = server.run(
        "token", "--data", str(server.folder), "--name", "limited", "--scopes", "read"
    ).stdout.strip()
    app = requests.post(
        f"{server.url}/api/v1/apps",
        data={"client_name": "x", "redirect_uris": authorization_page.OUT_OF_BAND, "scopes": "read write"},
        timeout=30,
    ).json()
    of_app = requests.post(
        f"{server.url}/oauth/token",
        data={
            "grant_type": "client_credentials",
            "client_id": app["client_id"],
            "client_secret": app["client_secret"],
        },
        timeout=30,
    ).json()
    cases = (
        ("no token", "GET", "/api/v1/timelines/home", {}, None, {401}, None),
        (
            "a wrong token",
            "GET",
            "/api/v1/timelines/home",
            {"Authorization": "Bearer wrong"},
            None,
            {401},
            "The access token is invalid",
        ),
        (
            "not the scope",
            "POST",
            "/api/v1/statuses",
            {"Authorization": f"Bearer {limited}"},
            {"status": "x"},
            {403},
            "This action is outside the authorized scopes",
        ),
        (
            "an app's own token",
            "GET",
            "/api/v1/timelines/home",
            {"Authorization": f"Bearer {of_app['access_token']}"},
            None,
            {422},
            "This method requires an authenticated user",
        ),
        (
            "no such post",
            "GET",
            "/api/v1/statuses/999999999999999999",
            bearer,
            None,
            {404},
            "Record not found",
        ),
        ("no such account", "GET", "/api/v1/accounts/12345", bearer, None, {404}, "Record not found"),
        ("no such path", "GET", "/api/v1/nothing/here", bearer, None, {404}, None),
        ("an empty post", "POST", "/api/v1/statuses", bearer, {"status": ""}, {422}, None),
        (
            "a post that is too long",
            "POST",
            "/api/v1/statuses",
            bearer,
            {"status": "x" * 200_000},
            {422, 413},
            None,
        ),
        (
            "an app without a name",
            "POST",
            "/api/v1/apps",
            {},
            {"redirect_uris": authorization_page.OUT_OF_BAND},
            {400, 422},
            None,
        ),
        (
            "broken JSON",
            "POST",
            "/api/v1/statuses",
            bearer | {"Content-Type": "application/json"},
            "{not json",
            {400},
            None,
        ),
        (
            "a wrong client secret",
            "POST",
            "/oauth/token",
            {},
            {"grant_type": "client_credentials", "client_id": app["client_id"], "client_secret": "wrong"},
            {401},
            "invalid_client",
        ),
    )
    for why, method, path, headers, data, statuses, text in cases:
        with report(f"error as JSON: {why}"):
            answer = requests.request(method, server.url + path, headers=headers, data=data, timeout=30)
            expect(answer.status_code, statuses)
            expect(answer.headers["Content-Type"].replace(" ", "").lower(), "application/json;charset=utf-8")
            expect(answer.json()["error"], str)
            assert text is None or answer.json()["error"] == text, answer.text
            if path.startswith("/api/"):
                expect(answer.headers.get("Access-Control-Allow-Origin"), "*", "CORS on an error")
    with report("CORS preflight"):
        answer = requests.options(
            f"{server.url}/api/v1/statuses",
            timeout=30,
            headers={
                "Origin": "https://elk.example",
                "Access-Control-Request-Method": "POST",
                "Access-Control-Request-Headers": "authorization,content-type,idempotency-key",
            },
        )
        expect(answer.status_code, {200, 204})
        expect(answer.headers["Access-Control-Allow-Origin"], "*")
        assert "Access-Control-Allow-Credentials" not in answer.headers
        assert "POST" in answer.headers["Access-Control-Allow-Methods"]
        allowed = answer.headers["Access-Control-Allow-Headers"].lower()
        assert allowed == "*" or all(
            h in allowed for h in ("authorization", "content-type", "idempotency-key")
        ), allowed
    with report("CORS: Link can be read by scripts"):
        answer = requests.get(
            f"{server.url}/api/v1/timelines/home",
            headers=bearer | {"Origin": "https://elk.example"},
            timeout=30,
        )
        expect(answer.headers["Access-Control-Allow-Origin"], "*")
        assert "link" in answer.headers["Access-Control-Expose-Headers"].lower()
    with report("Mastodon.py raises its own errors for them"):
        try:
            Mastodon(access_token="wrong", api_base_url=server.url).account_verify_credentials()
            raise AssertionError("no error")
        except MastodonUnauthorizedError:
            pass
        try:
            client.status_post("")
            raise AssertionError("no error")
        except MastodonAPIError:
            pass
    with report("dates have milliseconds and a Z"):
        raw = requests.get(f"{server.url}/api/v1/timelines/home?limit=1", headers=bearer, timeout=30).json()[
            0
        ]["created_at"]
        datetime.datetime.strptime(raw, "%Y-%m-%dT%H:%M:%S.%fZ")
