"""Celcoin's HTTP: its paths under one prefix, token, who is let in, and the wording of failures."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from email import message_from_bytes
from email.policy import HTTP
from urllib.parse import parse_qsl

from aiohttp import web

from bancointegra.simulator.celcoin.answers import BindingError, Content, Refusal
from bancointegra.simulator.celcoin.ledger import LedgerViolation
from bancointegra.simulator.celcoin.orders import Outcome
from bancointegra.simulator.celcoin.reading import Fields
from bancointegra.simulator.celcoin.shapes import dress
from bancointegra.simulator.faults import spoil
from bancointegra.simulator.gateway import bearer, has_certificate
from bancointegra.simulator.state import Bank

CELCOIN = "/celcoin"
_TOKEN_PATH = "/v5/token"  # noqa: S105 - a path
_TRANSACTIONS = "/v5/transactions"
_READ = "celcoin_leitura"
_WORDS: dict[int, Content] = {
    400: {"message": "Erro inesperado", "errorCode": "999"},
    403: {"message": "Forbidden"},
    404: {"statusCode": 404, "message": "Resource not found"},
    429: {"statusCode": 429, "message": "Rate limit is exceeded. Try again later."},
    500: {"message": "Erro inesperado", "errorCode": "999"},
}


class _OauthRefusal(Exception):
    """The token is refused, for the reason in OAuth's words."""


@dataclass(frozen=True, slots=True)
class _Call:
    """A request let in: who asks, the id in the path, the request itself and its JSON."""

    client_id: str
    number: int
    request: web.Request
    body: object

    @property
    def fields(self) -> Fields:
        return Fields(self.body)

    @property
    def optional_fields(self) -> Fields:
        return Fields({} if self.body is None else self.body)

    @property
    def query(self) -> dict[str, str]:
        return {key.lower(): value for key, value in self.request.query.items()}


@dataclass(frozen=True, slots=True)
class _Route:
    method: str
    path: re.Pattern[str]
    fault_route: str
    handle: Callable[[CelcoinApi, _Call], Outcome]


