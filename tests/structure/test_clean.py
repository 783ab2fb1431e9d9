"""Nothing in the project that should not be there: hosts, machine paths, secrets, real people's numbers."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = {
    ".py",
    ".md",
    ".yaml",
    ".yml",
    ".csv",
    ".toml",
    ".lock",
    ".sh",
    ".json",
    ".tsv",
    ".txt",
    ".css",
    ".js",
    ".html",
    "",
}
HELPLINES = {"0808 800 5000", "0800 1111", "116 123", "116 000", "08000 121 700"}
LISTS_HELPLINES = {"identifiers_contact.py"}
"""Public helplines are facts about the country, and no child's number: the list of them stands here."""
REGISTRY_HOST = re.compile(r"https?://[^\s\"']*/(?:simple|packages)/|//registry[.]|index-url\s*=|extra-index")
MACHINE_PATH = re.compile(r"(?:^|[\s\"'(=])/(?:work|root|farm|home/\w+)/")
SECRET = re.compile(r"xox[bap]-[0-9A-Za-z-]{20,}|-----BEGIN (?:RSA |EC )?PRIVATE KEY|AKIA[0-9A-Z]{16}")
PHONE = re.compile(r"(?<![\w.])0(?:1\d{3}|2\d|7\d{3}|80\d)[ ]?\d{3,4}[ ]?\d{3,4}(?![\w.])")
DRAMA = re.compile(r"^0(?:1632960\d{3}|7700900\d{3}|2079460\d{3}|8081570\d{3})$")


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    paths = [ROOT / line for line in listed.splitlines()]
    return [p for p in paths if p.suffix in TEXT and p.is_file() and p != Path(__file__)]


@pytest.mark.parametrize("pattern", [REGISTRY_HOST, MACHINE_PATH, SECRET], ids=["registry", "path", "secret"])
def test_no_file_names_what_it_must_not(pattern: re.Pattern[str]) -> None:
    found = [
        f"{p.relative_to(ROOT)}:{n}: {line.strip()[:80]}"
        for p in tracked()
        for n, line in enumerate(p.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if pattern.search(line)
    ]
    assert not found, "\n".join(found[:20])


@pytest.mark.parametrize("folder", ["deploy", "templates", "bot", "commands"])
def test_every_phone_number_is_a_drama_number_or_a_public_helpline(folder: str) -> None:
    found = []
    for path in tracked():
        if not path.is_relative_to(ROOT / folder) or "data" in path.parts or path.name in LISTS_HELPLINES:
            continue
        for number in PHONE.findall(path.read_text(encoding="utf-8", errors="replace")):
            bare = number.replace(" ", "")
            if (
                number not in HELPLINES
                and not DRAMA.match(bare)
                and bare not in {h.replace(" ", "") for h in HELPLINES}
            ):
                found.append(f"{path.relative_to(ROOT)}: {number}")
    assert not found, "\n".join(found[:20])


@pytest.mark.parametrize("folder", ["deploy/councils"])
def test_every_address_is_at_an_example_domain(folder: str) -> None:
    address = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")
    found = [
        f"{p.relative_to(ROOT)}: {m.group()}"
        for p in tracked()
        if p.is_relative_to(ROOT / folder)
        for m in address.finditer(p.read_text(encoding="utf-8"))
        if not m.group(1).endswith("example")
    ]
    assert not found, "\n".join(found[:20])
