"""`cpbot ask`, `score` and `understand`: the language parts by themselves."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from bot.cli.common import open_house
from bot.clock import LONDON
from bot.errors import SetupError

AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.command()
@click.argument("question")
@AS_JSON
def ask(question: str, as_json: bool) -> None:
    """The directory's answer to QUESTION."""
    from bot.services.contacts import directory
    from bot.store.work import Work

    with open_house() as house:
        answer = house.db.run_sync(
            lambda s: directory(Work(s, house.clock.now())).answer(question),
        )
    entries = [
        {"id": h.entry_id, "title": h.title, "score": round(h.score, 4), "because": h.because}
        for h in answer.hits[:3]
    ]
    if as_json:
        click.echo(json.dumps({"answer": answer.tier, "entries": entries}, ensure_ascii=False))
        return
    click.echo(answer.tier)
    for entry in entries:
        click.echo(f"{entry['score']:.2f}  {entry['id']}  {entry['title']}  ({entry['because']})")


@click.group()
def score() -> None:
    """Measure language against labelled lines."""


@score.command("directory")
@click.argument("questions", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--directory", "file", type=click.Path(exists=True, path_type=Path), help="A directory file.")
@AS_JSON
def score_directory(questions: Path, file: Path | None, as_json: bool) -> None:
    """How well the directory answers QUESTIONS, a JSONL file of {"q", "gold"}."""
    from bot.language.score_directory import read_questions
    from bot.language.score_directory import score as measure

    _print(measure(_directory(file), _read(read_questions, questions)), as_json)


@score.command("understanding")
@click.argument("utterances", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@AS_JSON
def score_understanding(utterances: Path, as_json: bool) -> None:
    """How well UTTERANCES, a JSONL file of {"text", "intent"}, are understood."""
    from bot.language.score_understanding import read_utterances
    from bot.language.score_understanding import score as measure

    _print(measure(_read(read_utterances, utterances)), as_json)


@click.command()
@AS_JSON
def understand(as_json: bool) -> None:
    """What each line of standard input means: plain text, or {"text", "now", "card"}."""
    from bot.language.understand import understand as read

    for line in _lines():
        text, now, card = _asked(line)
        meant = read(text, now=now, card=card)
        shown = meant.to_json()
        click.echo(json.dumps(shown, ensure_ascii=False) if as_json else _in_words(shown))


def _lines() -> Iterator[str]:
    for line in sys.stdin:
        if line.strip():
            yield line.rstrip("\n")


def _asked(line: str) -> tuple[str, datetime, str | None]:
    """A line of input as text, the moment in London, and the card being answered."""
    data: dict[str, Any] = {}
    if line.lstrip().startswith("{"):
        try:
            loaded = json.loads(line)
            data = loaded if isinstance(loaded, dict) and "text" in loaded else {}
        except ValueError:
            data = {}
    try:
        now = datetime.fromisoformat(data["now"]) if data.get("now") else datetime.now(LONDON)
    except (TypeError, ValueError):
        raise SetupError(f'"now" must be an ISO date and time, not {data.get("now")!r}.') from None
    card = data.get("card")
    moment = now if now.tzinfo else now.replace(tzinfo=LONDON)
    return str(data.get("text", line)), moment, str(card) if card and card != "none" else None


def _in_words(shown: dict[str, Any]) -> str:
    urgent = " URGENT" if shown["urgent"] else ""
    when = f" when={shown['when']['value']}" if shown["when"]["value"] else ""
    return f"{shown['intent']} ({shown['confidence']:.2f}){urgent}{when} {shown['slots'] or ''}".rstrip()


def _directory(file: Path | None) -> Any:
    from bot.language.directory import Directory
    from bot.services.contacts import directory
    from bot.store.work import Work

    if file is None:
        with open_house() as house:
            return house.db.run_sync(lambda s: directory(Work(s, house.clock.now())))
    from bot.council.problems import CouncilErrors
    from bot.council.read import read_paths
    from bot.services.loading import entry_from_file

    try:
        folder = read_paths([file])
    except CouncilErrors as errors:
        raise SetupError(str(errors)) from None
    return Directory([entry_from_file(e) for e in folder.directory])


def _read(reader: Any, path: Path) -> Any:
    try:
        return reader(path)
    except (ValueError, UnicodeDecodeError) as error:
        raise SetupError(str(error)) from None


def _print(figures: dict[str, Any], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(figures))
        return
    for name, value in figures.items():
        click.echo(
            f"{name.replace('_', ' '):22} {value:.3f}"
            if isinstance(value, float)
            else f"{name.replace('_', ' '):22} {value}"
        )
