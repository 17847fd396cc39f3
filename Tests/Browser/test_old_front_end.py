"""A front end of the old system, as it is: a page on a port of its own that shows whatever `code` holds."""

import http.server
import threading

import pytest

from server import Server

PAGE = """<!doctype html>
<title>Old front end</title>
<textarea id="code" rows="20" cols="80"></textarea>
<script>
  const [api, room] = location.hash.slice(1).split(",");
  const editor = document.querySelector("#code");
  const open = (id) => {
    const socket = new WebSocket(`${api.replace("http", "ws")}/ws/${id}`);
    // No look at the type: the old server sent nothing else.
    socket.onmessage = (event) => {
      const message = JSON.parse(event.data);
      if (message.code !== undefined) editor.value = message.code;
      document.title = `room ${id}`;
    };
    editor.oninput = () => socket.send(JSON.stringify({ type: "code_update", code: editor.value }));
    window.say = (message) => socket.send(JSON.stringify(message));
  };
  if (room) open(room);
  else
    fetch(`${api}/rooms`, { method: "POST", headers: { "Content-Type": "application/json", "X-Requested-With": "old" } })
      .then((answer) => answer.json())
      .then(({ roomId }) => open(roomId));
</script>
"""


class OldPage(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(PAGE.encode())

    def log_message(self, *_):
        pass


@pytest.fixture
def front_end():
    """The origin of the page: localhost, at a port that the server knows nothing of."""
    listener = http.server.ThreadingHTTPServer(("127.0.0.1", 0), OldPage)
    threading.Thread(target=listener.serve_forever, daemon=True).start()
    yield f"http://localhost:{listener.server_port}"
    listener.shutdown()
    listener.server_close()


async def visit(browser, front_end, server, room=""):
    page = await (await browser.new_context()).new_page()
    await page.goto(f"{front_end}/#{server.origin},{room}")
    await page.wait_for_function("document.title.startsWith('room ')")
    return page, (await page.title()).removeprefix("room ")


async def shows(page, text):
    await page.wait_for_function("(text) => document.querySelector('#code').value === text", arg=text)


async def test_a_front_end_on_another_port_makes_a_room_and_types(browser, front_end):
    async with Server("merge") as server:
        ada, room = await visit(browser, front_end, server)
        bob, _ = await visit(browser, front_end, server, room)
        await ada.type("#code", "print(1)")
        await shows(bob, "print(1)")
        await bob.type("#code", "\n")
        await bob.press("#code", "Control+End")
        await bob.type("#code", "print(2)")
        await shows(ada, await bob.input_value("#code"))
        assert await server.code(room) == await ada.input_value("#code")
        await ada.context.close()
        await bob.context.close()


async def test_a_refusal_is_never_shown_as_the_program(browser, front_end):
    async with Server("merge", document="1KiB", message="4KiB") as server:
        ada, room = await visit(browser, front_end, server)
        bob, _ = await visit(browser, front_end, server, room)
        await ada.type("#code", "mine")
        await shows(bob, "mine")
        for message in ({"type": "ping"}, {"type": "cursor", "position": 3}, {"type": "join", "code": 7}, {}, 5):
            await ada.evaluate("(message) => window.say(message)", message)
        await ada.evaluate("(code) => window.say({ type: 'code_update', code })", "x" * 2000)
        await bob.type("#code", "!")
        await shows(ada, "mine!")
        assert await server.code(room) == "mine!"
        # An error of its own text leaves what the user typed.
        await ada.fill("#code", "y" * 2000)
        await bob.type("#code", "?")
        await shows(ada, "mine!?")
        assert await server.code(room) == "mine!?"
        await ada.context.close()
        await bob.context.close()
