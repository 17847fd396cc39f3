"""A browser window, and what its user does and sees."""

import asyncio
import time
from urllib.parse import urlsplit

#: How long something that should happen may take on a busy machine, in seconds.
PATIENCE = 30


class Window:
    """A window with storage of its own, as another person's browser has."""

    def __init__(self, page, origin):
        self.page = page
        self.keyboard = page.keyboard
        self._origin = urlsplit(origin)
        #: What the console said, and requests to others; a test that cuts connections forgives what that leads to.
        self.complaints = []
        page.on("console", self._heed)
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        page.on("request", self._check)

    def _heed(self, message):
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.type}: {message.text} {message.location.get('url', '')}")

    def _check(self, request):
        there = urlsplit(request.url)
        if there.scheme in ("http", "https", "ws", "wss") and there.netloc != self._origin.netloc:
            self.complaints.append(f"asks another host: {request.url}")

    def forgive_lost_connections(self):
        """Forgets what a browser itself says of a server that is not there."""
        lost = ("WebSocket connection to", "Failed to load resource", "net::ERR_")
        self.complaints = [text for text in self.complaints if not any(sign in text for sign in lost)]

    def leave_whenever_asked(self):
        """Says yes when the browser asks whether to leave a page with edits that were not sent."""
        self.page.on("dialog", lambda dialog: asyncio.ensure_future(dialog.accept()))

    # What the user does.

    async def enter(self, room, origin=None):
        await self.page.goto(f"{origin or self._origin.geturl()}/r/{room}")
        await self.see_state("connected")

    async def click_text(self):
        await self.page.click(".CodeMirror-lines")

    async def put_cursor(self, line, column):
        """Puts the cursor there, as a click would."""
        await self.page.evaluate(
            "([line, ch]) => { const code = document.querySelector('.CodeMirror').CodeMirror;"
            "code.focus(); code.setCursor({ line, ch }); }", [line, column])

    async def type(self, text, pause=0):
        await self.page.keyboard.type(text, delay=pause)

    async def press(self, *keys):
        for key in keys:
            await self.page.keyboard.press(key)

    async def paste(self, text):
        """Pastes a text, as from another program."""
        await self.page.evaluate(
            "(text) => { const data = new DataTransfer(); data.setData('text/plain', text);"
            "document.querySelector('.CodeMirror textarea, .CodeMirror [contenteditable]').dispatchEvent("
            "new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })); }", text)

    # What the user sees.

    async def text(self):
        return await self.page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getValue()")

    async def cursor_of(self, name):
        """Where the other one's cursor is shown, as the text left of it in its line; nothing when it is not shown."""
        return await self.page.evaluate(
            """(name) => {
              const code = document.querySelector('.CodeMirror').CodeMirror;
              for (const mark of code.getAllMarks()) {
                const flag = mark.widgetNode?.querySelector('.flag');
                if (flag?.textContent !== name) continue;
                const { line, ch } = mark.find();
                return code.getLine(line).slice(0, ch);
              }
            }""", name)

    async def state(self):
        return await self.page.get_attribute("#connection", "data-state")

    async def keeping(self):
        return await self.page.get_attribute("#keeping", "data-state")

    async def see_state(self, *states):
        await self.until(lambda: self._is_one(self.state, states), f"the connection to be {' or '.join(states)}")

    async def see_keeping(self, *states):
        await self.until(lambda: self._is_one(self.keeping, states), f"what was typed to be {' or '.join(states)}")

    async def see_text(self, text):
        async def is_there():
            return await self.text() == text

        await self.until(is_there, f"the text to be {text!r}")

    async def until(self, condition, what):
        end = time.monotonic() + PATIENCE
        while not await condition():
            if time.monotonic() > end:
                shown = (await self.page.inner_text("body"))[:2000]
                raise AssertionError(f"waited for {what}; the page shows:\n{shown}")
            await asyncio.sleep(0.03)

    @staticmethod
    async def _is_one(read, states):
        return await read() in states


async def meet(server, open_window, code="", way=None):
    """Two who are in a new room of this text, the first by a way of their own; and the room."""
    room = await server.make_room(code)
    ada, bob = await open_window(way or server), await open_window(server)
    await ada.enter(room)
    await bob.enter(room)
    return ada, bob, room


async def converge(server, room, *windows):
    """Waits until every window has saved everything, and shows the room's text; returns it."""
    for window in windows:
        await window.see_keeping("saved")
    for window in windows:
        async def is_the_rooms(window=window):
            return await window.text() == await server.code(room)

        await window.until(is_the_rooms, "the text to be the room's")
    return await server.code(room)
