"""The operator's command: what it prints, what it refuses, and its exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.house import AMARA, COUNCILS, OLU

ROOT = COUNCILS.parents[1]
WESTSHIRE = str(COUNCILS / "westshire")


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database with Westshire in it, made by the command itself."""
    url = f"sqlite:///{tmp_path_factory.mktemp('cli') / 'cpbot.db'}"
    done = cpbot("load", WESTSHIRE, url=url)
    assert done.returncode == 0, done.stderr
    return url


def cpbot(*arguments: str, url: str = "", stdin: str = "", **env: str) -> subprocess.CompletedProcess[str]:
    """Run the command as an operator would."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("CPBOT_")}
    settings = {"CPBOT_DATABASE_URL": url} if url else {}
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**clean, **settings, **env},
        timeout=120,
    )


def test_loading_again_changes_nothing(loaded: str) -> None:
    again = cpbot("load", WESTSHIRE, url=loaded)
    assert again.returncode == 0
    assert again.stdout.startswith("Loaded: ")
    assert "added" not in again.stdout
    assert "changed" not in again.stdout


def test_a_dry_run_changes_nothing(loaded: str, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("email,name,roles\nnew.face@westshire.example,New Face,member\n", encoding="utf-8")
    assert "Would load: 1 added" in cpbot("load", str(people), "--dry-run", url=loaded).stdout
    assert "Nobody here" in cpbot("chat", "--as", "new.face@westshire.example", url=loaded).stderr


def test_a_bad_file_is_refused_whole_with_its_line(loaded: str, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text(
        "email,name,roles\ngood.one@westshire.example,Good One,member\nbad.one@westshire.example,Bad One,councilor\n",
        encoding="utf-8",
    )
    refused = cpbot("load", str(people), url=loaded)
    assert refused.returncode == 1
    assert "people.csv line 3" in refused.stderr
    assert "councilor" in refused.stderr
    assert "Nothing was changed" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert "Nobody here" in cpbot("chat", "--as", "good.one@westshire.example", url=loaded).stderr


def test_chat_prints_one_json_object_a_reply(loaded: str) -> None:
    done = cpbot("chat", "--as", AMARA, "--json", url=loaded, stdin="when is the next meeting\n\nhelp\n")
    replies = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(replies) == 2
    assert set(replies[0]) == {"text", "parts", "command", "buttons", "private"}
    assert replies[0]["command"] == "next meeting"
    assert {"label", "says"} == set(replies[0]["buttons"][0])


def test_chat_in_plain_text_and_in_a_channel(loaded: str) -> None:
    assert (
        "Corporate Parenting Panel" in cpbot("chat", "--as", AMARA, url=loaded, stdin="next meeting\n").stdout
    )
    private = cpbot(
        "chat", "--as", AMARA, "--channel", "general", url=loaded, stdin="contact housing for a care leaver\n"
    )
    assert "only you can see this" in private.stdout.lower()


def test_a_stranger_cannot_chat(loaded: str) -> None:
    done = cpbot("chat", "--as", "nobody@nowhere.example", url=loaded)
    assert done.returncode == 1
    assert done.stderr.strip() == "Nobody here has the e-mail address nobody@nowhere.example."


def test_ask_answers_from_the_directory(loaded: str) -> None:
    answer = json.loads(
        cpbot("ask", "who do I contact about housing for a care leaver", "--json", url=loaded).stdout
    )
    assert answer["answer"] in ("sure", "unsure")
    assert answer["entries"][0]["id"] == "lc-accommodation"
    assert set(answer["entries"][0]) == {"id", "title", "score", "because"}


def test_understand_reads_lines_and_json(loaded: str) -> None:
    lines = (
        'apologies for the 8th\n{"text": "tomorrow at 10am", "now": "2026-11-23T09:30:00", "card": "none"}\n'
    )
    read = [json.loads(x) for x in cpbot("understand", "--json", stdin=lines).stdout.splitlines()]
    assert set(read[0]) == {"intent", "confidence", "urgent", "slots", "when", "identifiers"}
    assert read[0]["intent"] == "rsvp_no"
    assert read[1]["when"] == {"kind": "datetime", "value": "2026-11-24T10:00"}
    assert cpbot("understand", stdin='{"text": "x", "now": "soon"}\n').returncode == 1


def test_the_score_of_a_directory(loaded: str, tmp_path: Path) -> None:
    questions = tmp_path / "q.jsonl"
    questions.write_text(
        '{"q": "housing for a care leaver", "gold": ["lc-accommodation"]}\n{"q": "my bins", "gold": []}\n'
    )
    for extra in ([], ["--directory", f"{WESTSHIRE}/directory.yaml"]):
        figures = json.loads(cpbot("score", "directory", str(questions), "--json", *extra, url=loaded).stdout)
        assert {
            "top1",
            "top3",
            "mrr",
            "unknown_precision",
            "unknown_recall",
            "misled",
            "sure",
            "sure_right",
        } <= set(figures)
        assert figures["top1"] == 1.0
    questions.write_text('{"q": 1}\n')
    bad = cpbot("score", "directory", str(questions), url=loaded)
    assert bad.returncode == 1
    assert "line 1" in bad.stderr.replace(":1", " line 1")


@pytest.mark.parametrize("register", ["actions", "attendance", "responses", "deliveries", "awareness"])
@pytest.mark.parametrize("form", ["csv", "json", "xlsx"])
def test_every_register_exports(loaded: str, tmp_path: Path, register: str, form: str) -> None:
    out = tmp_path / f"{register}.{form}"
    done = cpbot("export", register, "--format", form, "--out", str(out), url=loaded)
    assert done.returncode == 0, done.stderr
    assert out.exists()


def test_subject_access_and_erasure(loaded: str) -> None:
    assert "actions raised" in cpbot("person", "show", AMARA, url=loaded).stdout
    held = json.loads(cpbot("person", "export", AMARA, url=loaded).stdout)
    assert held["person"][0]["email"] == AMARA
    someone = "graham.pennock@westshire.example"
    assert cpbot("person", "erase", someone, "--yes", url=loaded).returncode == 0
    gone = cpbot("person", "show", someone, url=loaded)
    assert gone.returncode == 1
    assert "Nobody here" in gone.stderr
    assert "drafts" in cpbot("retain", "--dry-run", url=loaded).stdout


def test_serve_refuses_and_lists_everything_that_is_missing(loaded: str) -> None:
    refused = cpbot("serve", url=loaded, CPBOT_SLACK_BOT_TOKEN="x", CPBOT_TEAMS_CLIENT_ID="y")
    assert refused.returncode == 1
    for name in ("CPBOT_SECRET", "CPBOT_SLACK_SIGNING_SECRET", "CPBOT_TEAMS_TENANT_ID"):
        assert name in refused.stderr
    check = cpbot("check", url=loaded)
    assert check.returncode == 1
    assert "CPBOT_SECRET" in check.stdout
    assert "no chat account" in check.stdout


def test_preview_shows_words_without_sending() -> None:
    assert "<c.phone>" in cpbot("preview", "contacts", "card").stdout
    assert json.loads(cpbot("preview", "contacts", "card", "--as", "slack").stdout)["blocks"]
    missing = cpbot("preview", "contacts", "nowhere")
    assert missing.returncode == 1
    assert "It has" in missing.stderr


@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [
        (["nonsense"], 2, "No such command"),
        (["load"], 2, "Missing argument"),
        (["load", "/nowhere/at/all"], 2, "does not exist"),
        (["export", "secrets"], 2, "is not one of"),
        (["import", "moderngov"], 2, "either --url or --file"),
        (["import", "openreferral", "--url", "ftp://x.example"], 1, "https://"),
    ],
)
def test_wrong_usage_is_two_and_no_is_one(
    loaded: str, arguments: list[str], status: int, sentence: str
) -> None:
    done = cpbot(*arguments, url=loaded)
    assert done.returncode == status
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("url", ["sqlite:////nowhere/at/all/x.db", "postgresql://u:p@127.0.0.1:1/x"])
def test_a_database_that_is_not_there_is_said_in_a_sentence(url: str) -> None:
    done = cpbot("ask", "housing", url=url)
    assert done.returncode == 1
    assert "cannot be reached" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_empty_database_says_what_to_run(tmp_path: Path) -> None:
    done = cpbot("chat", "--as", OLU, url=f"sqlite:///{tmp_path / 'new.db'}")
    assert done.returncode == 1
    assert "cpbot migrate" in done.stderr
    assert "revision 0002" in cpbot("migrate", url=f"sqlite:///{tmp_path / 'new.db'}").stdout


def test_importing_saved_answers(loaded: str, tmp_path: Path) -> None:
    from tests.sources.test_moderngov import MEETING, councillor, roll

    members = tmp_path / "members.xml"
    members.write_bytes(roll(*(councillor(n) for n in range(12))))
    shrunk = cpbot("import", "moderngov", "--file", str(members), url=loaded)
    assert shrunk.returncode == 1
    assert "too few to be right" in shrunk.stderr
    forced = cpbot("import", "moderngov", "--file", str(members), "--force", url=loaded)
    assert "12 added" in forced.stdout
    meeting = tmp_path / "meeting.xml"
    meeting.write_bytes(MEETING)
    assert "1 added" in cpbot("import", "moderngov", "--file", str(meeting), url=loaded).stdout
    page = tmp_path / "page.html"
    page.write_text("<html></html>")
    assert "web page" in cpbot("import", "moderngov", "--file", str(page), url=loaded).stderr


def test_importing_contacts(loaded: str, tmp_path: Path) -> None:
    feed = tmp_path / "feed.json"
    feed.write_text(
        json.dumps({"contents": [{"id": "A", "name": "Drop-in", "status": "active"}], "total_pages": 1})
    )
    done = cpbot("import", "openreferral", "--file", str(feed), url=loaded)
    assert "1 added" in done.stdout
    assert "neither phone nor e-mail" in done.stdout


def test_loading_again_says_what_it_kept_of_what_was_changed_in_chat(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'cpbot.db'}"
    cpbot("load", WESTSHIRE, url=url)
    read = cpbot(
        "chat", "--as", OLU, "--json", url=url, stdin="meeting move M-12 to 30 November 2027 6pm\n"
    ).stdout
    yes = next(b["says"] for b in json.loads(read)["buttons"] if b["label"].startswith("Yes"))
    assert cpbot("chat", "--as", OLU, url=url, stdin=f"{yes}\n").returncode == 0
    again = cpbot("load", WESTSHIRE, url=url).stdout
    assert "kept the date and time changed in chat, for the file says nothing new." in again
    assert "30 November 2027, 6pm" in cpbot("chat", "--as", AMARA, url=url, stdin="dates\n").stdout
