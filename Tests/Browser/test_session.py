"""A session as two people have it: typing, pasting, undoing, lines lost and found, pages loaded anew.

It takes `PAIRLOOM_SESSION_SECONDS`, 20 by default; the same seed (`PAIRLOOM_SESSION_SEED`) does the same things.
"""

import asyncio
import os
import random
import time

from server import Relay, Server
from window import converge

SECONDS = float(os.environ.get("PAIRLOOM_SESSION_SECONDS", "20"))
SEED = int(os.environ.get("PAIRLOOM_SESSION_SEED", "0")) or random.randrange(1, 1 << 30)
WORDS = ["for item in items:", "return", "x = 1", "naïve 🧵", "(", "[", "'", "\t", "中文", "  ", "print(x)"]


class Person:
    """Does things at random in a window, over a way to the server of its own."""

    def __init__(self, window, relay, seed):
        self.window = window
        self.relay = relay
        self.random = random.Random(seed)
        self.done = {}
        window.leave_whenever_asked()

    async def work(self, end):
        acts = [self.type] * 8 + [self.move] * 5 + [self.delete] * 3 + [self.new_line] * 2 + [
            self.undo, self.redo, self.paste, self.replace, self.lose, self.reload]
        while time.monotonic() < end:
            act = self.random.choice(acts)
            self.done[act.__name__] = self.done.get(act.__name__, 0) + 1
            await act()
            await asyncio.sleep(self.random.random() * 0.15)

    async def type(self):
        await self.window.type(self.random.choice(WORDS), self.random.choice([0, 5, 30]))

    async def move(self):
        key = self.random.choice(["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "End", "Home", "Control+End"])
        for _ in range(self.random.randrange(1, 6)):
            await self.window.press(key)

    async def delete(self):
        for _ in range(self.random.randrange(1, 8)):
            await self.window.press(self.random.choice(["Backspace", "Delete"]))

    async def new_line(self):
        await self.window.press("Enter")

    async def undo(self):
        for _ in range(self.random.randrange(1, 4)):
            await self.window.press("Control+z")

    async def redo(self):
        await self.window.press("Control+y")

    async def paste(self):
        await self.window.paste("\r\n".join(self.random.choices(WORDS, k=3)))

    async def replace(self):
        for _ in range(self.random.randrange(1, 12)):
            await self.window.press(self.random.choice(["Shift+ArrowRight", "Shift+ArrowDown", "Shift+ArrowUp"]))
        await self.type()

    async def lose(self):
        """Loses the connection, and goes on without one for a while."""
        self.relay.cut()
        for _ in range(self.random.randrange(4)):
            await self.type()
        await asyncio.sleep(self.random.random())
        self.relay.mend()

    async def reload(self):
        await self.window.page.reload()
        await self.window.see_state("connected")
        await self.window.click_text()


async def test_a_session_ends_with_one_text(open_window):
    print(f"PAIRLOOM_SESSION_SEED={SEED}")
    async with Server("merge") as server, Relay(server) as one, Relay(server) as other:
        room = await server.make_room("def start():\n    pass\n" * 5)
        people = []
        for number, relay in enumerate((one, other)):
            window = await open_window(relay)
            await window.enter(room)
            await window.click_text()
            people.append(Person(window, relay, SEED + number))
        end = time.monotonic() + SECONDS
        await asyncio.gather(*(person.work(end) for person in people))
        text = await converge(server, room, *(person.window for person in people))
        print(f"{SECONDS:.0f} s, {len(text)} characters, done: {[person.done for person in people]}")
        for person in people:
            person.window.forgive_lost_connections()
