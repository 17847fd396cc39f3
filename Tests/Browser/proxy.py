"""Debian's nginx before a server, in a folder of its own."""

import asyncio
import shutil
import tempfile
from pathlib import Path

from server import free_port

#: What a location needs for WebSockets.
UPGRADE = 'proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";'


class Nginx:
    """One location that passes everything on to a server; browsers reach it as `host`."""

    def __init__(self, server, path="/", target="", lines=UPGRADE, host="127.0.0.1"):
        self._folder = tempfile.TemporaryDirectory(prefix="pairloom-nginx-")
        self.port = free_port()
        self.origin = f"http://{host}:{self.port}{path.rstrip('/')}"
        self._process = None
        folder = Path(self._folder.name)
        paths = " ".join(f"{name}_temp_path {folder / name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        (folder / "nginx.conf").write_text(f"""
daemon off; master_process off; pid {folder / "pid"}; error_log {folder / "log"};
events {{ worker_connections 256; }}
http {{
    access_log off; {paths}
    server {{
        listen 127.0.0.1:{self.port};
        location {path} {{ proxy_pass http://127.0.0.1:{server.port}{target}; {lines} }}
    }}
}}
""")

    async def __aenter__(self):
        folder = Path(self._folder.name)
        program = shutil.which("nginx") or "/usr/sbin/nginx"
        self._process = await asyncio.create_subprocess_exec(
            program, "-p", str(folder), "-e", str(folder / "log"), "-c", str(folder / "nginx.conf"))
        while True:
            assert self._process.returncode is None, (folder / "log").read_text()
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", self.port)
                writer.close()
                return self
            except ConnectionError:
                await asyncio.sleep(0.02)

    async def __aexit__(self, *_):
        self._process.kill()
        await self._process.wait()
        self._folder.cleanup()
