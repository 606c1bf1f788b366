"""A real HTTP server on loopback that speaks the OpenAI protocol: chat completions, streamed as server-sent events."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Statements = dict[str, str]


@dataclass
class Behaviour:
    """What the server does: the text that it answers with, an HTTP status, and how slowly it writes."""

    reply: Callable[[Statements], str] = lambda statements: keep(statements)
    status: int = 200
    pause_s: float = 0.0
    cut_off: bool = False
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)


def keep(statements: Statements) -> str:
    """Answer with the statements as they are."""
    return "\n".join(f"[{number}] {text}" for number, text in statements.items())


def read_data(text: str) -> dict[str, Any]:
    """Read the data block of a prompt."""
    match = re.search(r"<<data (\w+)>>\n(.*)\n<<end \1>>", text, re.DOTALL)
    assert match is not None
    found: dict[str, Any] = json.loads(match[2])
    return found


@contextmanager
def serve(behaviour: Behaviour) -> Iterator[str]:
    """Serve on a free port of this machine; yields the base URL."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            """Print nothing."""

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            behaviour.requests.append(body)
            behaviour.headers.append(dict(self.headers))
            if behaviour.status != 200:
                self._send(behaviour.status, json.dumps({"error": {"message": "no"}}).encode(), "application/json")
                return
            text = behaviour.reply(read_data(body["messages"][-1]["content"])["statements"])
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            try:
                for start in range(0, len(text), 7):
                    self._event({"role": "assistant", "content": text[start : start + 7]}, None)
                    time.sleep(behaviour.pause_s)
                if not behaviour.cut_off:
                    self._event({}, "stop")
                    self.wfile.write(b"data: [DONE]\n\n")
            except (BrokenPipeError, ConnectionResetError):
                pass

        def _event(self, delta: dict[str, str], reason: str | None) -> None:
            choice = {"index": 0, "delta": delta, "finish_reason": reason}
            chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}
            self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
            self.wfile.flush()

        def _send(self, status: int, data: bytes, kind: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
