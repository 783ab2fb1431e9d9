"""Microsoft Graph, for two things only: who is in a group, and installing the bot for people."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx

from bot.channels.teams.config import GUEST, on_this_machine
from bot.errors import SetupError

TIMEOUT = 30
TRIES = 5
LONGEST_WAIT = 60
WAIT = frozenset({429, 503, 504})
PAGES = 500
_ID = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
_USER = "id,displayName,mail,userPrincipalName,accountEnabled,userType"
_REFUSED = {
    401: "Microsoft Graph did not accept the bot's token.",
    403: "Microsoft Graph refused. The app needs the permissions in deploy/teams/README.md, with consent.",
    404: "Microsoft Graph knows no such group.",
}
Tell = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Member:
    """A person in a group. `emails` are the sign-in name and the mail address, in that order."""

    object_id: str
    name: str
    emails: tuple[str, ...]


class Graph:
    """Calls with the bot's own permissions. Every failure is a SetupError that says what to do."""

    def __init__(
        self, url: str, take: Callable[[], str], sleep: Callable[[float], None] = time.sleep
    ) -> None:
        if not url.startswith("https://") and not on_this_machine(url):
            raise SetupError("CPBOT_GRAPH_URL must be an https address.")
        self.url = url.rstrip("/")
        self._take = take
        self._sleep = sleep

    def members(self, group: str) -> list[Member]:
        """The people of a group and of the groups in it; guests and closed accounts are left out."""
        if not _ID.fullmatch(group):
            raise SetupError(f'"{group}" is not the object id of a group.')
        found = self._pages(f"{self.url}/groups/{group}/transitiveMembers?$select={_USER}&$top=999")
        return [m for one in found if (m := _member(one)) is not None]

    def install(self, client_id: str, users: Iterable[str], tell: Tell = lambda *_: None) -> Counter[str]:
        """Install the bot for people by object id; the counts of installed, already and refused."""
        app = f"{self.url}/appCatalogs/teamsApps/{self._catalogue_id(client_id)}"
        done: Counter[str] = Counter()
        everyone = list(users)
        for number, user in enumerate(everyone, 1):
            done[self._install(user, app)] += 1
            tell("people", number, len(everyone))
        return done

    def _install(self, user: str, app: str) -> str:
        url = f"{self.url}/users/{user}/teamwork/installedApps"
        said = self._call("POST", url, {"teamsApp@odata.bind": app})
        if said.status_code == 409:
            return "already"
        return "installed" if said.is_success else "refused"

    def _catalogue_id(self, client_id: str) -> str:
        if not _ID.fullmatch(client_id):
            raise SetupError("CPBOT_TEAMS_CLIENT_ID is not an application id.")
        url = f"{self.url}/appCatalogs/teamsApps?$filter=externalId eq '{client_id}'"
        found = list(self._pages(url))
        if not found:
            raise SetupError("The bot is not in the council's app catalogue. Upload its package first.")
        return str(found[0].get("id"))

    def _pages(self, url: str) -> Iterator[dict[str, Any]]:
        """Every item of a list. A next page on any other host is refused: it would be sent our token."""
        for _ in range(PAGES):
            page = self._json(url)
            yield from (one for one in page.get("value", []) if isinstance(one, dict))
            url = str(page.get("@odata.nextLink") or "")
            if not url:
                return
            if urlsplit(url)[:2] != urlsplit(self.url)[:2]:
                raise SetupError("Microsoft Graph named a next page on another host. Nothing was changed.")
        raise SetupError("The list has too many pages. Nothing was changed.")

    def _json(self, url: str) -> dict[str, Any]:
        said = self._call("GET", url)
        if not said.is_success:
            told = _REFUSED.get(said.status_code, f"Microsoft Graph answered {said.status_code}.")
            raise SetupError(told)
        try:
            found = said.json()
        except ValueError:
            found = None
        if not isinstance(found, dict):
            raise SetupError("Microsoft Graph gave an answer that cannot be read.")
        return found

    def _call(self, method: str, url: str, body: Any = None) -> httpx.Response:
        for attempt in range(1, TRIES + 1):
            try:
                said = httpx.request(method, url, json=body, headers=self._headers(), timeout=TIMEOUT)
            except httpx.HTTPError as error:
                raise SetupError(f"Microsoft Graph cannot be reached: {type(error).__name__}.") from None
            if said.status_code not in WAIT or attempt == TRIES:
                return said
            asked = said.headers.get("retry-after", "")
            self._sleep(min(float(asked) if asked.isdigit() else 2.0**attempt, LONGEST_WAIT))
        raise AssertionError("unreachable")

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._take()}"}


def _member(one: dict[str, Any]) -> Member | None:
    kind = str(one.get("@odata.type") or "#microsoft.graph.user")
    closed = one.get("accountEnabled") is False or _is_guest(one)
    if kind != "#microsoft.graph.user" or closed or not one.get("id"):
        return None
    emails = [str(one.get(k) or "").strip() for k in ("userPrincipalName", "mail")]
    known = tuple(dict.fromkeys(e for e in emails if "@" in e))
    return Member(str(one["id"]), str(one.get("displayName") or "").strip(), known)


def _is_guest(one: dict[str, Any]) -> bool:
    """By type, or by the name of an account that another organisation owns: the type may be withheld."""
    name = str(one.get("userPrincipalName") or "").upper()
    return str(one.get("userType") or "").lower() == "guest" or GUEST in name
