"""The bank as one object: what it knows, its clock, its whims, and what whoever plays it may do."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from bancointegra.simulator.boletos import Boletos
from bancointegra.simulator.ca import CertificateAuthority
from bancointegra.simulator.celcoin.celcoin import Celcoin
from bancointegra.simulator.clients import Clients
from bancointegra.simulator.clock import SimulatedClock, add_business_days
from bancointegra.simulator.faults import Faults
from bancointegra.simulator.lifecycle import DEFAULT_CHANNEL, MOTIVO_SOLICITADA, Lifecycle, SimulationError
from bancointegra.simulator.model import Boleto
from bancointegra.simulator.options import changed
from bancointegra.simulator.requests_log import ReceivedRequest, RequestsLog
from bancointegra.simulator.storage import Storage
from bancointegra.simulator.switches import CHOICES, Switches

_DATABASE = "banco.sqlite"
_OFFSET = "clock_offset_seconds"
_SWITCHES = "switches"


class Bank:
    """Thread-safe. Amounts given from outside are decimals of reais; ``nosso_numero`` has 8 digits.

    Where a number was used more than once, its last boleto is meant. Asking for the impossible raises
    ``SimulationError``.
    """

    def __init__(self, folder: Path, ca: CertificateAuthority) -> None:
        self._storage = Storage(folder / _DATABASE)
        offset = timedelta(seconds=float(self._storage.setting(_OFFSET) or 0))
        self.clock = SimulatedClock(offset, self._keep_offset)
        self.clients = Clients(self._storage, self.clock, ca)
        self.register = Boletos(self._storage)
        self.faults = Faults()
        self.log = RequestsLog()
        self.lifecycle = Lifecycle(self.register, self.clock)
        self.transaction = self._storage.transaction
        kept = json.loads(self._storage.setting(_SWITCHES) or "{}")
        self._switches = changed(Switches(), CHOICES, kept)
        self.celcoin = Celcoin(self._storage, self.clock)

    @property
    def switches(self) -> Switches:
        return self._switches

    @switches.setter
    def switches(self, switches: Switches) -> None:
        self._switches = switches
        self._storage.set_setting(_SWITCHES, json.dumps(asdict(switches)))

    def switch(self, **changes: Any) -> None:
        """Change some options: ``bank.switch(duplicate_status=400)``. Raises ``ValueError`` for unknown ones."""
        self.switches = changed(self._switches, CHOICES, changes)

    def pay(
        self, nosso_numero: str, valor: Decimal | None = None, *, pix: bool = False, canal: str = DEFAULT_CHANNEL
    ) -> None:
        """Somebody pays: ``valor``, or what is due today. See ``lifecycle.CHANNELS`` for the channels."""
        cents = None if valor is None else int(valor * 100)
        with self.transaction():
            self.lifecycle.pay(self.boleto(nosso_numero), cents, pix=pix, canal=canal)

    def reject_payment(self, nosso_numero: str, motivo: str = "Pagamento devolvido pela instituição") -> None:
        with self.transaction():
            self.lifecycle.reject_payment(self.boleto(nosso_numero), motivo)

    def settle(self, nosso_numero: str) -> None:
        """Credit the payment of a boleto now."""
        with self.transaction():
            self.lifecycle.settle(self.boleto(nosso_numero))

    def write_off(self, nosso_numero: str, motivo: str = MOTIVO_SOLICITADA) -> None:
        """Write it off from the bank's side, as when the beneficiary asks at the branch."""
        with self.transaction():
            self.lifecycle.write_off(self.boleto(nosso_numero), motivo)

    def end_of_day(self) -> None:
        """The night passes: the next banking day begins, and with it all that waited for it."""
        today = self.clock.today()
        with self.transaction():
            self.clock.advance(days=(add_business_days(today, 1) - today).days)
            self.lifecycle.run_night()

    def temporary_token(self, client_id: str, days: float) -> str:
        if self.clients.secret(client_id) is None:
            raise LookupError(f"O client_id {client_id} não é cliente do banco simulado.")
        return self.clients.temporary_token(client_id, timedelta(days=days))

    def boleto(self, nosso_numero: str) -> Boleto:
        """The last boleto of that number."""
        found = self.register.by_number(nosso_numero)
        if not found:
            raise SimulationError(f"Não há boleto com o nosso número {nosso_numero}.")
        return found[-1]

    def boletos(self) -> list[dict[str, Any]]:
        """Every boleto ever registered, as plain data: money in cents, dates in ISO text."""
        return [json.loads(boleto.to_json()) | {"seq": boleto.seq} for boleto in self.register.all()]

    def registration_count(self, nosso_numero: str) -> int:
        """How many times an efetivação was committed for that number."""
        return len(self.register.by_number(nosso_numero))

    def requests(self, route: str | None = None) -> list[ReceivedRequest]:
        """What was received, oldest first; of one route (``faults.ROUTES``) or of all."""
        return self.log.all(route)

    def reset_switches(self) -> None:
        self.switches = Switches()

    def close(self) -> None:
        self._storage.close()

    def _keep_offset(self, offset: timedelta) -> None:
        self._storage.set_setting(_OFFSET, str(offset.total_seconds()))
