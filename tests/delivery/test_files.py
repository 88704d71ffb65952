"""The channel `files`: a digest in a folder, whole or not at all, once."""

import json
import os
from pathlib import Path

import pytest
from pydantic import ValidationError

from aggregator.delivery.files import Files, Options, factory
from aggregator.errors import DeliveryError
from aggregator.models import DigestId, Receipt
from tests.make import digest

NAMES = ["2026-03-02-abcdef.html", "2026-03-02-abcdef.json", "2026-03-02-abcdef.md", "2026-03-02-abcdef.txt"]


def channel(folder: Path) -> Files:
    return Files(Options(folder=folder))


def standing(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_file())


def test_a_digest_is_written_in_every_form(tmp_path: Path):
    receipt = channel(tmp_path / "new" / "folder").send(digest(), "key")
    assert standing(tmp_path / "new" / "folder") == NAMES
    assert receipt.reference == str(tmp_path / "new" / "folder" / NAMES[0])
    assert json.loads((tmp_path / "new" / "folder" / NAMES[1]).read_text(encoding="utf-8"))["id"] == "2026-03-02-abcdef"


def test_what_was_sent_is_found(tmp_path: Path):
    files = channel(tmp_path)
    assert files.find("key") is None
    receipt = files.send(digest(), "key")
    assert files.find("key") == receipt
    assert files.find("another") is None


def test_a_repeat_writes_nothing(tmp_path: Path):
    files = channel(tmp_path)
    first = files.send(digest(), "key")
    (tmp_path / NAMES[0]).write_text("mine", encoding="utf-8")
    assert files.send(digest(), "key") == first
    assert (tmp_path / NAMES[0]).read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("name", NAMES)
def test_a_digest_of_which_a_file_is_missing_is_sent_again(tmp_path: Path, name: str):
    files = channel(tmp_path)
    files.send(digest(), "key")
    (tmp_path / name).unlink()
    assert files.find("key") is None
    files.send(digest(), "key")
    assert standing(tmp_path) == NAMES


@pytest.mark.parametrize(
    "garbage", [b"", b"{}", b"[1]", b"\xff\xfe", b'{"key": "key", "files": [], "at": "2026-03-09T00:00:00Z"}']
)
def test_a_broken_receipt_is_none(tmp_path: Path, garbage: bytes):
    files = channel(tmp_path)
    files.send(digest(), "key")
    [receipt] = (tmp_path / ".receipts").iterdir()
    receipt.write_bytes(garbage)
    assert files.find("key") is None


def test_two_digests_stand_beside_each_other(tmp_path: Path):
    files = channel(tmp_path)
    files.send(digest(), "one")
    files.send(digest(id=DigestId("2026-03-09-ghijkl")), "two")
    assert len(standing(tmp_path)) == 8
    assert isinstance(files.find("one"), Receipt)


def test_a_digest_written_again_has_the_same_bytes(tmp_path: Path):
    edition = digest()
    channel(tmp_path / "a").send(edition, "key")
    channel(tmp_path / "b").send(edition, "key")
    for name in NAMES:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_a_folder_that_is_a_file_is_said_in_one_line(tmp_path: Path):
    (tmp_path / "taken").write_text("", encoding="utf-8")
    with pytest.raises(DeliveryError, match=r"taken: the digest could not be written: .*\. Make room") as caught:
        channel(tmp_path / "taken").send(digest(), "key")
    assert "\n" not in str(caught.value)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_said(tmp_path: Path):
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(DeliveryError, match="permission denied"):
            channel(tmp_path).send(digest(), "key")
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_a_full_disk_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DeliveryError, match="no space left on device"):
        channel(tmp_path).send(digest(), "key")
    assert standing(tmp_path) == []


@pytest.mark.parametrize("given", ["~/digests", {"folder": "~/digests"}], ids=["plain", "mapping"])
def test_options_are_a_folder(given: object):
    assert Options.model_validate(given).folder == Path.home() / "digests"


@pytest.mark.parametrize("given", [None, {}, {"folder": "x", "colour": "red"}, 7], ids=repr)
def test_other_options_are_refused(given: object):
    with pytest.raises(ValidationError):
        Options.model_validate(given)


def test_the_factory_builds_it(tmp_path: Path):
    assert factory(Options(folder=tmp_path), None, None).find("key") is None  # type: ignore[arg-type]  # it asks for no secret
