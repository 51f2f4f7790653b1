"""The control surface, ours and not the bank's: a page and JSON endpoints for whoever plays the bank.

No client certificate is asked for, so only this machine may call: other names in the Host header and pages of other
origins are refused.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bancointegra.simulator.control_page import PAGE
from bancointegra.simulator.faults import KINDS, ROUTES, Fault
from bancointegra.simulator.hosts import CONTROL
from bancointegra.simulator.lifecycle import CHANNELS, DEFAULT_CHANNEL, SimulationError
from bancointegra.simulator.state import Bank
from bancointegra.simulator.switches import CHOICES

_LOCAL_NAMES = ("127.0.0.1", "localhost", "::1")
_SHOWN_REQUESTS = 200

Content = dict[str, Any]
Action = Callable[[Content], object]


class Control:
    """Handlers under ``/__sim/``. Actions take and give JSON; what cannot be done is answered 409 ``{"erro": …}``."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank
        self._actions: dict[str, Action] = {
            "clock": self._move_clock,
            "pay": self._pay,
            "reject": lambda content: bank.reject_payment(_number(content)),
            "settle": lambda content: bank.settle(_number(content)),
            "write-off": lambda content: bank.write_off(_number(content)),
            "end-of-day": lambda content: bank.end_of_day(),
            "switches": lambda content: bank.switch(**content),
            "switches/reset": lambda content: bank.reset_switches(),
            "celcoin/deposit": lambda content: bank.celcoin.deposit(str(content.get("client_id")), _cents(content)),
            "celcoin/occurrence": lambda content: bank.celcoin.occurrence(int(content.get("id", 0))),
            "celcoin/switches": lambda content: bank.celcoin.switch(**content),
            "celcoin/switches/reset": lambda content: bank.celcoin.reset_switches(),
            "faults": lambda content: bank.faults.inject(_fault(content)),
            "faults/clear": lambda content: bank.faults.clear(),
            "requests/clear": lambda content: bank.log.clear(),
            "expire-tokens": lambda content: bank.clients.expire_tokens(),
            "expire-certificates": lambda content: bank.clients.expire_certificates(content.get("client_id")),
        }

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get(f"{CONTROL}/", self.page),
            web.get(f"{CONTROL}/api/state", self.state),
            web.get(f"{CONTROL}/api/requests", self.requests),
            web.get(f"{CONTROL}/api/registrations/{{nosso_numero}}", self.registrations),
            web.post(f"{CONTROL}/api/temporary-token", self.temporary_token),
            web.post(f"{CONTROL}/api/{{action:.+}}", self.act),
        ]

    async def page(self, request: web.Request) -> web.Response:
        return web.Response(text=PAGE, content_type="text/html")

    async def state(self, request: web.Request) -> web.Response:
        """Clock, switches with their choices, faults, boletos (money in cents), and all of Celcoin."""
        return _answer(self._state())

    async def requests(self, request: web.Request) -> web.Response:
        """What the bank received, oldest first; ``?route=`` for one route, ``?last=`` for the last ones."""
        received = self._bank.requests(request.query.get("route"))
        last = int(request.query.get("last", "0") or 0)
        return _answer([{**asdict(item), "moment": item.moment.isoformat()} for item in received[-last:]])

    async def registrations(self, request: web.Request) -> web.Response:
        """How many times a boleto of that number was registered."""
        return _answer({"count": self._bank.registration_count(request.match_info["nosso_numero"])})

    async def temporary_token(self, request: web.Request) -> web.Response:
        """``{"client_id": …, "days": 7}`` for the single-use token of a certificate request."""
        content = await _read(request)
        days = float(content.get("days", 7))
        return _answer({"token": self._bank.temporary_token(str(content.get("client_id")), days)})

    async def act(self, request: web.Request) -> web.Response:
        action = self._actions.get(request.match_info["action"])
        if action is None:
            raise web.HTTPNotFound
        action(await _read(request))
        return _answer(self._state())

    def _state(self) -> Content:
        bank = self._bank
        return {
            "clock": bank.clock.now().isoformat(timespec="seconds"),
            "switches": asdict(bank.switches),
            "choices": CHOICES,
            "faults": [asdict(fault) for fault in bank.faults.all()],
            "fault_kinds": KINDS,
            "fault_routes": ROUTES,
            "channels": list(CHANNELS),
            "boletos": bank.boletos(),
            "celcoin": bank.celcoin.state(),
        }

    def _move_clock(self, content: Content) -> None:
        """``{"set": ISO date or moment}`` or ``{"days": n}`` or ``{"seconds": n}``."""
        if "set" in content:
            text = str(content["set"])
            self._bank.clock.set(date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text))
        else:
            self._bank.clock.advance(days=int(content.get("days", 0)), seconds=float(content.get("seconds", 0)))

    def _pay(self, content: Content) -> None:
        """``{"nosso_numero", "valor": "50.00" or absent, "pix": false, "canal": …}``."""
        valor = _reais(content["valor"]) if content.get("valor") else None
        canal = str(content.get("canal") or DEFAULT_CHANNEL)
        self._bank.pay(_number(content), valor, pix=bool(content.get("pix")), canal=canal)


def control_middleware() -> Middleware:
    """Keeps strangers off the control surface and words its errors."""

    @web.middleware
    async def around(request: web.Request, handler: Handler) -> web.StreamResponse:
        if not request.path.startswith(f"{CONTROL}/"):
            return await handler(request)
        origin = request.headers.get("Origin")
        if not _is_local(f"//{request.host}") or (origin is not None and not _is_local(origin)):
            return _answer({"erro": "O painel da simulação só atende a esta máquina."}, 403)
        try:
            return await handler(request)
        except (SimulationError, ValueError, TypeError, LookupError) as failure:
            return _answer({"erro": str(failure)}, 409)

    return around


def _is_local(address: str) -> bool:
    return urlsplit(address).hostname in _LOCAL_NAMES


async def _read(request: web.Request) -> Content:
    content = await request.json() if request.can_read_body else {}
    if not isinstance(content, dict):
        raise ValueError("Envie um objeto JSON.")
    return content


def _number(content: Content) -> str:
    return str(content.get("nosso_numero", "")).zfill(8)


def _reais(text: object) -> Decimal:
    try:
        return Decimal(str(text))
    except InvalidOperation:
        raise ValueError(f"“{text}” não é um valor; escreva como 50.00.") from None


def _cents(content: Content) -> int:
    return int(_reais(content.get("valor")) * 100)


def _fault(content: Content) -> Fault:
    try:
        return Fault(**content)
    except TypeError:
        raise ValueError(f"Falha mal descrita: {content}.") from None


def _answer(content: object, status: int = 200) -> web.Response:
    return web.json_response(
        content,
        status=status,
        dumps=lambda value: json.dumps(value, ensure_ascii=False),
        headers={"Cache-Control": "no-store"},
    )
