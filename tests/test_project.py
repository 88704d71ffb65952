"""The project as a whole: what its files may not say, and what they must say alike."""

import ast
import re
import subprocess
import tomllib
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

import aggregator
from aggregator.settings import Settings

ROOT = Path(__file__).parents[1]
ROOMS = sorted(path.parent.name for path in (ROOT / "aggregator").glob("*/__init__.py"))
SHELF = "text"  # pure functions: its pages are used by their own names, and the room has no front
REGISTRIES = ["py" + "pi.org", "python" + "hosted.org", "registry." + "npmjs", "deb." + "debian.org", "crates" + ".io"]
MACHINE = re.compile(r"(?<![\w./~])/(?:work|root|opt/py" + r"pi)/[\w.]")


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode != 0:
        pytest.skip("not a git checkout: nobody says which files are tracked")
    files = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    return [file for file in files if file.is_file()]


def texts() -> list[tuple[str, str]]:
    pairs = []
    for file in tracked():
        content = file.read_bytes()
        if b"\0" not in content[:8000]:
            pairs.append((str(file.relative_to(ROOT)), content.decode("utf-8", "replace")))
    return pairs


def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_no_file_names_a_package_registry():
    assert [(name, host) for name, text in texts() for host in REGISTRIES if host in text] == []


def test_no_file_names_a_path_of_one_machine():
    assert [(name, found.group()) for name, text in texts() if (found := MACHINE.search(text))] == []


def test_a_lock_holds_hashes_and_no_address():
    for name in ["requirements.lock", "requirements-dev.lock"]:
        text = (ROOT / name).read_text(encoding="utf-8")
        pins = re.findall(r"^[a-z0-9][\w.-]*==.*?(?=^[a-z0-9]|\Z)", text, re.MULTILINE | re.DOTALL)
        assert pins
        assert [pin.split(" ")[0] for pin in pins if "--hash=sha256:" not in pin] == []
        assert "://" not in text
        assert "--index" not in text


def test_the_development_lock_holds_the_versions_of_the_other():
    def pinned(name: str) -> set[str]:
        return set(re.findall(r"^([a-z0-9][\w.-]*==[^\s;]+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))

    assert pinned("requirements.lock") <= pinned("requirements-dev.lock")


def test_every_dependency_is_in_the_lock():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    names = [re.split(r"[\[<>=]", wanted)[0] for wanted in project()["project"]["dependencies"]]
    assert [name for name in names if not re.search(rf"^{re.escape(name.replace('.', '-'))}==", lock, re.MULTILINE)] == []


def test_the_version_stands_in_two_places_and_is_one():
    assert project()["project"]["version"] == aggregator.__version__


def test_the_changelog_knows_the_version():
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## [{aggregator.__version__}]" in changelog
    assert "## [Unreleased]" in changelog


@pytest.mark.parametrize("name", ["LICENSE", "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "Makefile"])
def test_a_project_has(name: str):
    assert (ROOT / name).read_text(encoding="utf-8").strip()


def test_the_licence_is_mit():
    assert "MIT License" in (ROOT / "LICENSE").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", ["digest", "demo", "test", "check", "bench", "lock"])
def test_make_offers(command: str):
    assert re.search(rf"^{command}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def test_settings_are_documented_as_they_are():
    table, _, _ = (ROOT / "docs/settings.md").read_text(encoding="utf-8").partition("\n## ")
    rows = re.findall(r"^\| `([A-Z_]+)` \| ([^|]+?) \|", table, re.MULTILINE)
    fields = {str(field.validation_alias): field.description for field in Settings.model_fields.values()}
    assert dict(rows) == fields


@pytest.mark.parametrize("page", sorted((ROOT / "docs").glob("*.md")), ids=lambda page: page.name)
def test_every_link_between_our_pages_leads_somewhere(page: Path):
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"])
def test_every_link_on_the_front_pages_leads_somewhere(name: str):
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", (ROOT / name).read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not (ROOT / link).exists()] == []


def test_the_tests_that_hold_a_promise_are_there():
    named = re.findall(r"`(tests/[\w/.]+)`", (ROOT / "SECURITY.md").read_text(encoding="utf-8"))
    assert named
    assert [name for name in named if not (ROOT / name).is_file()] == []


def test_the_index_names_every_page():
    index = (ROOT / "docs/index.md").read_text(encoding="utf-8")
    pages = sorted(page.name for page in (ROOT / "docs").glob("*.md"))
    assert [page for page in pages if page != "index.md" and f"({page})" not in index] == []


@pytest.mark.parametrize("room", [room for room in ROOMS if room != SHELF])
def test_a_room_offers_what_its_list_says(room: str):
    module = import_module(f"aggregator.{room}")
    offered = list(getattr(module, "__all__", []))
    assert [name for name in offered if not hasattr(module, name)] == []
    own = [
        name
        for name, value in vars(module).items()
        if not name.startswith("_")
        and not isinstance(value, ModuleType)
        and str(getattr(value, "__module__", "")).startswith(f"aggregator.{room}")
    ]
    assert sorted(set(own) - set(offered)) == []


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_uses_of_another_only_what_that_offers(room: str):
    strangers = []
    for file in sorted((ROOT / "aggregator" / room).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith("aggregator."):
                continue
            _, other, *inside = (node.module or "").split(".")
            if other in {room, SHELF} or other not in ROOMS:
                continue
            offered = getattr(import_module(f"aggregator.{other}"), "__all__", [])
            strangers += [
                f"{file.name}: {node.module}.{alias.name}" for alias in node.names if inside or alias.name not in offered
            ]
    assert strangers == []
