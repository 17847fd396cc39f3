"""What one person finds in the editor."""

import re

from server import Server
from window import converge, meet


async def test_ghost_text_appears_and_is_taken(merging, open_window):
    room = await merging.make_room("")
    ada = await open_window(merging)
    await ada.enter(room)
    await ada.type("def ")
    ghost = await ada.page.wait_for_selector(".ghost")
    assert await ghost.inner_text() == "function_name():"
    assert "Tab takes it" in await ada.page.inner_text("#announcements")
    await ada.press("Tab")
    assert await ada.text() == "def function_name():"
    assert not await ada.page.is_visible(".ghost")
    assert await converge(merging, room, ada) == "def function_name():"
    await ada.press("Control+z")
    assert await converge(merging, room, ada) == "def "


async def test_ghost_text_goes_away_when_it_is_not_wanted(merging, open_window):
    room = await merging.make_room("")
    ada = await open_window(merging)
    await ada.enter(room)
    await ada.type("def ")
    await ada.page.wait_for_selector(".ghost")
    await ada.type("func")
    assert await ada.page.inner_text(".ghost") == "tion_name():"
    await ada.press("Escape")
    assert not await ada.page.is_visible(".ghost")
    await ada.press("Control+a", "Backspace")
    await ada.type("def ")
    await ada.page.wait_for_selector(".ghost")
    await ada.press("ArrowLeft")
    assert not await ada.page.is_visible(".ghost")
    assert await converge(merging, room, ada) == "def "


async def test_no_ghost_text_for_those_who_switch_it_off(merging, open_window):
    room = await merging.make_room("")
    ada = await open_window(merging)
    sent = []
    ada.page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    await ada.page.clock.install()
    await ada.enter(room)
    await ada.page.click("#open-settings")
    await ada.page.uncheck("#suggests")
    await ada.page.click("text=Done")
    await ada.click_text()
    await ada.type("def ")
    await ada.page.clock.run_for(2000)
    await ada.see_keeping("saved")
    assert any('"edit"' in message for message in sent) and not any('"complete"' in message for message in sent)


async def test_five_thousand_lines_open_and_scroll(merging, open_window):
    lines = [f"value_{number} = compute({number})  # line {number + 1}" for number in range(5000)]
    ada, bob, room = await meet(merging, open_window, "\n".join(lines) + "\n")
    await ada.press("Control+End")
    await ada.page.wait_for_selector(".CodeMirror-line:has-text('value_4999 =')")
    await ada.press("Control+Home")
    await ada.page.wait_for_selector(".CodeMirror-line:has-text('value_0 =')")
    await ada.page.hover(".CodeMirror-scroll")
    for _ in range(20):
        await ada.page.mouse.wheel(0, 2500)
    await ada.page.wait_for_selector(".CodeMirror-line >> text=/value_[12]\\d{3} =/")
    await ada.press("Control+f")
    await ada.page.fill("#find-text", "line 4321")
    await ada.page.wait_for_selector("#find-count:text-is('1 found')")
    await ada.page.wait_for_selector(".CodeMirror-line:has-text('value_4320 =')")
    await ada.press("Escape")
    await ada.type("FOUND")
    text = await converge(merging, room, ada, bob)
    assert "# FOUND\n" in text and text.count("\n") == 5000


async def test_languages_are_highlighted_each_when_it_is_needed(merging, open_window):
    ada = await open_window(merging)
    asked = []
    ada.page.on("request", lambda request: asked.append(request.url.split("/")[-1]))
    keyword = ".CodeMirror-line :is(.cm-keyword, .cm-tag, .cm-builtin, .cm-meta, .cm-property)"
    samples = {
        "python": "def f(): pass", "javascript": "const x = 1", "typescript": "interface A { b: string }",
        "swift": "func f() {}", "go": "package main", "rust": "fn main() {}", "java": "class A {}",
        "kotlin": "fun main() {}", "c": "int main() { return 0; }", "cpp": "class A {};", "csharp": "class A {}",
        "ruby": "def f; end", "php": "<?php echo 1;", "sql": "select 1", "html": "<p>hi</p>",
        "css": "a { color: red }", "shell": "if true; then echo; fi",
    }
    for language, code in samples.items():
        await ada.enter(await merging.make_room(code, language))
        await ada.page.wait_for_selector(keyword)
        assert await ada.page.input_value("#language") == language
    asked.clear()
    await ada.enter(await merging.make_room("select 1", "python"))
    await ada.page.wait_for_function("document.querySelector('.CodeMirror').CodeMirror.getMode().name === 'python'")
    assert "sql.js" not in asked
    await ada.page.select_option("#language", "sql")
    await ada.page.wait_for_selector(".cm-keyword:text-is('select')")
    assert "sql.js" in asked
    await ada.page.reload()
    await ada.page.wait_for_selector(".cm-keyword:text-is('select')")


