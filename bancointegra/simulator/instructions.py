"""Instructions: ``PATCH /boletos/{id}/{instrução}`` on a registered boleto."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bancointegra.simulator.answers import Campo, broken_rules, invalid_fields, mainframe, not_found
from bancointegra.simulator.formats import DOTTED
from bancointegra.simulator.gateway import Gateway
from bancointegra.simulator.instruction_changes import CHANGES, Change
from bancointegra.simulator.instruction_collection import order_negativacao, order_protest
from bancointegra.simulator.model import Account, Boleto, Etapa, Situacao
from bancointegra.simulator.reading import FieldReader
from bancointegra.simulator.rendering import OPERADOR
from bancointegra.simulator.state import Bank

BAIXA = "baixa"
_HANDLERS = {**CHANGES, "protesto": order_protest, "negativacao": order_negativacao}
NAMES = frozenset({BAIXA, *_HANDLERS})
_ID = re.compile(r"([0-9]{12})([0-9]{3})([0-9]{8})")
_WITHOUT_BAIXA_ON_FIRST_DAY = ("156", "157")
_CLOSED = {
    Situacao.PAGO: "Boleto já liquidado",
    Situacao.LIQUIDADO: "Boleto já liquidado",
    Situacao.BAIXADO: "Boleto já baixado",
}
_APPROVAL = {
    "data": {
        "codigo": "200",
        "mensagem": "Aguardando aprovação",
        "campos": [{"campo": "COD-RET", "mensagem": "Instrução sujeita à aprovação do gerente", "valor": ""}],
    }
}


class Instructions:
    def __init__(self, bank: Bank, gateway: Gateway) -> None:
        self._bank = bank
        self._gateway = gateway

    def apply(self, client_id: str, id_boleto: str, name: str, body: Any) -> tuple[int, Any]:
        """Handle one PATCH; status and JSON of the answer (None: no body). Raises the bank's refusals.

        ``id_boleto`` is agência, conta of 7, DAC, carteira and nosso número: 23 digits. What it does is committed
        when this returns; awaiting approval nothing is done.
        """
        if name not in NAMES:
            raise not_found()
        with self._bank.transaction():
            account, boleto = self._find(client_id, id_boleto)
            reader, campos = self._reader(name, body)
            self._check_open(boleto, name)
            if self._bank.switches.instruction_answer == "approval":
                self._rehearse(Boleto.from_json(boleto.to_json(), boleto.seq), account, name, reader, campos)
                return 200, _APPROVAL
            block = self._execute(boleto, account, name, reader, campos)
        return self._answer(block)

    def _find(self, client_id: str, id_boleto: str) -> tuple[Account, Boleto]:
        parts = _ID.fullmatch(id_boleto)
        if parts is None or self._bank.clients.account(parts[1]) is None:
            raise not_found()
        account = self._gateway.check_account(client_id, parts[1])
        found = self._bank.register.find(*parts.groups())
        if not found:
            raise not_found()
        return account, found[-1]

    def _reader(self, name: str, body: Any) -> tuple[FieldReader, list[Campo]]:
        content = {} if body is None else body
        if not isinstance(content, Mapping) or "data" in content:
            raise invalid_fields([Campo("data", "Estrutura da requisição inválida")])
        if self._bank.switches.accept_unwrapped and name in ("juros", "multa") and name not in content:
            content = {name: content}
        campos: list[Campo] = []
        return FieldReader(content, "", campos, DOTTED), campos

    def _check_open(self, boleto: Boleto, name: str) -> None:
        """Only open boletos take instructions, and some not on their first day."""
        is_first_day = boleto.registrado_em[:10] == self._bank.clock.today().isoformat()
        late_baixa = name == BAIXA and boleto.carteira in _WITHOUT_BAIXA_ON_FIRST_DAY
        if boleto.situacao is Situacao.PAGO and name == BAIXA:
            raise broken_rules([mainframe("Baixa não permitida: título em floating")])
        if not boleto.situacao.is_payable:
            raise broken_rules([mainframe(_CLOSED[boleto.situacao])])
        if is_first_day and (late_baixa or self._bank.switches.instructions_from_next_day):
            raise broken_rules([mainframe("Instrução não permitida no dia da emissão")])

    def _rehearse(self, boleto: Boleto, account: Account, name: str, reader: FieldReader, campos: list[Campo]) -> None:
        """Check an instruction without keeping what it does."""
        if name == BAIXA:
            _check_baixa(boleto)
        else:
            self._change(boleto, account, name, reader, campos)

    def _execute(
        self, boleto: Boleto, account: Account, name: str, reader: FieldReader, campos: list[Campo]
    ) -> dict[str, Any]:
        """The changed block, once it is stored."""
        if name == BAIXA:
            _check_baixa(boleto)
            self._bank.lifecycle.write_off(boleto, by=OPERADOR)
            return {}
        block = self._change(boleto, account, name, reader, campos)
        self._bank.register.save(boleto)
        return block

    def _change(
        self, boleto: Boleto, account: Account, name: str, reader: FieldReader, campos: list[Campo]
    ) -> dict[str, Any]:
        change = Change(boleto, account, reader, campos, self._bank.clock.today(), self._bank.switches)
        return _HANDLERS[name](change)

    def _answer(self, block: dict[str, Any]) -> tuple[int, Any]:
        mode = self._bank.switches.instruction_answer
        if mode == "block" and block:
            return 200, {"data": DOTTED.render(block)}
        if mode == "202":
            return 202, {"codigo": "202", "mensagem": "Operação em andamento"}
        return 204, None


def _check_baixa(boleto: Boleto) -> None:
    if boleto.protesto.etapa is Etapa.CONCLUIDA:
        raise broken_rules([mainframe("Título protestado não pode ser baixado")])
