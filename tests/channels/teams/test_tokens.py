"""Where tokens come from: msal with a secret or a certificate, or an endpoint on this machine."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import jwt
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from bot.channels.teams.tokens import (
    BOT_SCOPE,
    GRAPH_SCOPE,
    EntraTokens,
    LocalTokens,
    NoToken,
    tokens_for,
)
from bot.errors import SetupError
from tests.support.teams import BOT, TENANT, FakeTeams, TeamsOptions, signing_key

LOGIN = f"https://login.microsoftonline.com/{TENANT}"


class Said:
    """An answer as msal reads it."""

    def __init__(self, status: int, body: dict[str, Any]) -> None:
        self.status_code = status
        self.text = json.dumps(body)
        self.headers: dict[str, str] = {}


class Entra:
    """Entra, as msal talks to it."""

    def __init__(self, **refusal: str) -> None:
        self.refusal = refusal
        self.asked: list[dict[str, list[str]]] = []

    def get(self, url: str, **_: Any) -> Said:
        ends = {"token_endpoint": f"{LOGIN}/oauth2/v2.0/token", "issuer": f"{LOGIN}/v2.0", "metadata": []}
        return Said(200, {**ends, "authorization_endpoint": f"{LOGIN}/oauth2/v2.0/authorize"})

    def post(self, url: str, data: Any = None, **_: Any) -> Said:
        self.asked.append({k: [v] for k, v in data.items()} if isinstance(data, dict) else parse_qs(data))
        if self.refusal:
            return Said(401, self.refusal)
        return Said(200, {"access_token": f"t{len(self.asked)}", "expires_in": 3600, "token_type": "Bearer"})

    def close(self) -> None:
        pass


async def test_a_token_is_kept_for_each_scope() -> None:
    entra = Entra()
    tokens = EntraTokens(BOT, TENANT, "s3cret", entra)
    assert [await tokens.get(), await tokens.get(), tokens.take(GRAPH_SCOPE)] == ["t1", "t1", "t2"]
    assert [a["scope"] for a in entra.asked] == [[BOT_SCOPE], [GRAPH_SCOPE]]
    assert entra.asked[0]["client_secret"] == ["s3cret"]


def test_a_refusal_says_why_and_never_the_secret() -> None:
    entra = Entra(error="invalid_client", error_description="AADSTS7000222: s3cret")
    with pytest.raises(NoToken, match=r"^invalid_client$"):
        EntraTokens(BOT, TENANT, "s3cret", entra).take(BOT_SCOPE)


@pytest.fixture
def pem(tmp_path: Path) -> Path:
    """A certificate of our own with its key, in one file."""
    key = signing_key()
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "panel")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(7).not_valid_before(now).not_valid_after(now + timedelta(days=1))
    shown = made.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path = tmp_path / "bot.pem"
    path.write_bytes(shown + secret)
    return path


def test_a_certificate_signs_the_question(pem: Path) -> None:
    options = _Options("", teams_client_secret="", teams_client_certificate=str(pem))
    tokens = tokens_for(options)
    assert isinstance(tokens, EntraTokens)
    entra = Entra()
    tokens._options["http_client"] = entra
    assert tokens.take(BOT_SCOPE) == "t1"
    assertion = entra.asked[0]["client_assertion"][0]
    claims = jwt.decode(
        assertion, signing_key().public_key(), ["PS256", "RS256"], audience=f"{LOGIN}/oauth2/v2.0/token"
    )
    assert claims["iss"] == BOT
    assert "client_secret" not in entra.asked[0]


@pytest.mark.parametrize("content", [None, "", "nonsense", "é", "-----BEGIN CERTIFICATE-----"])
def test_a_certificate_that_is_none_is_told_at_once(content: str | None, tmp_path: Path) -> None:
    path = tmp_path / "bot.pem"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(SetupError, match="CPBOT_TEAMS_CLIENT_CERTIFICATE"):
        tokens_for(_Options("", teams_client_certificate=str(path)))


class _Options(TeamsOptions):
    """Settings without a token endpoint of their own."""

    @property
    def teams_token_url(self) -> str:
        return ""


def test_nothing_is_asked_before_a_token_is_needed() -> None:
    tokens = tokens_for(_Options(""))
    assert isinstance(tokens, EntraTokens)
    assert tokens._client is None


@pytest.mark.parametrize("name", ["teams_client_id", "teams_tenant_id"])
def test_bot_and_tenant_must_be_named(name: str) -> None:
    with pytest.raises(SetupError, match="CPBOT_TEAMS_CLIENT_ID and CPBOT_TEAMS_TENANT_ID"):
        tokens_for(replace(_Options(""), **{name: ""}))


@pytest.mark.parametrize(
    "url",
    [
        "https://login.example/token",
        "http://127.0.0.1.evil.example/token",
        "http://127.0.0.1@evil.example/token",
        "file:///etc/passwd",
        "http://[",
        "127.0.0.1:80",
        "http://0.0.0.0/token",
    ],
)
def test_an_endpoint_elsewhere_is_refused(url: str) -> None:
    class Elsewhere(TeamsOptions):
        teams_token_url = url

    with pytest.raises(SetupError, match="CPBOT_TEAMS_TOKEN_URL"):
        tokens_for(Elsewhere(""))


async def test_an_endpoint_on_this_machine_is_asked_once(fake: FakeTeams) -> None:
    tokens = tokens_for(TeamsOptions(fake.url))
    assert isinstance(tokens, LocalTokens)
    assert [await tokens.get(), tokens.take(BOT_SCOPE), tokens.take(GRAPH_SCOPE)] == [
        "given-1",
        "given-1",
        "given-2",
    ]


@pytest.mark.parametrize("path", ["/nowhere", "/v1/.well-known/keys"])
def test_an_endpoint_that_gives_none(path: str, fake: FakeTeams) -> None:
    with pytest.raises(NoToken):
        LocalTokens(f"{fake.url}{path}", BOT, "").take(BOT_SCOPE)