class CelcoinApi:
    """One handler for everything under ``CELCOIN``: unknown paths and wrong methods have Celcoin's own answers."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank
        self.celcoin = bank.celcoin

    def routes(self) -> list[web.RouteDef]:
        return [web.route("*", f"{CELCOIN}/{{tail:.*}}", self.handle)]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        try:
            if request.path == CELCOIN + _TOKEN_PATH:
                return web.json_response(await self._token(request))
            outcome = await self._answer(request)
        except BindingError as error:
            return self._json(error.body, 400)
        except Refusal as refusal:
            return self._json(refusal.body or celcoin_words(refusal.status), refusal.status)
        except _OauthRefusal as refusal:
            return web.json_response({"error": str(refusal)}, status=400)
        except LedgerViolation as violation:
            return self._json({"message": f"LEDGER: {violation}", "errorCode": "999"}, 500)
        answer = self._json(outcome.content, 200)
        if outcome.mishap is None:
            return answer
        if outcome.mishap.kind == "delay":
            await asyncio.sleep(outcome.mishap.seconds)
            return answer
        return await spoil(outcome.mishap, request, answer, celcoin_words)

    async def _answer(self, request: web.Request) -> Outcome:
        self._check_certificate(request)
        client_id = self._bank.clients.token_owner(bearer(request))
        if client_id is None or not self.celcoin.is_client(client_id):
            raise Refusal(401)
        return self._called(request, request.path.removeprefix(CELCOIN), client_id, await _read_json(request))

    def _check_certificate(self, request: web.Request) -> None:
        if self.celcoin.switches.mtls_required and not has_certificate(request):
            raise Refusal(403)

    def _called(self, request: web.Request, path: str, client_id: str, body: object) -> Outcome:
        found = [(route, match) for route in _ROUTES if (match := route.path.fullmatch(path))]
        if not found:
            raise Refusal(404)
        for route, match in found:
            if route.method == request.method:
                number = int(match.groupdict().get("number") or 0)
                with self.celcoin.up_to_date():
                    return route.handle(self, _Call(client_id, number, request, body))
        raise Refusal(405)

    async def _token(self, request: web.Request) -> Content:
        """Client credentials in the body, as multipart or urlencoded."""
        self._check_certificate(request)
        if request.method != "POST":
            raise Refusal(405)
        form = _read_form(request.headers.get("Content-Type", ""), await request.read())
        client_id = form.get("client_id", "")
        secret = self._bank.clients.secret(client_id)
        if form.get("grant_type") != "client_credentials":
            raise _OauthRefusal("unsupported_grant_type")
        if secret is None or form.get("client_secret") != secret or not self.celcoin.is_client(client_id):
            raise _OauthRefusal("invalid_client")
        seconds = self.celcoin.switches.token_seconds
        token = self._bank.clients.access_token(client_id, seconds)
        return {"access_token": token, "expires_in": seconds, "token_type": "bearer"}

    def _json(self, content: Content | list[Content] | None, status: int) -> web.Response:
        if content is None:
            return web.Response(status=status)
        text = dress(content, self.celcoin.switches)
        return web.Response(text=text, status=status, content_type="application/json")


def celcoin_words(status: int) -> Content | None:
    """The body of a failure that is not about a bill; None for one without a body."""
    return _WORDS.get(status)


def fault_route_of(method: str, path: str) -> str:
    """Which of ``faults.CELCOIN_ROUTES`` a request to Celcoin belongs to."""
    inner = path.removeprefix(CELCOIN)
    if inner == _TOKEN_PATH:
        return "celcoin_token"
    return next((r.fault_route for r in _ROUTES if r.method == method and r.path.fullmatch(inner)), _READ)


def _read_form(content_type: str, body: bytes) -> dict[str, str]:
    """The fields of an urlencoded or a multipart body, which the log has read already; none for any other."""
    if content_type.startswith("application/x-www-form-urlencoded"):
        return dict(parse_qsl(body.decode("utf-8", errors="replace")))
    message = message_from_bytes(f"Content-Type: {content_type}\r\n\r\n".encode() + body, policy=HTTP)
    return {
        str(part.get_param("name", header="content-disposition")): str(part.get_content()).strip()
        for part in message.iter_parts()
    }


async def _read_json(request: web.Request) -> object:
    """The JSON body, numbers kept exact; None when empty."""
    text = (await request.read()).decode("utf-8", errors="replace")
    if not text.strip():
        return None
    try:
        return json.loads(text, parse_float=Decimal)
    except ValueError:
        raise BindingError("$", "Unexpected character encountered while parsing value") from None


def _authorize(api: CelcoinApi, call: _Call) -> Outcome:
    return api.celcoin.orders.authorize(call.client_id, call.fields, api.celcoin.now())


def _reserve(api: CelcoinApi, call: _Call) -> Outcome:
    return api.celcoin.orders.reserve(call.client_id, call.fields, api.celcoin.now())


def _capture(api: CelcoinApi, call: _Call) -> Outcome:
    return api.celcoin.orders.capture(call.client_id, call.number, call.optional_fields, api.celcoin.now())


def _void(api: CelcoinApi, call: _Call) -> Outcome:
    return api.celcoin.orders.void(call.client_id, call.number, call.optional_fields, api.celcoin.now())


def _reverse(api: CelcoinApi, call: _Call) -> Outcome:
    return api.celcoin.orders.reverse(call.client_id, call.number, api.celcoin.now())


def _status(api: CelcoinApi, call: _Call) -> Outcome:
    return Outcome(api.celcoin.queries.status(call.client_id, call.query))


def _occurrences(api: CelcoinApi, call: _Call) -> Outcome:
    return Outcome(api.celcoin.queries.occurrences(call.client_id, call.query, api.celcoin.switches))


def _institutions(api: CelcoinApi, call: _Call) -> Outcome:
    query = call.request.query
    return Outcome(api.celcoin.queries.institutions(query.getall("Type", []), query.getall("UF", [])))


def _receipt(api: CelcoinApi, call: _Call) -> Outcome:
    return Outcome(api.celcoin.queries.receipt(call.client_id, call.number, api.celcoin.switches))


def _balance(api: CelcoinApi, call: _Call) -> Outcome:
    return Outcome(api.celcoin.queries.balance(call.client_id))


def _pendency(api: CelcoinApi, call: _Call) -> Outcome:
    return Outcome(api.celcoin.queries.pendency(call.client_id))


def _health(api: CelcoinApi, call: _Call) -> Outcome:
    return Outcome(api.celcoin.queries.health(call.query))


def _banks(api: CelcoinApi, call: _Call) -> Outcome:
    return Outcome(api.celcoin.queries.banks())


def _statement(api: CelcoinApi, call: _Call) -> Outcome:
    return Outcome(api.celcoin.conciliation.statement(call.client_id, call.query))


def _movement(api: CelcoinApi, call: _Call) -> Outcome:
    return Outcome(api.celcoin.conciliation.movement(call.client_id, call.query))


def _file_types(api: CelcoinApi, call: _Call) -> Outcome:
    return Outcome(api.celcoin.conciliation.file_types())


def _route(method: str, path: str, fault_route: str, handle: Callable[[CelcoinApi, _Call], Outcome]) -> _Route:
    return _Route(method, re.compile(path.replace("{P}", r"(?P<number>[0-9]{1,18})")), fault_route, handle)


_CONCILIATION = "/tools-conciliation/v1"
_BILLS = f"{_TRANSACTIONS}/billpayments"
_ROUTES = (
    _route("POST", f"{_BILLS}/authorize", "celcoin_consulta", _authorize),
    _route("POST", _BILLS, "celcoin_reserva", _reserve),
    _route("PUT", f"{_BILLS}/{{P}}/capture", "celcoin_confirmacao", _capture),
    _route("DELETE", f"{_BILLS}/{{P}}/void", "celcoin_anulacao", _void),
    _route("DELETE", f"{_BILLS}/{{P}}/reverse", "celcoin_estorno", _reverse),
    _route("GET", f"{_TRANSACTIONS}/status-consult", "celcoin_situacao", _status),
    _route("GET", f"{_TRANSACTIONS}/occurrency", _READ, _occurrences),
    _route("GET", f"{_TRANSACTIONS}/institutions", _READ, _institutions),
    _route("GET", f"{_TRANSACTIONS}/receipt/{{P}}", _READ, _receipt),
    _route("GET", f"{_TRANSACTIONS}/pendency", _READ, _pendency),
    _route("GET", f"{_TRANSACTIONS}/healthcheck", _READ, _health),
    _route("GET", "/v5/merchant/balance", _READ, _balance),
    _route("GET", f"{_TRANSACTIONS}/banks", _READ, _banks),
    _route("GET", f"{_CONCILIATION}/exportfile/types", _READ, _file_types),
    _route("GET", f"{_CONCILIATION}/exportfile", _READ, _movement),
    _route("GET", f"{_CONCILIATION}/ConsolidatedStatement", _READ, _statement),
)
