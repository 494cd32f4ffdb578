"""The pages that apps open in a browser, and the documents by which they find a server."""

import requests

from report import expect

PAGES = (
    "/auth/edit",
    "/settings/profile",
    "/settings/delete",
    "/settings/applications",
    "/about",
    "/privacy-policy",
    "/terms",
)


def opening(report, server, post):
    """`post` is the id of a public post of the owner's."""

    def get(path, **more):
        headers = {"Accept": "text/html,*/*;q=0.8"}
        return requests.get(server.url + path, headers=headers, allow_redirects=False, timeout=30, **more)

    with report("pages that apps open in a browser are there, or lead to one"):
        for path in (*PAGES, f"/@{server.username}", f"/@{server.username}/{post}"):
            answer = get(path)
            expect(answer.status_code, {200, 302}, path)
            if answer.status_code == 302:
                answer = requests.get(answer.headers["Location"], timeout=30)
            expect(answer.headers["Content-Type"], "text/html; charset=utf-8", path)
            expect(answer.status_code, 200, path)
    with report("host-meta and WebFinger lead to the owner, and WebFinger without a resource is refused"):
        assert "webfinger?resource={uri}" in get("/.well-known/host-meta").text
        handle = f"acct:{server.username}@{server.domain}"
        found = get("/.well-known/webfinger", params={"resource": handle})
        expect(found.json()["subject"], handle)
        expect(found.headers["Access-Control-Allow-Origin"], "*")
        expect(get("/.well-known/webfinger").status_code, 400)
    with report("a post can be shown in another site"):
        found = get("/api/oembed", params={"url": f"{server.url}/@{server.username}/{post}"})
        expect(found.status_code, 200)
        expect(found.json()["type"], "rich")
