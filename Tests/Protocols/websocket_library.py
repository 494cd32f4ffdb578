"""What PyPI's `websockets` makes of a server that echoes."""

import concurrent.futures

from report import expect
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect


def exchange(report, url):
    with report("websockets: texts and bytes of many lengths"):
        with connect(url) as socket:
            for size in (0, 1, 125, 126, 4_096, 65_535, 65_536, 300_000):
                for message in ("ä" * (size // 2), b"\xff" * size):
                    socket.send(message)
                    expect(socket.recv(10) == message, True, f"{type(message).__name__} of {size}")
    with report("websockets: a message in fragments"):
        with connect(url) as socket:
            socket.send(["rib", "", "bit", "é" * 5_000])
            expect(socket.recv(10), "ribbit" + "é" * 5_000)
            socket.send([b"a", b"b" * 70_000])
            expect(len(socket.recv(10)), 70_001)
    with report("websockets: pings are answered, also among messages"):
        with connect(url) as socket:
            for number in range(20):
                socket.send(f"message {number}")
                pong = socket.ping(f"ping {number}")
                # The library reads no further than a few messages ahead.
                expect(socket.recv(10), f"message {number}")
                assert pong.wait(10), "no pong"
    with report("websockets: many messages before the first answer is read"):
        with connect(url) as socket:
            for number in range(2_000):
                socket.send(f"{number} " + "x" * 500)
            for number in range(2_000):
                expect(socket.recv(10).split()[0], str(number))
    with report("websockets: the first subprotocol offered is chosen"):
        with connect(url, subprotocols=["a-token-of-an-app", "other"]) as socket:
            expect(socket.subprotocol, "a-token-of-an-app")
        with connect(url) as socket:
            expect(socket.subprotocol, None)
    with report("websockets: compression that is offered is not taken"):
        with connect(url, compression="deflate") as socket:
            expect(len(socket.protocol.extensions), 0)
            socket.send("plain")
            expect(socket.recv(10), "plain")
    for code in (1000, 1001, 3000, 4999):
        with report(f"websockets: closing with {code} is answered with it"):
            socket = connect(url)
            socket.close(code, "bye")
            try:
                socket.recv(10)
            except ConnectionClosed as closed:
                expect(closed.rcvd and closed.rcvd.code, code)
    with report("websockets: fifty connections at once, each with its own answers"):

        def talk(number):
            with connect(url) as socket:
                for turn in range(10):
                    socket.send(f"{number}/{turn}")
                    expect(socket.recv(20), f"{number}/{turn}")

        with concurrent.futures.ThreadPoolExecutor(50) as pool:
            list(pool.map(talk, range(50)))
