"""The bank's hosts as prefixes of one port, and the handling that all of them share.

Emission and query keep apart, as in production: asking the emission host for a boleto is refused as a forbidden route.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bancointegra.simulator.answers import BankAnswer, forbidden, not_found
from bancointegra.simulator.celcoin.api import CELCOIN, celcoin_words, fault_route_of
from bancointegra.simulator.emission import Emission
from bancointegra.simulator.faults import CELCOIN_ROUTES, bank_words, spoil
from bancointegra.simulator.gateway import CERTIFICATE_ERROR_HEADER, Gateway, peer_name, read_json, remember_peer
from bancointegra.simulator.instructions import Instructions
from bancointegra.simulator.query import Query
from bancointegra.simulator.requests_log import ReceivedRequest, kept_headers, without_secret
from bancointegra.simulator.state import Bank

STS = "/sts"
EMISSAO = "/api/cash_management/v2"
CONSULTA = "/secure/boletoscash/v2"
CONTROL = "/__sim"


@dataclass(frozen=True, slots=True)
class SimulatedHosts:
    """Base addresses to give to a client, without a trailing slash."""

    token: str
    emissao: str
    consulta: str
    celcoin: str


def hosts_at(origin: str) -> SimulatedHosts:
    return SimulatedHosts(
        token=origin + STS, emissao=origin + EMISSAO, consulta=origin + CONSULTA, celcoin=origin + CELCOIN
    )


def route_name(request: web.Request) -> str:
    """Which of ``faults.ROUTES`` a request belongs to; empty for the control surface and for nonsense."""
    path = request.path
    if path.startswith(f"{STS}/seguranca/"):
        return "certificado"
    if path.startswith(f"{STS}/"):
        return "token"
    if path.startswith(f"{EMISSAO}/"):
        return "instrucao" if request.method == "PATCH" else "emissao"
    if path.startswith(f"{CELCOIN}/"):
        return fault_route_of(request.method, path)
    return "consulta" if path.startswith(f"{CONSULTA}/") else ""


class BankHosts:
    """Handlers of the emission and query hosts."""

    def __init__(self, bank: Bank, gateway: Gateway) -> None:
        self._gateway = gateway
        self._emission = Emission(bank, gateway)
        self._query = Query(bank, gateway)
        self._instructions = Instructions(bank, gateway)

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post(f"{EMISSAO}/boletos", self.emit),
            web.patch(f"{EMISSAO}/boletos/{{id_boleto}}/{{instruction}}", self.instruct),
            web.get(f"{CONSULTA}/boletos", self.find, allow_head=False),
            web.get(f"{EMISSAO}/{{tail:.*}}", self.forbidden_route, allow_head=False),
        ]

    async def emit(self, request: web.Request) -> web.Response:
        client_id = self._gateway.check_call(request)
        status, content = self._emission.emit(client_id, await read_json(request))
        return _json(content, status)

    async def find(self, request: web.Request) -> web.Response:
        client_id = self._gateway.check_call(request, needs_correlation=True)
        status, content = self._query.find(client_id, request.query)
        return _json(content, status)

    async def instruct(self, request: web.Request) -> web.Response:
        client_id = self._gateway.check_call(request)
        match = request.match_info
        status, content = self._instructions.apply(
            client_id, match["id_boleto"], match["instruction"], await read_json(request)
        )
        return _json(content, status)

    async def forbidden_route(self, request: web.Request) -> web.Response:
        self._gateway.check_certificate(request)
        raise forbidden("Acesso a rota não permitido")


def bank_middleware(bank: Bank, latency: float) -> Middleware:
    """Latency, faults, refusals as JSON, and the log of requests, around every handler but the control surface."""

    @web.middleware
    async def around(request: web.Request, handler: Handler) -> web.StreamResponse:
        route = route_name(request)
        if not route:
            return await handler(request)
        remember_peer(request)
        received = await _note(bank, route, request)
        if latency:
            await asyncio.sleep(latency)
        answer = await _answer_with_faults(bank, request, handler, received)
        received.status = answer.status
        return answer

    return around


async def _note(bank: Bank, route: str, request: web.Request) -> ReceivedRequest:
    """Put the request into the log, before anything is done about it."""
    received = ReceivedRequest(
        moment=bank.clock.now(),
        route=route,
        method=request.method,
        path=request.path,
        query=dict(request.query),
        headers=kept_headers(dict(request.headers)),
        body=without_secret((await request.read()).decode("utf-8", errors="replace")),
        certificate=peer_name(request),
    )
    bank.log.add(received)
    return received


async def _answer_with_faults(
    bank: Bank, request: web.Request, handler: Handler, received: ReceivedRequest
) -> web.StreamResponse:
    words = celcoin_words if received.route in CELCOIN_ROUTES else bank_words
    before = bank.faults.take(received.route, "before")
    if before:
        received.fault = f"before {before.kind}"
        if before.kind == "delay":
            await asyncio.sleep(before.seconds)
        elif before.kind == "delivered_twice":
            await _answer(request, handler)
        else:
            return await spoil(before, request, None, words)
    answer = await _answer(request, handler)
    after = bank.faults.take(received.route, "after")
    if after:
        received.fault = f"{received.fault} after {after.kind}".strip()
        if after.kind != "delay":
            return await spoil(after, request, answer, words)
        await asyncio.sleep(after.seconds)
    return answer


async def _answer(request: web.Request, handler: Handler) -> web.Response:
    try:
        answer = await handler(request)
    except BankAnswer as refusal:
        return _refusal(refusal)
    except web.HTTPNotFound:
        return _refusal(not_found())
    except web.HTTPMethodNotAllowed:
        return _refusal(BankAnswer(405, "Método não permitido"))
    if not isinstance(answer, web.Response):
        raise TypeError("handlers of the bank answer whole responses")
    return answer


def _refusal(refusal: BankAnswer) -> web.Response:
    headers = {CERTIFICATE_ERROR_HEADER: refusal.certificate_code} if refusal.certificate_code else {}
    return web.json_response(refusal.body, status=refusal.status, headers=headers, dumps=_dumps)


def _json(content: object, status: int) -> web.Response:
    """A JSON answer, or one without a body for None."""
    return web.Response(status=status) if content is None else web.json_response(content, status=status, dumps=_dumps)


def _dumps(content: object) -> str:
    return json.dumps(content, ensure_ascii=False)
