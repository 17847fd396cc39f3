"""The page that begins everything."""


async def test_a_room_is_made_from_a_file_and_found_again(merging, open_window, tmp_path):
    ada = await open_window(merging)
    await ada.page.goto(merging.origin)
    assert not await ada.page.is_visible("#recent")
    source = tmp_path / "main.rs"
    source.write_bytes("fn main() {}\r\n// 🧵\r\n".encode())
    await ada.page.set_input_files("input[type=file]", source)
    await ada.page.wait_for_function("document.getElementById('language').value === 'rust'")
    assert await ada.page.input_value("#text") == "fn main() {}\n// 🧵\n"
    await ada.page.click("text=Open a new room")
    await ada.see_state("connected")
    assert await ada.text() == "fn main() {}\n// 🧵\n"
    assert await ada.page.input_value("#language") == "rust"
    room = ada.page.url.split("/")[-1]

    await ada.page.click(".home")
    await ada.page.click(f"#recent a:text-is('{room[:8]}')")
    await ada.see_state("connected")
    assert ada.page.url.endswith(room)
    await ada.page.goto(merging.origin)
    await ada.page.click("#recent button:text-is('Forget')")
    assert not await ada.page.is_visible("#recent")


async def test_a_dropped_file_is_taken_and_what_is_no_text_is_not(merging, open_window):
    drop = """(bytes) => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(bytes)], "page.html"));
      const drop = new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true });
      document.querySelector("main").dispatchEvent(drop);
    }"""
    ada = await open_window(merging)
    await ada.page.goto(merging.origin)
    await ada.page.evaluate(drop, list("<p>hé</p>".encode()))
    await ada.page.wait_for_function("document.getElementById('text').value === '<p>hé</p>'")
    assert await ada.page.input_value("#language") == "html"
    await ada.page.evaluate(drop, [0xFF, 0xFE, 0x00])
    await ada.page.wait_for_selector("text=page.html is no text in UTF-8.")
    assert await ada.page.input_value("#text") == "<p>hé</p>"


async def test_a_room_is_entered_by_its_link_or_its_name(merging, open_window):
    room = await merging.make_room("found")
    ada = await open_window(merging)
    for address in (room, f"{merging.origin}/r/{room}", f" {merging.origin}/r/{room}/?x "):
        await ada.page.goto(merging.origin)
        await ada.page.fill("#address", address)
        await ada.page.click("text=Go there")
        await ada.see_state("connected")
        assert await ada.text() == "found"


async def test_what_runs_is_told(merging, open_window):
    ada = await open_window(merging)
    await ada.page.goto(merging.origin)
    assert [text.strip() for text in await ada.page.locator(".facts dd").all_inner_texts()][1:] == [
        "sqlite", "rules", "merge"]
