"""The web chat's routes: choose who you are, talk, and hear what others send you."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response, StreamingResponse
from fastapi.staticfiles import StaticFiles

from bot.channels.web import live
from bot.channels.web.channel import WebChannel
from bot.channels.web.forms import read_posted
from bot.channels.web.people import PersonCard, grouped, matching, search_words
from bot.channels.web.render import Page, Renderer
from bot.channels.web.say import say
from bot.channels.web.transcript import Entry
from bot.channels.web.trust import LOOPBACK, Doorway, Seal, Turned
from bot.clock import london_day
from bot.conversation.inbound import Handle
from bot.wording.pages import Pages

STATIC = Path(__file__).parent / "static"
People = Callable[[], Awaitable[Sequence[PersonCard]]]


def create_web(
    handle: Handle,
    people: People,
    channel: WebChannel,
    *,
    council: str,
    suggested: Sequence[str] = (),
    pages: Pages | None = None,
    hosts: frozenset[str] = LOOPBACK,
) -> FastAPI:
    """The web chat as an application to mount at "/".

    `people` are those one can be; `suggested` are the e-mail addresses shown first. It answers only to
    the names in `hosts`, whatever the port.
    """
    web = Web(handle, people, channel, council, tuple(suggested), pages or Pages())
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(Doorway, hosts=hosts)
    app.add_exception_handler(Turned, web.turned)
    app.add_api_route("/", web.choose, response_model=None)
    app.add_api_route("/as/{user_id}", web.talk, response_model=None)
    app.add_api_route("/as/{user_id}/say", web.take, methods=["POST"], response_model=None)
    app.add_api_route("/as/{user_id}/live", web.listen, response_model=None)
    app.mount("/static", StaticFiles(directory=STATIC))
    return app


class Web:
    """The endpoints, with what they share."""

    def __init__(
        self,
        handle: Handle,
        people: People,
        channel: WebChannel,
        council: str,
        suggested: tuple[str, ...],
        pages: Pages,
    ) -> None:
        self.handle = handle
        self.people = people
        self.channel = channel
        self.council = council
        self.suggested = suggested
        self.pages = pages
        self.renderer = Renderer(pages)
        self.seal = Seal(channel.clock)

    async def choose(self, request: Request) -> Response:
        """Everybody one can be, or those a search finds."""
        query = request.query_params.get("q", "").strip()[:100]
        everybody = await self.people()
        found = matching(everybody, query)
        first = [] if query else [p for e in self.suggested for p in everybody if p.email == e]
        values = {"query": query, "groups": grouped(found), "count": len(found), "first": first}
        return self._page("people.html", {**values, "words": search_words})

    async def talk(self, request: Request, user_id: str) -> Response:
        """A person's conversation."""
        person = await self._person(user_id)
        page = self._new_page(person)
        transcript = self.channel.transcript(person.user_id)
        entries = [self.renderer.show(e, page) for e in transcript.entries]
        values = {
            "person": person,
            "page": page,
            "entries": entries,
            "position": live.position(transcript),
            "people": await self.people(),
        }
        return self._page("talk.html", values)

    async def take(self, request: Request, user_id: str) -> Response:
        """Something typed or pressed: entries for the page's script, or the page again."""
        person = await self._person(user_id)
        posted = await read_posted(request)
        if not self.seal.holds(posted.csrf, person.user_id):
            raise Turned(403, "stale")
        transcript = self.channel.transcript(person.user_id)
        before = transcript.version
        focus = await say(self.handle, self.channel, person, posted)
        if not _by_script(request):
            return RedirectResponse(f"/as/{person.user_id}#{f'm{focus}' if focus else 'text'}", 303)
        page = self._new_page(person)
        entries = [live.pack(e, self._show(page)) for e in transcript.since(before)]
        return JSONResponse({"entries": entries, "focus": focus, "nonce": page.nonce})

    async def listen(self, request: Request, user_id: str) -> Response:
        """The stream of what is new, from where the page or the last connection left off."""
        person = await self._person(user_id)
        given = request.headers.get("last-event-id") or request.query_params.get("after", "")
        return StreamingResponse(self._events(person, given), media_type="text/event-stream")

    async def turned(self, request: Request, error: Exception) -> Response:
        """What a person sees who was turned away."""
        status, words = (error.status, error.words) if isinstance(error, Turned) else (500, "unreadable")
        if _by_script(request):
            return JSONResponse({"problem": words}, status)
        back = request.url.path.removesuffix("/say")
        return self._page("problem.html", {"words": words, "back": back}, status)

    def _events(self, person: PersonCard, given: str) -> AsyncIterator[str]:
        return live.stream(
            self.channel.transcript(person.user_id),
            lambda entry: self.renderer.show(entry, self._new_page(person)),
            given,
        )

    def _show(self, page: Page) -> Callable[[Entry], str]:
        return lambda entry: self.renderer.show(entry, page)

    def _new_page(self, person: PersonCard) -> Page:
        token, nonce = self.seal.make(person.user_id), secrets.token_urlsafe(16)
        return Page(person.user_id, token, nonce, london_day(self.channel.clock.now()))

    async def _person(self, user_id: str) -> PersonCard:
        person = next((p for p in await self.people() if p.user_id == user_id), None)
        if person is None:
            raise Turned(404, "nobody")
        return person

    def _page(self, template: str, values: dict[str, Any], status: int = 200) -> Response:
        return HTMLResponse(self.pages.show(template, {"council": self.council, **values}), status)


def _by_script(request: Request) -> bool:
    return "application/json" in request.headers.get("accept", "")
