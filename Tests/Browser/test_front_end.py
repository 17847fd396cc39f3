"""A front end of the old system, served on a port of its own, uses the server as it is configured without a file."""

import asyncio

FRONT_END = """<!DOCTYPE html><title>Old front end</title><textarea></textarea><script>
window.start = async (server) => {
  const answer = await fetch(`${server}/rooms`, {
    method: "POST", headers: { "content-type": "application/json", "x-requested-with": "XMLHttpRequest" }, body: "{}",
  });
  const { roomId } = await answer.json();
  const socket = new WebSocket(`${server.replace("http", "ws")}/ws/${roomId}`);
  const area = document.querySelector("textarea");
  socket.onmessage = ({ data }) => (area.value = JSON.parse(data).code);
  area.oninput = () => socket.send(JSON.stringify({ type: "code_update", code: area.value }));
  await new Promise((go, stop) => Object.assign(socket, { onopen: go, onerror: stop }));
  return roomId;
};
</script>"""


async def serve(reader, writer):
    await reader.readuntil(b"\r\n\r\n")
    body = FRONT_END.encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    writer.write(head.encode() + body)
    await writer.drain()
    writer.close()


async def test_a_front_end_on_a_local_port_makes_a_room_and_types(merging, open_window, browser):
    front_end = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = front_end.sockets[0].getsockname()[1]
    for host in ["localhost", "127.0.0.1"]:
        page = await browser.new_page()
        await page.goto(f"http://{host}:{port}/")
        room = await page.evaluate("(server) => window.start(server)", merging.origin)
        ada = await open_window(merging)
        await ada.enter(room)
        await page.type("textarea", "typed here")
        await ada.see_text("typed here")
        await page.close()
    front_end.close()
