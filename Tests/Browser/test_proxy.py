"""Behind nginx: below a path the page works, and where it cannot, it tells what to write."""

from urllib.parse import urlsplit

from proxy import UPGRADE, Nginx
from server import Server
from window import converge


def watch_paths(window):
    """The paths that a window asks for, WebSockets included."""
    paths = []
    window.page.on("request", lambda request: paths.append(urlsplit(request.url).path))
    window.page.on("websocket", lambda socket: paths.append(urlsplit(socket.url).path))
    return paths


async def make_room_and_type(nginx, server, open_window):
    ada, bob = await open_window(nginx), await open_window(nginx)
    paths = watch_paths(ada)
    await ada.page.goto(f"{nginx.origin}/")
    await ada.page.click("text=Open a new room")
    await ada.see_state("connected")
    room = ada.page.url.split("/")[-1]
    assert ada.page.url == f"{nginx.origin}/r/{room}"
    await bob.page.goto(ada.page.url)
    await bob.see_state("connected")
    await ada.type("from ada ")
    await ada.see_keeping("saved")
    await bob.press("Control+End")
    await bob.type("and bob")
    assert await converge(server, room, ada, bob) == "from ada and bob"
    await ada.page.click("a.home")
    await ada.page.wait_for_selector(f"#recent a[href='{nginx.origin}/r/{room}']")
    await ada.page.click("#recent a")
    await ada.page.wait_for_url("**/r/*")
    await ada.see_state("connected")
    await ada.see_text("from ada and bob")
    prefix = urlsplit(nginx.origin).path
    assert [path for path in paths if not path.startswith(f"{prefix}/")] == []
    assert f"{prefix}/ws/{room}" in paths


async def test_below_a_path_that_nginx_takes_off_two_people_type(merging, open_window):
    async with Nginx(merging, "/pair/", "/", f"{UPGRADE} proxy_set_header Host $http_host;") as nginx:
        await make_room_and_type(nginx, merging, open_window)


async def test_below_a_path_that_nginx_leaves_on_two_people_type(open_window):
    async with Server("merge") as server, Nginx(server, "/pair") as nginx:
        await server.reload(public_url=nginx.origin)
        await make_room_and_type(nginx, server, open_window)


async def test_where_the_port_is_lost_the_page_tells_what_to_write_and_goes_on_when_it_is_written(
        open_window, screenshots):
    lines = f"{UPGRADE} proxy_set_header Host $host;"
    async with Server("merge") as server, Nginx(server, lines=lines, host="pair.localhost") as nginx:
        ada = await open_window(nginx)
        await ada.page.goto(f"{nginx.origin}/")
        await ada.page.click("text=Open a new room")
        await ada.page.wait_for_selector("text=The server does not accept this page")
        assert f'public_url: "{nginx.origin}"' in await ada.page.inner_text("#failure-text")
        await ada.page.screenshot(path=screenshots / "refused-page.png")
        ada.forgive_lost_connections()
        await server.reload(public_url=nginx.origin)
        await ada.see_state("connected")
        await ada.page.wait_for_selector("#failure", state="hidden")
        ada.forgive_lost_connections()


async def test_without_the_headers_of_the_upgrade_the_page_tells_the_lines_that_are_missing(open_window):
    async with Server("merge") as server, Nginx(server, lines="") as nginx:
        room = await server.make_room("x")
        ada = await open_window(nginx)
        await ada.page.goto(f"{nginx.origin}/r/{room}")
        await ada.page.wait_for_selector("text=WebSockets do not reach the server")
        assert UPGRADE in await ada.page.inner_text("#failure-text")
        assert "cannot be reached" not in await ada.page.inner_text("body")
        ada.forgive_lost_connections()


async def test_a_proxy_without_its_server_is_told_from_a_server_that_is_gone(open_window):
    async with Server("merge") as server, Nginx(server) as nginx:
        room = await server.make_room("x")
        ada = await open_window(nginx)
        await ada.enter(room)
        await server.kill()
        await ada.page.wait_for_selector("text=a proxy answers in its place: 502")
        await ada.type("kept ")
        await server.start()
        # The page tries by itself, too, and the button may be gone at any moment.
        await ada.page.evaluate("document.querySelector('#retry')?.click()")
        assert await converge(server, room, ada) == "kept x"
        ada.forgive_lost_connections()


async def test_going_to_a_websockets_address_shows_a_page(merging, open_window):
    ada = await open_window(merging)
    await ada.page.goto(f"{merging.origin}/ws/any")
    assert await ada.page.inner_text("h1") == "This address is for WebSockets"
    ada.forgive_lost_connections()
