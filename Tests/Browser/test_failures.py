"""When it does not go as it should, the page says so in words."""

import re

from server import Server
from window import converge


async def test_a_room_that_does_not_exist_can_be_made(merging, open_window):
    ada = await open_window(merging)
    await ada.page.goto(f"{merging.origin}/r/no-such-room")
    await ada.page.wait_for_selector("text=There is no such room")
    await ada.page.click("text=Make a new room")
    await ada.see_state("connected")
    assert not await ada.page.is_visible("#failure")
    await ada.type("here")
    assert await converge(merging, ada.page.url.split("/")[-1], ada) == "here"


async def test_a_full_room_says_so_and_lets_one_in_later(open_window):
    async with Server("merge", members_per_room=1) as server:
        room = await server.make_room("x")
        ada, bob = await open_window(server), await open_window(server)
        await ada.enter(room)
        await bob.page.goto(f"{server.origin}/r/{room}")
        await bob.page.wait_for_selector("text=The room is full")
        await ada.page.close()

        async def is_in():
            if await bob.state() == "ended":
                await bob.page.click("button:text-is('Try again')")
            return await bob.state() == "connected"

        await bob.until(is_in, "bob to be let in")
        await bob.see_text("x")


async def test_a_full_server_says_so_and_lets_one_in_later(open_window):
    async with Server("merge", connections=1) as server:
        room = await server.make_room("x")
        ada, bob = await open_window(server), await open_window(server)
        await ada.enter(room)
        await bob.page.goto(f"{server.origin}/r/{room}")
        await bob.page.wait_for_selector("text=The server is full")
        await ada.page.close()
        await bob.see_state("connected")
        await bob.page.wait_for_selector("#failure", state="hidden")


async def test_what_is_too_large_is_not_put_in_and_nothing_is_lost(open_window):
    async with Server("merge", document="2KiB", message="16KiB") as server:
        room = await server.make_room("kept\n")
        ada = await open_window(server)
        await ada.enter(room)
        await ada.press("Control+End")
        await ada.paste("x" * 5000)
        await ada.page.wait_for_selector("text=over this server's limit of 2 KiB")
        assert await ada.text() == "kept\n"
        await ada.paste("y" * 2000)
        await ada.type("z" * 50)
        await ada.page.wait_for_selector("text=your last edit was taken back")
        await ada.press("Control+End", "Backspace")
        text = await converge(server, room, ada)
        assert text.startswith("kept\n" + "y" * 1990) and len(text) <= 2048


async def test_a_text_that_is_too_large_makes_no_room_and_stays_in_the_form(open_window):
    async with Server("merge", document="2KiB") as server:
        ada = await open_window(server)
        await ada.page.goto(server.origin)
        await ada.page.fill("#text", "x" * 5000)
        await ada.page.click("text=Open a new room")
        await ada.page.wait_for_selector("text=The text is larger than this server takes.")
        assert len(await ada.page.input_value("#text")) == 5000
        ada.forgive_lost_connections()
        await server.kill()
        await ada.page.click("text=Open a new room")
        await ada.page.wait_for_selector("text=The server does not answer. Is it running?")
        ada.forgive_lost_connections()


async def test_a_window_that_was_too_slow_is_told_and_comes_back(merging, open_window):
    room = await merging.make_room("x")
    ada = await open_window(merging)
    sockets = []

    def route(socket):
        there = socket.connect_to_server()
        socket.on_message(there.send)
        there.on_message(socket.send)
        sockets.append((socket, there))

    await ada.page.route_web_socket(re.compile("/ws/"), route)
    await ada.enter(room)
    # As the server ends a connection that does not take what it is sent; the words are the server's.
    here, there = sockets[-1]
    await here.close(code=1013, reason="nothing was heard for too long")
    await there.close()
    await ada.page.wait_for_selector("text=it could not keep up with what it was sent")
    await ada.put_cursor(0, 1)
    await ada.type(" kept")
    await ada.page.click("text=Try now")
    assert await converge(merging, room, ada) == "x kept"
