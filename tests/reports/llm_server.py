"""A real server on loopback that speaks the OpenAI protocol, for the tests of the door to language models."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

Answer = Callable[[str, str], str]
"""From the system message and the user's to the words of the answer."""


@contextmanager
def serve(answer: Answer, folder: Path, *, delay: float = 0.0) -> Iterator[list[dict[str, Any]]]:
    """Run a server that answers by a function, and let `llm` know it as the model `local`; yields the requests."""
    seen: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            seen.append(body)
            time.sleep(delay)
            system, user = (next(m["content"] for m in body["messages"] if m["role"] == r) for r in ("system", "user"))
            content = answer(system, user)
            message = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": content}}
            usage = {"prompt_tokens": len(user) // 4, "completion_tokens": len(content) // 4, "total_tokens": 1}
            reply = {"id": "x", "object": "chat.completion", "created": 0, "model": "local", "choices": [message]}
            data = json.dumps(reply | {"usage": usage}).encode()
            self.send_response(500 if content == "DOWN" else 200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            try:
                self.wfile.write(data)
            except BrokenPipeError:
                return  # the other side waited no longer

        def log_message(self, *args: object) -> None:
            """Nothing on stderr."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    know_model(folder, server.server_address[1])
    try:
        yield seen
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def know_model(folder: Path, port: int) -> None:
    """Configure `llm` as a user would: a file in its own folder, named by LLM_USER_PATH."""
    model = {
        "model_id": "local",
        "model_name": "local",
        "api_base": f"http://127.0.0.1:{port}/v1",
        "supports_schema": True,
    }
    (folder / "extra-openai-models.yaml").write_text(json.dumps([model]), encoding="utf-8")
