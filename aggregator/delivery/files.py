"""A folder: the digest as HTML, plain text, Markdown and JSON, each file whole or not there.

The key of a delivery is kept beside the files, so that a repeat finds what stands there and writes nothing.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError, field_validator, model_validator

from aggregator.errors import DeliveryError
from aggregator.models import Digest, Receipt
from aggregator.protocols import Channel, Secrets
from aggregator.render import as_html, as_json, as_markdown, as_text

FORMS: tuple[tuple[str, Callable[[Digest], str]], ...] = (
    ("html", as_html),
    ("txt", as_text),
    ("md", as_markdown),
    ("json", as_json),
)
RECEIPTS = ".receipts"


class Options(BaseModel, extra="forbid"):
    """What `files:` takes in sources.yaml: a folder, or a mapping with one."""

    folder: Path

    @model_validator(mode="before")
    @classmethod
    def _plain_folder(cls, given: Any) -> Any:
        return {"folder": given} if isinstance(given, str | Path) else given

    @field_validator("folder")
    @classmethod
    def _home(cls, folder: Path) -> Path:
        return folder.expanduser()


class Kept(BaseModel):
    """What a receipt file holds."""

    key: str
    files: list[str]
    at: datetime


class Files:
    """The channel behind `files: FOLDER`."""

    def __init__(self, options: Options) -> None:
        self.folder = options.folder

    def find(self, key: str) -> Receipt | None:
        """Say whether the digest of this delivery stands in the folder, whole."""
        try:
            kept = Kept.model_validate_json(self._receipt(key).read_text(encoding="utf-8"))
        except (OSError, ValidationError, UnicodeDecodeError):
            return None
        there = kept.key == key and kept.files and all((self.folder / name).is_file() for name in kept.files)
        return Receipt(str(self.folder / kept.files[0]), kept.at) if there else None

    def send(self, digest: Digest, key: str) -> Receipt:
        """Write the digest in every form, the receipt last. Raises DeliveryError where the folder can't take it."""
        if found := self.find(key):
            return found
        names = [f"{digest.id}.{ending}" for ending, _ in FORMS]
        for name, (_, render) in zip(names, FORMS, strict=True):
            self._write(self.folder / name, render(digest))
        at = datetime.fromtimestamp((self.folder / names[0]).stat().st_mtime, UTC)
        kept = {"key": key, "files": names, "at": at.isoformat()}
        self._write(self._receipt(key), json.dumps(kept, indent=1) + "\n")
        return Receipt(str(self.folder / names[0]), at)

    def _receipt(self, key: str) -> Path:
        return self.folder / RECEIPTS / f"{hashlib.sha256(key.encode()).hexdigest()[:24]}.json"

    def _write(self, path: Path, text: str) -> None:
        """Write beside the file, then put it in its place: a crash leaves the old one or the new one."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
            try:
                with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                    file.write(text)
                    file.flush()
                    os.fsync(file.fileno())
                Path(name).chmod(0o644)
                Path(name).replace(path)
            except BaseException:
                with suppress(OSError):
                    Path(name).unlink()
                raise
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            todo = "Make room, or name another folder; nothing that was stored is lost."
            raise DeliveryError(f"the digest could not be written: {reason}", where=str(path.parent), todo=todo) from error


def factory(options: Options, secrets: Secrets, tools: Any) -> Channel:  # noqa: ARG001  # the joint's arguments
    """Build the channel; it needs no secret and no tool."""
    return Files(options)
