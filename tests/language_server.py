"""A client of a language server: just enough of the protocol to ask it as an editor does, over stdio."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_CAPABILITIES = {
    "textDocument": {
        "completion": {"completionItem": {"snippetSupport": True}},
        "publishDiagnostics": {"relatedInformation": False},
    },
    "workspace": {"configuration": True, "workspaceFolders": True},
}


class Editor:
    """An editor with one folder open; `settings` are those of its workspace."""

    def __init__(self, server: "subprocess.Popen[bytes]", folder: Path, settings: dict[str, Any]) -> None:
        assert server.stdin
        assert server.stdout
        self._in, self._out = server.stdin, server.stdout
        self._settings = settings
        self._id = 0
        self._told: list[dict[str, Any]] = []
        workspace = {"uri": folder.as_uri(), "name": folder.name}
        self.ask(
            "initialize",
            {"processId": None, "rootUri": folder.as_uri(), "workspaceFolders": [workspace], "capabilities": _CAPABILITIES},
        )  # fmt: skip
        self.tell("initialized", {})
        self.tell("workspace/didChangeConfiguration", {"settings": _nested(settings)})

    def open(self, file: Path) -> list[dict[str, Any]]:
        """Open a file; gives what the server finds wrong with it."""
        text = file.read_text(encoding="utf-8")
        document = {"uri": file.as_uri(), "languageId": "yaml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})
        while True:
            for message in self._told:
                if message["params"].get("uri") == file.as_uri():
                    self._told.remove(message)
                    found: list[dict[str, Any]] = message["params"]["diagnostics"]
                    return found
            self._hear()

    def complete(self, file: Path, line: int, column: int) -> dict[str, dict[str, Any]]:
        """What the server proposes at a place of an open file, counted from 0, by its label."""
        where = {"textDocument": {"uri": file.as_uri()}, "position": {"line": line, "character": column}}
        answer = self.ask("textDocument/completion", where)
        return {item["label"]: item for item in answer["items"]}

    def ask(self, method: str, parameters: Any) -> Any:
        """Send a request; gives its result."""
        self._id += 1
        self._send({"id": self._id, "method": method, "params": parameters})
        while True:
            message = self._hear()
            if message.get("id") == self._id and "method" not in message:
                assert "error" not in message, message
                return message["result"]

    def tell(self, method: str, parameters: Any) -> None:
        """Send a notification."""
        self._send({"method": method, "params": parameters})

    def _hear(self) -> dict[str, Any]:
        """The next message; what the server asks of an editor is answered, what it tells is kept."""
        length = 0
        while line := self._out.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        assert length, "the language server ended"
        message: dict[str, Any] = json.loads(self._out.read(length))
        if message.get("method") == "workspace/configuration":
            wanted = [_nested(self._settings).get(item["section"]) for item in message["params"]["items"]]
            self._send({"id": message["id"], "result": wanted})
        elif "method" in message and "id" in message:
            self._send({"id": message["id"], "result": None})
        elif message.get("method") == "textDocument/publishDiagnostics":
            self._told.append(message)
        return message

    def _send(self, message: dict[str, Any]) -> None:
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._in.write(b"Content-Length: %d\r\n\r\n%b" % (len(content), content))
        self._in.flush()


@contextmanager
def editor(command: list[str], folder: Path, settings: dict[str, Any]) -> Iterator[Editor]:
    """An editor that has started a language server, and ends it."""
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        try:
            one = Editor(server, folder, settings)
            yield one
            one.ask("shutdown", None)
            one.tell("exit", None)
            server.wait(timeout=20)
        finally:
            server.kill()


def _nested(settings: dict[str, Any]) -> dict[str, Any]:
    """Settings as VS Code hands them on: `yaml.schemas` is `schemas` in `yaml`."""
    nested: dict[str, Any] = {}
    for name, value in settings.items():
        section, _, key = name.partition(".")
        nested.setdefault(section, {})[key] = value
    return nested
