"""How an app gets its token (authorisation page, codes, PKCE, refusals), and how it gives it back."""

import base64
import hashlib
import secrets
import urllib.parse

import requests
from mastodon import Mastodon

import authorization_page
from report import expect

SCOPES = ["read", "write", "follow", "push"]


def sign_in(report, server):
    """-> a signed-in Mastodon.py client; None when that failed."""
    client = None
    with report("Mastodon.py: create_app, authorisation page, out-of-band code, log_in"):
        key, secret = Mastodon.create_app("islet check", scopes=SCOPES, api_base_url=server.url)
        app = Mastodon(client_id=key, client_secret=secret, api_base_url=server.url)
        url = app.auth_request_url(scopes=SCOPES, allow_http=True)
        came = authorization_page.walk(url, server.username, server.password)
        assert came["code"] in came["_page"], "the page does not show the code"
        token = app.log_in(code=came["code"], scopes=SCOPES, allow_http=True)
        assert token, "no token"
        client = app
    with report("a wrong password leads to no code"):
        try:
            authorization_page.walk(url, server.username, "not the password")
        except authorization_page.Refused:
            pass
        else:
            raise AssertionError("it led to a code")
    with report("PKCE S256: the code needs its verifier, works once, and the state comes back"):
        pkce(server)
    with report("a refusal on the page goes back as access_denied"):
        app, query = registered(server)
        came = authorization_page.walk(
            f"{server.url}/oauth/authorize?" + urllib.parse.urlencode(query),
            server.username,
            server.password,
            approve=False,
        )
        expect(came["error"], "access_denied")
    with report("a redirect that was not registered: 400, and no redirect there"):
        app, query = registered(server)
        query["redirect_uri"] = "https://elsewhere.example/"
        answer = requests.get(
            f"{server.url}/oauth/authorize", params=query, allow_redirects=False, timeout=30
        )
        expect(answer.status_code, 400)
    return client


def registered(server):
    """An app with a loopback redirect, and the query its authorisation starts with."""
    redirect = "http://127.0.0.1:9/callback?from=islet"
    app = requests.post(
        f"{server.url}/api/v1/apps",
        json={"client_name": "pkce", "redirect_uris": [redirect], "scopes": "read write"},
        timeout=30,
    ).json()
    expect(app["redirect_uri"], redirect)
    return app, {
        "response_type": "code",
        "client_id": app["client_id"],
        "redirect_uri": redirect,
        "scope": "read",
        "state": "a b+c",
    }


def pkce(server):
    app, query = registered(server)
    verifier = secrets.token_urlsafe(48)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    query |= {"code_challenge": challenge, "code_challenge_method": "S256"}

    def code():
        came = authorization_page.walk(
            f"{server.url}/oauth/authorize?" + urllib.parse.urlencode(query), server.username, server.password
        )
        expect(came["state"], "a b+c")
        expect(came["from"], "islet", "the redirect's own query")
        return came["code"]

    def token(code, **more):
        return requests.post(
            f"{server.url}/oauth/token",
            data={
                "grant_type": "authorization_code",
                "client_id": app["client_id"],
                "client_secret": app["client_secret"],
                "redirect_uri": query["redirect_uri"],
                "code": code,
                **more,
            },
            timeout=30,
        )

    for wrong in ({}, {"code_verifier": "x" * 43}):
        answer = token(code(), **wrong)
        expect(answer.status_code, 400, f"verifier {wrong}")
        assert answer.json()["error"] in ("invalid_grant", "invalid_request"), answer.text
    good = code()
    answer = token(good, code_verifier=verifier)
    expect(answer.status_code, 200)
    expect(set(answer.json()) >= {"access_token", "token_type", "scope", "created_at"}, True, "keys")
    expect(answer.json()["scope"], "read")
    expect(token(good, code_verifier=verifier).status_code, 400, "the code a second time")


def signing_out(report, server):
    """Last: with a client of its own, which is signed out at the end."""
    with report("Mastodon.py: revoke_access_token ends the session"):
        key, secret = Mastodon.create_app("islet check, out", scopes=["read"], api_base_url=server.url)
        app = Mastodon(client_id=key, client_secret=secret, api_base_url=server.url)
        came = authorization_page.walk(
            app.auth_request_url(scopes=["read"], allow_http=True), server.username, server.password
        )
        token = app.log_in(code=came["code"], scopes=["read"], allow_http=True)
        app.revoke_access_token(allow_http=True)
        answer = requests.get(
            f"{server.url}/api/v1/timelines/home", headers={"Authorization": f"Bearer {token}"}, timeout=30
        )
        expect(answer.status_code, 401)
