"""Two editors in one room, over Python's `websockets`: `two_clients.py HOST:PORT`. Exits with 0 if all went well."""

import asyncio
import json
import sys
import urllib.request

import websockets

PATIENCE = 10
TEXT = "print('🧵 e\u0301 \U0001d54f')\r\n# end"


def request(method, url, body=None):
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(url, data=data, method=method), timeout=PATIENCE) as response:
        return json.load(response)


async def receive(socket):
    return json.loads(await asyncio.wait_for(socket.recv(), PATIENCE))


async def heard_until_now(socket):
    """What has arrived, or arrives before the server answers a ping sent now."""
    await asyncio.wait_for(await socket.ping(), PATIENCE)
    heard = []
    while True:
        try:
            heard.append(json.loads(await asyncio.wait_for(socket.recv(), 0.01)))
        except asyncio.TimeoutError:
            return heard


def expect(what, found, expected):
    if found != expected:
        sys.exit(f"{what}: expected {expected!r}, found {found!r}")


async def session(address):
    room = request("POST", f"http://{address}/rooms", {"code": "start", "language": "python"})["roomId"]
    url = f"ws://{address}/ws/{room}"
    async with websockets.connect(url) as alice, websockets.connect(url) as bob:
        welcome = {"type": "code_update", "code": "start", "revision": 0}
        expect("Alice's first message", await receive(alice), welcome)
        expect("Bob's first message", await receive(bob), welcome)

        await alice.send(json.dumps({"type": "code_update", "code": TEXT}))
        update = await receive(bob)
        expect("what Bob gets", update, {"type": "code_update", "code": TEXT, "revision": 1})
        expect("what Alice hears of her own edit", await heard_until_now(alice), [])

        # A naive editor sends back what it has just been given.
        await bob.send(json.dumps(update))
        expect("what Bob hears of his echo", await heard_until_now(bob), [])
        expect("what Alice hears of Bob's echo", await heard_until_now(alice), [])

        stored = request("GET", f"http://{address}/rooms/{room}")
        expect("the stored text", stored["code"], TEXT)
        expect("the stored revision", stored["revision"], 1)


asyncio.run(session(sys.argv[1]))