async def test_a_language_of_the_operators_is_plain_text(merging, open_window):
    ada = await open_window(merging)
    await ada.enter(await merging.make_room("whatever", "klingon"))
    assert await ada.page.input_value("#language") == "klingon"
    assert await ada.text() == "whatever"


async def test_link_and_text_can_be_taken_along(merging, open_window):
    room = await merging.make_room("print('🧵')\n")
    ada = await open_window(merging, permissions=["clipboard-read", "clipboard-write"])
    await ada.enter(room)
    await ada.page.click("#copy-link")
    await ada.page.wait_for_selector("text=The link is copied.")
    assert await ada.page.evaluate("navigator.clipboard.readText()") == f"{merging.origin}/r/{room}"
    async with ada.page.expect_download() as expected:
        await ada.page.click("#download")
    download = await expected.value
    assert download.suggested_filename == f"{room[:8]}.py"
    assert open(await download.path(), encoding="utf-8").read() == "print('🧵')\n"


async def test_settings_are_kept(merging, open_window):
    room = await merging.make_room("x")
    ada = await open_window(merging)
    await ada.enter(room)
    await ada.page.click("#open-settings")
    await ada.page.fill("#name", "Ada")
    await ada.page.select_option("#theme", "dark")
    await ada.page.fill("#font-size", "22")
    await ada.page.check("[name=color] >> nth=2")
    await ada.page.click("text=Done")
    for _ in range(2):
        assert await ada.page.inner_text("#people li") == "Ada (you)"
        assert await ada.page.evaluate("getComputedStyle(document.querySelector('.CodeMirror')).fontSize") == "22px"
        assert await ada.page.evaluate("getComputedStyle(document.body).colorScheme") == "dark"
        await ada.page.reload()
        await ada.see_state("connected")


async def test_everything_can_be_done_with_the_keyboard(merging, open_window):
    ada = await open_window(merging)
    await ada.page.goto(merging.origin)
    await ada.press("Tab", "Tab")
    await ada.type("x = 1")
    await ada.press("Tab", "Enter")
    await ada.see_state("connected")
    assert await ada.text() == "x = 1"
    await ada.press("Control+End")
    await ada.press("Tab")
    assert await ada.text() == "x = 1   ", "Tab indents in the editor"
    await ada.press("Escape", "Tab")
    names = []
    for _ in range(14):
        names.append(await ada.page.evaluate("document.activeElement.id || document.activeElement.className"))
        await ada.press("Tab")
    assert {"policy", "language", "copy-link", "download", "open-settings", "home"} <= set(names)
    await ada.page.focus("#open-settings")
    await ada.press("Enter")
    assert await ada.page.is_visible("#settings")
    await ada.press("Escape")
    assert not await ada.page.is_visible("#settings")
    await ada.page.focus("#language")
    await ada.press("Shift+Tab")
    assert re.match("policy", await ada.page.evaluate("document.activeElement.id"))


async def test_the_page_is_light_and_quick(merging, open_window):
    room = await merging.make_room("def f():\n    pass\n")
    ada = await open_window(merging)
    session = await ada.page.context.new_cdp_session(ada.page)
    await session.send("Network.enable")
    sizes = {}
    addresses = {}
    session.on(
        "Network.requestWillBeSent", lambda asked: addresses.update({asked["requestId"]: asked["request"]["url"]}))
    session.on("Network.loadingFinished", lambda end: sizes.update({end["requestId"]: end["encodedDataLength"]}))
    await ada.enter(room)
    print(f"usable {await ada.page.evaluate('Math.round(performance.now())')} ms after it was asked for")
    await ada.type("x")
    assert await ada.text() == "xdef f():\n    pass\n"
    await ada.page.wait_for_function("document.querySelector('.CodeMirror').CodeMirror.getMode().name === 'python'")
    modes = ("python.js",)
    weight = sum(size for key, size in sizes.items() if not addresses[key].endswith(modes))
    print(f"{weight} bytes in {len(sizes)} files")
    assert weight < 400_000
