"""Faults on demand: what goes wrong between a client and a bank, before or after the bank did its work."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from http import HTTPStatus
from threading import Lock

from aiohttp import web

KINDS = (
    "delay",
    "status",
    "empty_body",
    "html_body",
    "truncated_body",
    "invalid_json",
    "dropped_connection",
    "token_expired",
    "delivered_twice",
)
CELCOIN_ROUTES = (
    "celcoin_token",
    "celcoin_consulta",
    "celcoin_reserva",
    "celcoin_confirmacao",
    "celcoin_anulacao",
    "celcoin_estorno",
    "celcoin_situacao",
    "celcoin_leitura",
)
ROUTES = ("token", "certificado", "emissao", "consulta", "instrucao", *CELCOIN_ROUTES, "*")
_HTML = "<html><head><title>Erro</title></head><body><h1>Service Unavailable</h1></body></html>"
_MESSAGES = {
    408: "Request Timeout",
    429: "Too Many Requests",
    500: "Erro Inesperado. Entre em contato com o suporte Itaú.",
    503: "Serviço Indisponível",
    504: "Gateway Timeout",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to go wrong, ``times`` times (0: until cleared).

    ``phase`` "before": the bank does nothing (after a "delay" it does its work late); "after": the bank has committed
    its work, and only the answer suffers. A request "delivered_twice" (always "before") is done twice, and the second
    answer is given. ``route`` is one of ``ROUTES``. ``seconds`` belongs to "delay", ``status``
    to "status" and to the two bodies, ``retry_after`` (seconds) to a 429 or 503. Raises ``ValueError`` for nonsense.
    """

    kind: str
    phase: str = "before"
    route: str = "*"
    times: int = 1
    seconds: float = 0.0
    status: int = 0
    retry_after: int | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"Falha desconhecida: {self.kind!r}; há {', '.join(KINDS)}.")
        if self.phase not in ("before", "after"):
            raise ValueError("A fase de uma falha é “before” ou “after”.")
        if self.route not in ROUTES:
            raise ValueError(f"Rota desconhecida: {self.route!r}; há {', '.join(ROUTES)}.")
        if self.kind == "status" and not 400 <= self.status <= 599:
            raise ValueError("A falha “status” precisa de um código de 400 a 599.")
        if self.times < 0 or self.seconds < 0:
            raise ValueError("Quantidades e tempos não podem ser negativos.")
        if self.kind == "delivered_twice" and self.phase != "before":
            raise ValueError("Uma entrega dupla acontece antes (“before”) da resposta.")


class Faults:
    """The faults in force. Safe from any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._faults: list[Fault] = []

    def inject(self, fault: Fault) -> None:
        with self._lock:
            self._faults.append(fault)

    def clear(self) -> None:
        with self._lock:
            self._faults.clear()

    def all(self) -> list[Fault]:
        """Those still to happen, with the times left."""
        with self._lock:
            return list(self._faults)

    def take(self, route: str, phase: str) -> Fault | None:
        """The first fault due for that route and phase, counted down."""
        with self._lock:
            for index, fault in enumerate(self._faults):
                if fault.phase != phase or fault.route not in (route, "*"):
                    continue
                if fault.times == 1:
                    del self._faults[index]
                elif fault.times > 1:
                    self._faults[index] = replace(fault, times=fault.times - 1)
                return fault
        return None


Words = Callable[[int], object | None]
"""The JSON body that goes with a failing status; None for none."""


def bank_words(status: int) -> object:
    """As the bank words a failing status."""
    message = "Unauthorized" if status == HTTPStatus.UNAUTHORIZED else _MESSAGES.get(status, "Erro")
    return {"codigo": str(status), "mensagem": message}


async def spoil(
    fault: Fault, request: web.Request, answer: web.Response | None, words: Words = bank_words
) -> web.StreamResponse:
    """The spoiled answer in place of ``answer`` (None before the bank's work). Not for what happens before the work:
    "delay" and "delivered_twice"."""
    if fault.kind == "dropped_connection":
        return _drop(request)
    if fault.kind == "truncated_body":
        return await _truncate(request, answer)
    if fault.kind == "token_expired":
        return _failure(HTTPStatus.UNAUTHORIZED, {}, words)
    if fault.kind == "status":
        headers = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
        return _failure(fault.status, headers, words)
    if fault.kind == "empty_body":
        return web.Response(status=fault.status or 200)
    if fault.kind == "html_body":
        return web.Response(text=_HTML, content_type="text/html", status=fault.status or 200)
    half = _body(answer)[: len(_body(answer)) // 2]
    return web.Response(body=half, content_type="application/json", status=fault.status or 200)


def _failure(status: int, headers: dict[str, str], words: Words) -> web.Response:
    body = words(status)
    if body is None:
        return web.Response(status=status, headers=headers)
    return web.json_response(body, status=status, headers=headers)


def _drop(request: web.Request) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.abort()
    raise asyncio.CancelledError


async def _truncate(request: web.Request, answer: web.Response | None) -> web.StreamResponse:
    body = _body(answer)
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    response.content_length = len(body)
    await response.prepare(request)
    await response.write(body[: len(body) // 2])
    if request.transport is not None:
        request.transport.close()
    raise asyncio.CancelledError


def _body(answer: web.Response | None) -> bytes:
    body = answer.body if answer is not None else None
    return body if isinstance(body, bytes) and body else b'{"data": {"codigo": "200"}}'
