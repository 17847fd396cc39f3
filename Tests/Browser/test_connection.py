"""What happens to a window's text when the server, or the way to it, is gone for a while."""

import asyncio

from server import Relay, Server
from window import converge, meet


async def test_a_reload_and_a_restart_keep_everything(open_window):
    async with Server("merge") as server:
        room = await server.make_room("first\n")
        ada = await open_window(server)
        await ada.enter(room)
        await ada.press("Control+End")
        await ada.type("second\n")
        await ada.see_keeping("saved")
        await ada.page.reload()
        await ada.see_text("first\nsecond\n")
        await ada.press("Control+End")
        await ada.type("third\n")
        await ada.see_keeping("saved")
        await server.kill()
        await ada.see_state("reconnecting", "offline")
        await server.start()
        await ada.see_state("connected")
        await ada.type("fourth\n")
        assert await converge(server, room, ada) == "first\nsecond\nthird\nfourth\n"
        await server.stop()
        await ada.see_state("reconnecting", "offline")
        await ada.type("fifth\n")
        await server.start()
        assert await converge(server, room, ada) == "first\nsecond\nthird\nfourth\nfifth\n"
        ada.forgive_lost_connections()


async def test_what_is_typed_offline_is_kept_and_merged(open_window, screenshots):
    async with Server("merge") as server, Relay(server) as relay:
        ada, bob, room = await meet(server, open_window, "one\ntwo\nthree\n", way=relay)
        relay.cut()
        await ada.page.context.set_offline(True)
        await ada.see_state("offline")
        await ada.put_cursor(1, 3)
        await ada.type(" (offline)")
        assert await ada.text() == "one\ntwo (offline)\nthree\n"
        assert await ada.keeping() == "unsaved"
        assert "kept here" in await ada.page.inner_text("#connection")
        await ada.page.screenshot(path=screenshots / "offline.png")
        await bob.put_cursor(1, 0)
        await bob.type("BOB ")
        await bob.put_cursor(0, 0)
        await bob.type("zero\n")
        await bob.see_keeping("saved")
        relay.mend()
        await ada.page.context.set_offline(False)
        assert await converge(server, room, ada, bob) == "zero\none\nBOB two (offline)\nthree\n"
        ada.forgive_lost_connections()


async def test_what_was_not_sent_outlives_a_reload(open_window):
    async with Server("merge") as server, Relay(server) as relay:
        ada, bob, room = await meet(server, open_window, "one\n", way=relay)
        ada.leave_whenever_asked()
        await lose(ada, relay)
        await ada.put_cursor(0, 3)
        await ada.type(" more")
        await bob.put_cursor(0, 0)
        await bob.type("BOB ")
        await bob.see_keeping("saved")
        # The way is open again, and the page is loaded anew before it has tried.
        relay.mend()
        await ada.page.reload()
        assert await converge(server, room, ada, bob) == "BOB one more\n"
        ada.forgive_lost_connections()


async def test_a_server_that_hangs_is_noticed_and_nothing_is_lost(open_window):
    async with Server("merge") as server:
        room = await server.make_room("")
        ada = await open_window(server)
        await ada.enter(room)
        await ada.type("before ")
        await ada.see_keeping("saved")
        server.pause()
        await ada.type("while ")
        await ada.see_keeping("late", "unsaved")
        await ada.see_state("reconnecting", "offline")
        server.go_on()
        await ada.see_state("connected")
        await ada.type("after")
        assert await converge(server, room, ada) == "before while after"
        ada.forgive_lost_connections()


async def test_typed_offline_where_another_typed_is_asked_about_under_version_checked(open_window, screenshots):
    async with Server("version-checked") as server, Relay(server) as relay:
        ada, bob, room = await meet(server, open_window, "def price(item):\n    return item.price\n", way=relay)
        await lose(ada, relay)
        await ada.put_cursor(1, 21)
        await ada.type(" * 2")
        await bob.put_cursor(1, 11)
        await bob.type("2 * ")
        await bob.see_keeping("saved")
        relay.mend()
        await ada.page.wait_for_selector("#conflict:not([hidden])")
        assert await ada.keeping() == "conflict"
        assert await server.code(room) == "def price(item):\n    return 2 * item.price\n"
        await ada.page.screenshot(path=screenshots / "conflict.png")
        await ada.page.click("text=Take theirs")
        assert await converge(server, room, ada, bob) == "def price(item):\n    return 2 * item.price\n"
        ada.forgive_lost_connections()


async def test_a_reload_does_not_decide_a_conflict_and_what_was_given_up_can_be_had_back(open_window):
    async with Server("version-checked") as server, Relay(server) as relay:
        ada, bob, room = await meet(server, open_window, "abc def\n", way=relay)
        ada.leave_whenever_asked()
        await lose(ada, relay)
        await ada.put_cursor(0, 0)
        await ada.press("Control+Delete")
        await bob.put_cursor(0, 7)
        await bob.type("!")
        await bob.see_keeping("saved")
        relay.mend()
        await ada.page.wait_for_selector("#conflict:not([hidden])")
        await ada.page.reload()
        await ada.page.wait_for_selector("#conflict:not([hidden])")
        assert await server.code(room) == "abc def!\n"
        await ada.page.click("text=Take theirs")
        assert await converge(server, room, ada, bob) == "abc def!\n"
        await ada.press("Control+z")
        assert (await converge(server, room, ada, bob)).strip() == "def!"
        ada.forgive_lost_connections()


async def test_a_server_that_hangs_is_noticed_by_one_who_only_reads(open_window):
    async with Server("merge") as server:
        ada = await open_window(server)
        await ada.enter(await server.make_room("x"))
        await ada.page.clock.install()
        server.pause()

        async def is_noticed():
            await ada.page.clock.fast_forward(2000)
            return await ada.state() != "connected"

        await ada.until(is_noticed, "the silence to be noticed")
        await ada.page.close()
        server.go_on()
        ada.forgive_lost_connections()


async def lose(window, relay):
    """Cuts a window's way to the server, and waits until it shows."""
    relay.cut()
    await window.see_state("reconnecting", "offline")
