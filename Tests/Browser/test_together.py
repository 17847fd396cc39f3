"""Two people in one room."""

import asyncio

from server import Server
from window import converge, meet

PROGRAM = "def total(items):\n    return sum(items)\n"


async def test_two_who_type_in_one_line_at_the_same_time_keep_all_they_typed(merging, open_window):
    ada, bob, room = await meet(merging, open_window, "start end")
    await ada.put_cursor(0, 6)
    await bob.put_cursor(0, 6)
    await asyncio.gather(ada.type("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 15), bob.type("BBBBBBBBBBBBBBBBBBBBBBBBBBBBBB", 15))
    text = await converge(merging, room, ada, bob)
    assert text.count("a") - "start".count("a") == 30 and text.count("B") == 30
    assert text.startswith("start ") and text.endswith("end")


async def test_cursors_are_shown_where_they_are_after_edits_before_them(merging, open_window):
    ada, bob, room = await meet(merging, open_window, PROGRAM)
    await bob.put_cursor(1, 10)

    async def sees(left):
        async def is_there():
            return await ada.cursor_of("Guest 2") == left

        await ada.until(is_there, f"the cursor behind {left!r}")

    await sees("    return")
    await ada.put_cursor(0, 0)
    await ada.type("# above\n# and above\n")
    await sees("    return")
    await ada.put_cursor(3, 0)
    await ada.type("x = 1; ")
    await sees("x = 1;     return")
    await bob.type("ed")
    await sees("x = 1;     returned")
    await converge(merging, room, ada, bob)


async def test_selections_and_names_are_shown(merging, open_window):
    ada, bob, room = await meet(merging, open_window, PROGRAM)
    await bob.page.click("#open-settings")
    await bob.page.fill("#name", "Bob 🧵")
    await bob.page.click("text=Done")
    await bob.put_cursor(0, 4)
    await bob.press("Shift+Control+ArrowRight")
    await ada.page.wait_for_selector("#people button:has-text('Bob 🧵')")
    await ada.page.wait_for_selector(".CodeMirror-line span[style*=background]:text-is('total')")
    assert await ada.page.inner_text(".flag") == "Bob 🧵"
    await bob.page.close()
    await ada.page.wait_for_selector(".flag", state="detached")
    assert await ada.page.locator("#people li").count() == 1


async def test_undo_takes_back_ones_own_edits_and_leaves_the_others(merging, open_window):
    ada, bob, room = await meet(merging, open_window, "one two\n")
    await ada.put_cursor(0, 3)
    await ada.type(" ADA")
    await bob.see_text("one ADA two\n")
    await bob.put_cursor(0, 6)
    await bob.type("bob")
    await ada.see_text("one ADbobA two\n")
    await ada.press("Control+z")
    await converge(merging, room, ada, bob)
    assert await ada.text() == "one" + "bob" + " two\n"
    await ada.press("Control+z")
    assert await converge(merging, room, ada, bob) == "onebob two\n"
    await bob.press("Control+z")
    assert await converge(merging, room, ada, bob) == "one two\n"
    await ada.press("Control+y")
    assert await converge(merging, room, ada, bob) == "one ADA two\n"


async def test_text_of_all_kinds_arrives_as_it_is(merging, open_window):
    ada, bob, room = await meet(merging, open_window, "windows\r\nlines\r\n\tπ 中 👩‍👩‍👧 é\n")
    await ada.put_cursor(0, 7)
    await ada.press("End", "Backspace")
    await ada.type("s")
    await ada.press("Control+End")
    await ada.paste("pasted\r\non Windows 🧵\0")
    await bob.put_cursor(1, 5)
    await bob.type("!🧵")
    await bob.press("Backspace")
    await bob.press("Enter")
    await ada.put_cursor(0, 0)
    await ada.press("Delete")
    text = await converge(merging, room, ada, bob)
    assert text == "indows\r\nlines!\r\n\r\n\tπ 中 👩‍👩‍👧 é\npasted\non Windows 🧵\ufffd"


async def test_a_client_of_whole_texts_works_in_the_same_room(merging, open_window):
    import json

    from websockets.asyncio.client import connect

    room = await merging.make_room("hello\n")
    ada = await open_window(merging)
    await ada.enter(room)
    async with connect(f"ws://127.0.0.1:{merging.port}/ws/{room}") as old:
        first = json.loads(await old.recv())
        assert first["code"] == "hello\n"
        await old.send(json.dumps({"type": "code_update", "code": "hello\nfrom the old client\n"}))
        await ada.see_text("hello\nfrom the old client\n")
        await ada.page.wait_for_selector("#people button:has-text('Somebody')")
        await ada.put_cursor(0, 5)
        await ada.type(", page")
        while json.loads(await old.recv())["code"] != "hello, page\nfrom the old client\n":
            pass
    await converge(merging, room, ada)


async def test_others_typing_does_not_move_what_one_reads(merging, open_window):
    ada, bob, room = await meet(merging, open_window, "".join(f"line {number}\n" for number in range(500)))
    await ada.put_cursor(300, 0)
    first_line = "Math.floor(document.querySelector('.CodeMirror').CodeMirror.lineAtHeight(60, 'window'))"
    shown = await ada.page.evaluate(f"document.querySelector('.CodeMirror').CodeMirror.getLine({first_line})")
    await bob.put_cursor(0, 0)
    await bob.type("a\nb\nc\n")
    await converge(merging, room, ada, bob)
    assert await ada.page.evaluate(f"document.querySelector('.CodeMirror').CodeMirror.getLine({first_line})") == shown


async def test_without_a_policy_in_the_configuration_two_who_type_at_the_end_keep_their_words(open_window):
    async with Server(policy=None) as server:
        ada, bob, room = await meet(server, open_window, "def fib(n):\n    if n < 2: return n\n    ")
        await ada.press("Control+End")
        await bob.press("Control+End")
        mine, theirs = "return fib(n-1) + fib(n-2)", "# second person types here"
        await asyncio.gather(ada.type(mine, 20), bob.type(theirs, 20))
        text = await converge(server, room, ada, bob)
        assert mine in text and theirs in text
        await says(ada, "merge", "is kept, all of it")


async def test_each_policy_does_what_it_says_merge(open_window):
    async with Server("merge") as server:
        ada, bob, room = await cross(server, open_window)
        text = await converge(server, room, ada, bob)
        assert sorted(text) == sorted("ADABOB\n") and "ADA" in text and "BOB" in text
        await says(ada, "merge", "is kept, all of it")
        assert not await ada.page.is_visible("#policy-warning")


async def test_each_policy_does_what_it_says_last_write_wins(open_window):
    async with Server("last-write-wins") as server:
        ada, bob, room = await cross(server, open_window)
        assert await converge(server, room, ada, bob) in ("ADA\n", "BOB\n", "ADABOB\n", "BOBADA\n")
        await says(ada, "last-write-wins", "last wins")
        warning = "This server keeps the last writer's text: edits made at the same time can be lost."
        for window in (ada, bob):
            assert await window.page.inner_text("#policy-warning") == warning


async def test_version_checked_lets_one_put_theirs_again(open_window):
    async with Server("version-checked") as server:
        ada, bob, room = await cross(server, open_window)
        loser, winner = await conflicting(ada, bob)
        before = await server.code(room)
        assert await loser.page.inner_text("#conflict-title") in (
            "Guest changed the same lines first", "Guest 2 changed the same lines first")
        assert await loser.keeping() == "conflict"
        assert before.strip() in await loser.page.inner_text("#conflict-lines")
        await loser.page.click("text=Put mine again")
        text = await converge(server, room, ada, bob)
        assert sorted(text) == sorted("ADABOB\n")
        assert not await loser.page.is_visible("#conflict")
        await says(winner, "version-checked", "you decide")


async def test_version_checked_lets_one_take_theirs(open_window):
    async with Server("version-checked") as server:
        ada, bob, room = await cross(server, open_window)
        loser, _ = await conflicting(ada, bob)
        before = await server.code(room)
        await loser.page.click("text=Take theirs")
        assert await converge(server, room, ada, bob) == before in ("ADA\n", "BOB\n")


async def test_version_checked_sends_edits_of_other_lines_again_by_itself(open_window):
    async with Server("version-checked") as server:
        ada, bob, room = await meet(server, open_window, "one\ntwo\n\n\nfive\n")
        await ada.put_cursor(0, 3)
        await bob.put_cursor(4, 4)
        await asyncio.gather(ada.type("a" * 20, 10), bob.type("b" * 20, 10))
        assert await converge(server, room, ada, bob) == f"one{'a' * 20}\ntwo\n\n\nfive{'b' * 20}\n"


async def cross(server, open_window):
    """Two who type a word into the same place, neither having seen the other's."""
    ada, bob, room = await meet(server, open_window, "\n")
    await ada.put_cursor(0, 0)
    await bob.put_cursor(0, 0)
    server.pause()
    put = "(word) => document.querySelector('.CodeMirror').CodeMirror.replaceSelection(word, 'end', '+input')"
    await ada.page.evaluate(put, "ADA")
    await bob.page.evaluate(put, "BOB")
    server.go_on()
    return ada, bob, room


async def conflicting(*windows):
    """The window that has a conflict, then the others."""
    async def is_there():
        return any([await window.page.is_visible("#conflict") for window in windows])

    await windows[0].until(is_there, "a conflict")
    are_in_one = [await window.page.is_visible("#conflict") for window in windows]
    return [window for _, window in sorted(zip(are_in_one, windows), key=lambda pair: not pair[0])]


async def says(window, policy, words):
    assert await window.page.inner_text("#policy") == f"Policy: {policy}"
    await window.page.click("#policy")
    assert words in await window.page.inner_text("#policy-words")
    await window.press("Escape")


async def test_a_selection_does_not_grow_over_what_another_types_behind_it(merging, open_window):
    ada, bob, room = await meet(merging, open_window, "foo end\n")
    await ada.put_cursor(0, 0)
    await ada.press("Shift+Control+ArrowRight")
    await bob.put_cursor(0, 3)
    await bob.type("bar")
    await ada.see_text("foobar end\n")
    await ada.type("X")
    assert await converge(merging, room, ada, bob) == "Xbar end\n"
