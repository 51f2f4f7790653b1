"""Whatever shape Celcoin's answers take, they are read the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bancointegra.domain.conta_consultada import ContaConsultada
from bancointegra.domain.errors import BankRefused
from bancointegra.domain.transacao_pagamento import ReferenciaPagamento
from bancointegra.simulator.celcoin.mass import FICHAS
from tests.contract.celcoin import WEDNESDAY, PaymentOffice, pedido_of

PARTIAL, FINAL_PAYEE = list(FICHAS)[4:6]
COMES_BACK = list(FICHAS)[14]
GAS = "836900000016599002212034012310000000000000000000"
TODAY = WEDNESDAY.date()

VARIANTS = [
    {"key_style": "lower"},
    {"key_style": "camel"},
    {"key_style": "pascal"},
    {"status_as": "number"},
    {"status_as": "text"},
    {"ids_as": "number"},
    {"ids_as": "text"},
    {"code_width": "short"},
    {"code_width": "long"},
    {"money_as": "short"},
    {"money_as": "text"},
    {"outer_error_key": "errorCode"},
    {"final_payee_key": "table"},
    {"single_occurrence": "list"},
    {"line_end": "crlf"},
    {"no_occurrences": "null"},
    {"no_occurrences": "missing"},
    {
        "key_style": "pascal",
        "status_as": "text",
        "ids_as": "text",
        "code_width": "short",
        "money_as": "text",
        "outer_error_key": "errorCode",
        "final_payee_key": "table",
        "single_occurrence": "list",
        "no_occurrences": "missing",
        "line_end": "crlf",
    },
]


class Facts:
    """One payment that came back and one that waits: what there is to be read about them."""

    def __init__(self, office: PaymentOffice) -> None:
        self._office = office
        office.reset()
        self._returned = office.confirmed(COMES_BACK)
        office.later(days=2)
        self._waiting, _ = office.reserved(GAS)
        self.moment = office.bank.clock.now()

    def read(self) -> dict[str, object]:
        """Everything a provider can be asked, without what is new at every question."""
        provider = self._office.provider
        returned = self._returned
        unknown = ReferenciaPagamento(999_999_999, "NENHUM", TODAY)
        return {
            "consultas": [_lasting(provider.consultar(linha)) for linha in (PARTIAL, FINAL_PAYEE, GAS)],
            "confirmado": provider.consultar_pagamento(returned),
            "reservado": provider.consultar_pagamento(self._waiting),
            "inexistente": provider.consultar_pagamento(unknown).estado,
            "pendentes": [p for p in provider.pendentes() if p.nsu == self._waiting.nsu],
            "ocorrencias": [o for o in provider.ocorrencias(TODAY, TODAY + timedelta(days=3)) if o.nsu == returned.nsu],
            "sem ocorrencias": provider.ocorrencias(TODAY - timedelta(days=900), TODAY - timedelta(days=800)),
            "convenios": provider.convenios(),
            "comprovante": provider.comprovante(returned.transacao),
            "saldo": provider.saldo(),
            "recusa": _refusal(self._office),
            "reserva": self._reserve(),
        }

    def _reserve(self) -> tuple[object, ...]:
        """A fresh reserve, given up again, so that the balance stays."""
        provider = self._office.provider
        pedido = pedido_of(provider.consultar(GAS))
        reserva = provider.reservar(pedido)
        referencia = ReferenciaPagamento(pedido.nsu, pedido.terminal, TODAY, reserva.transacao)
        provider.anular(referencia)
        self._office.later(seconds=10)
        estado = provider.consultar_pagamento(referencia).estado
        self._office.at(self.moment)
        return reserva.liquidante, reserva.liquida_em, len(reserva.autenticacao), estado


@pytest.fixture(scope="module")
def facts(payment_office: PaymentOffice) -> tuple[Facts, dict[str, object]]:
    facts = Facts(payment_office)
    return facts, facts.read()


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: " ".join(f"{k}={v}" for k, v in variant.items()))
def test_every_shape_reads_the_same(payment_office, facts, variant):
    reader, expected = facts
    payment_office.celcoin.reset_switches()
    payment_office.celcoin.switch(**variant)
    found = reader.read()
    for what, value in expected.items():
        assert found[what] == value, what


def _lasting(consulta: ContaConsultada) -> ContaConsultada:
    return replace(consulta, transacao="")


def _refusal(office: PaymentOffice) -> tuple[str, str]:
    with pytest.raises(BankRefused) as caught:
        office.provider.consultar(GAS[:-1] + "9")
    return caught.value.code, caught.value.message
