"""How it looks, for those who look and for those who listen. The pictures are in .build/screenshots."""

import asyncio
import json

from axe_playwright_python.async_playwright import Axe

from server import Server

PROGRAM = '''"""Prices of a shop."""

from dataclasses import dataclass


@dataclass
class Item:
    name: str
    price: float
    count: int = 1


def total(items: list[Item], discount: float = 0.0) -> float:
    result = 0.0
    for item in items:
        result += item.price * item.count
    return result * (1 - discount)
'''


async def name(window, name, color):
    await window.page.click("#open-settings")
    await window.page.fill("#name", name)
    await window.page.check(f"[name=color] >> nth={color}")
    await window.page.click("text=Done")


async def scene(server, open_window, ada_options, bob_options):
    """Two who work on a program, one with a selection, the other about to take a suggestion."""
    room = await server.make_room(PROGRAM)
    ada, bob = await open_window(server, **ada_options), await open_window(server, **bob_options)
    await ada.enter(room)
    await bob.enter(room)
    await name(ada, "Ada", 0)
    await name(bob, "Grace", 1)
    await bob.put_cursor(15, 18)
    await bob.press("Shift+End")
    await ada.put_cursor(17, 0)
    await ada.press("Enter")
    await ada.type("def ")
    await ada.page.wait_for_selector(".ghost")
    await ada.see_keeping("saved")
    await ada.page.wait_for_selector(".flag:text-is('Grace')")
    return ada, bob


async def test_pictures_light_dark_and_phone(merging, open_window, screenshots):
    desk = {"viewport": {"width": 1100, "height": 640}, "device_scale_factor": 1.5}
    ada, bob = await scene(merging, open_window, desk, {**desk, "color_scheme": "dark"})
    await ada.page.screenshot(path=screenshots / "light.png")
    await bob.page.wait_for_selector(".flag:text-is('Ada')")
    await bob.page.screenshot(path=screenshots / "dark.png")
    phone = await open_window(
        merging, viewport={"width": 390, "height": 780}, device_scale_factor=2, is_mobile=True, has_touch=True)
    await phone.enter(ada.page.url.split("/")[-1])
    await phone.page.locator(".CodeMirror-line", has_text="return result").tap()
    await phone.type("# phone ")
    await phone.see_keeping("saved")
    assert "# phone" in await ada.text()
    await phone.page.screenshot(path=screenshots / "phone.png")
    assert await phone.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page is too wide"
    await phone.page.goto(merging.origin)
    await phone.page.screenshot(path=screenshots / "phone-start.png")
    assert await phone.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page is too wide"


async def test_axe_finds_nothing_serious(merging, open_window):
    for scheme in ("light", "dark"):
        ada, _ = await scene(merging, open_window, {"color_scheme": scheme}, {})
        await examine(ada, f"a room, {scheme}")
        await ada.page.click("#open-settings")
        await examine(ada, f"settings, {scheme}")
        await ada.press("Escape")
        await ada.press("Control+f")
        await ada.page.fill("#find-text", "item")
        await examine(ada, f"find, {scheme}")
        await ada.page.goto(merging.origin)
        await ada.page.wait_for_selector("#recent a")
        await examine(ada, f"the start, {scheme}")
        await ada.page.goto(f"{merging.origin}/r/none")
        await ada.page.wait_for_selector("#failure h2")
        await examine(ada, f"a failure, {scheme}")


async def test_axe_finds_nothing_serious_in_a_conflict(open_window):
    async with Server("version-checked") as server:
        room = await server.make_room("x\n")
        for scheme in ("light", "dark"):
            ada, bob = await open_window(server, color_scheme=scheme), await open_window(server)
            await ada.enter(room)
            await bob.enter(room)
            server.pause()
            put = "(word) => document.querySelector('.CodeMirror').CodeMirror.replaceRange(word, { line: 0, ch: 0 })"
            await asyncio.gather(ada.page.evaluate(put, "A"), bob.page.evaluate(put, "B"))
            server.go_on()

            async def is_there(ada=ada, bob=bob):
                return await ada.page.is_visible("#conflict") or await bob.page.is_visible("#conflict")

            await ada.until(is_there, "a conflict")
            await examine(ada if await ada.page.is_visible("#conflict") else bob, f"a conflict, {scheme}")
            for window in (ada, bob):
                if await window.page.is_visible("#conflict"):
                    await window.page.click("text=Take theirs")
                await window.see_keeping("saved")


async def examine(window, what):
    results = await Axe().run(window.page)
    grave = [fault for fault in results.response["violations"] if fault["impact"] in ("serious", "critical")]
    told = [[fault["id"], *(node["html"][:200] + " " + node["failureSummary"] for node in fault["nodes"][:4])]
            for fault in grave]
    assert not grave, f"{what}: {json.dumps(told, indent=1)}"
