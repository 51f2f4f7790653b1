"""Whatever goes wrong on the way to Celcoin: never believed, never repeated by itself, and found out by asking."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from bancointegra.domain.errors import BankRefused, BankUnavailable, CredentialError, OutcomeUnknown
from bancointegra.domain.ports_pagamento import PagamentoProvider
from bancointegra.domain.transacao_pagamento import EstadoNaCelcoin, ReferenciaPagamento
from bancointegra.simulator import Fault
from bancointegra.simulator.celcoin.mass import FICHAS
from tests.contract.celcoin import NIGHT, WEDNESDAY, PaymentOffice, reference_to

PLAIN = next(iter(FICHAS))
LOSES_RESERVE, LOSES_CAPTURE, FAILS_CAPTURE = list(FICHAS)[10:13]
SLOW = list(FICHAS)[15]

LOST = [
    {"kind": "status", "status": 500},
    {"kind": "status", "status": 504},
    {"kind": "status", "status": 400},  # the generic code 999
    {"kind": "status", "status": 404},  # a gateway's “Resource not found”
    {"kind": "empty_body"},
    {"kind": "html_body"},
    {"kind": "html_body", "status": 400},
    {"kind": "truncated_body"},
    {"kind": "invalid_json"},
    {"kind": "dropped_connection"},
]
PHASES = ["before", "after"]
E = EstadoNaCelcoin


def name(fault: dict[str, object]) -> str:
    return "-".join(str(value) for value in fault.values())


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("fault", LOST, ids=name)
def test_lost_answer_to_a_reserve(pagar, fault, phase):
    """Asked by NSU, terminal and day: not there, so the same consult may be sent again; or there, and adopted."""
    pedido = pagar.pedido(PLAIN)
    pagar.bank.faults.inject(Fault(phase=phase, route="celcoin_reserva", **fault))
    with pytest.raises(OutcomeUnknown):
        pagar.provider.reservar(pedido)
    assert len(pagar.bank.requests("celcoin_reserva")) == 1, "never repeated by itself"
    visto = pagar.provider.consultar_pagamento(reference_to(pedido))
    if phase == "before":
        assert visto.estado is E.NAO_ENCONTRADO
        assert pagar.provider.reservar(pedido).transacao
    else:
        assert visto.estado is E.RESERVADO
        with pytest.raises(BankRefused) as caught:
            pagar.provider.reservar(pedido)
        assert caught.value.possibly_duplicate
        pagar.provider.confirmar(reference_to(pedido, visto.transacao))


ORDERS: dict[str, tuple[Callable[[PagamentoProvider, ReferenciaPagamento], None], tuple[E, E]]] = {
    "celcoin_confirmacao": (lambda provider, ref: provider.confirmar(ref), (E.RESERVADO, E.CONFIRMADO)),
    "celcoin_anulacao": (lambda provider, ref: provider.anular(ref), (E.RESERVADO, E.DESFAZENDO)),
    "celcoin_estorno": (lambda provider, ref: provider.estornar(ref), (E.CONFIRMADO, E.DESFAZENDO)),
}


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("fault", LOST[::3], ids=name)
@pytest.mark.parametrize("route", ORDERS)
def test_lost_answer_to_any_other_order(pagar, route, fault, phase):
    order, states = ORDERS[route]
    referencia = prepared(pagar, route)
    pagar.bank.faults.inject(Fault(phase=phase, route=route, **fault))
    with pytest.raises(OutcomeUnknown):
        order(pagar.provider, referencia)
    assert len(pagar.bank.requests(route)) == 1
    assert pagar.estado(referencia) is states[phase == "after"]
    if phase == "before":
        order(pagar.provider, referencia)
        assert pagar.estado(referencia) is states[1]


def prepared(office: PaymentOffice, route: str) -> ReferenciaPagamento:
    """A payment on which the order of that route can be given."""
    if route == "celcoin_estorno":
        office.at(NIGHT)
        return office.confirmed(PLAIN)
    return office.reserved(PLAIN)[0]


def test_bills_of_the_mass_that_lose_their_answers(pagar):
    pedido = pagar.pedido(LOSES_RESERVE)
    with pytest.raises(OutcomeUnknown):
        pagar.provider.reservar(pedido)
    assert pagar.estado(reference_to(pedido)) is E.RESERVADO

    referencia, _ = pagar.reserved(LOSES_CAPTURE)
    with pytest.raises(OutcomeUnknown):
        pagar.provider.confirmar(referencia)
    assert pagar.estado(referencia) is E.CONFIRMADO

    referencia, _ = pagar.reserved(FAILS_CAPTURE)
    with pytest.raises(OutcomeUnknown):
        pagar.provider.confirmar(referencia)
    assert pagar.estado(referencia) is E.RESERVADO
    pagar.provider.confirmar(referencia)
    assert pagar.estado(referencia) is E.CONFIRMADO


def test_answer_slower_than_our_patience(pagar):
    """Done, and then silent for too long: an order is in doubt, a question is not."""
    impatient = pagar.open_provider(read_timeout=0.4)
    impatient.saldo()
    pedido = pagar.pedido(PLAIN)
    pagar.bank.faults.inject(Fault("delay", "after", "celcoin_reserva", seconds=1.0))
    with pytest.raises(OutcomeUnknown):
        impatient.reservar(pedido)
    assert pagar.estado(reference_to(pedido)) is E.RESERVADO
    pagar.celcoin.switch(slow_query_seconds=1.0)
    with pytest.raises(BankUnavailable):
        impatient.consultar(SLOW)
    pagar.celcoin.switch(slow_query_seconds=0.0)
    assert impatient.consultar(SLOW).valores.total


@pytest.mark.parametrize("fault", [fault for fault in LOST if fault.get("status") != 400], ids=name)
def test_lost_answer_to_a_question(pagar, fault):
    pagar.bank.faults.inject(Fault(phase="after", route="celcoin_situacao", **fault))
    with pytest.raises(BankUnavailable):
        pagar.estado(ReferenciaPagamento(1, "X", WEDNESDAY.date()))
    pagar.bank.faults.inject(Fault(phase="after", route="celcoin_leitura", **fault))
    with pytest.raises(BankUnavailable):
        pagar.provider.saldo()
    assert pagar.provider.saldo().disponivel


@pytest.mark.parametrize("fault", [LOST[0], LOST[4], LOST[9]], ids=name)
def test_token_that_does_not_come_sends_nothing(pagar, fault):
    pedido = pagar.pedido(PLAIN)
    pagar.bank.faults.inject(Fault(phase="before", route="celcoin_token", **fault))
    with pytest.raises(BankUnavailable):
        pagar.open_provider().reservar(pedido)
    assert pagar.bank.requests("celcoin_reserva") == []


def test_token_refused_before_the_work_is_renewed_once(pagar):
    pedido = pagar.pedido(PLAIN)
    pagar.bank.clients.expire_tokens()
    pagar.provider.reservar(pedido)
    assert [r.status for r in pagar.bank.requests("celcoin_reserva")] == [401, 200]
    pagar.bank.faults.inject(Fault("token_expired", "before", "celcoin_leitura", times=2))
    with pytest.raises(CredentialError) as caught:
        pagar.provider.saldo()
    assert caught.value.code == "credencial.token"


def test_401_after_the_work_ends_as_a_possible_duplicate(pagar):
    pedido = pagar.pedido(PLAIN)
    pagar.bank.faults.inject(Fault("token_expired", "after", "celcoin_reserva"))
    with pytest.raises(BankRefused) as caught:
        pagar.provider.reservar(pedido)
    assert caught.value.possibly_duplicate
    assert pagar.estado(reference_to(pedido)) is E.RESERVADO


def test_delivered_twice_on_the_way_is_one_reserve(pagar):
    pedido = pagar.pedido(PLAIN)
    pagar.bank.faults.inject(Fault("delivered_twice", "before", "celcoin_reserva"))
    with pytest.raises(BankRefused) as caught:
        pagar.provider.reservar(pedido)
    assert caught.value.possibly_duplicate
    assert len([p for p in pagar.provider.pendentes() if p.nsu == pedido.nsu]) == 1


def test_two_windows_reserve_one_consult(pagar):
    pedido = pagar.pedido(PLAIN)

    def reserve() -> str:
        try:
            return pagar.provider.reservar(pedido).transacao
        except BankRefused as refused:
            return refused.code

    with ThreadPoolExecutor(4) as pool:
        outcomes = sorted(pool.map(lambda _: reserve(), range(4)))
    assert outcomes[1:] == ["recusado.68"] * 3
    assert outcomes[0].isdigit()


def test_too_many_calls_are_paced(pagar):
    pagar.naps.clear()
    pagar.bank.faults.inject(Fault("status", "before", "celcoin_leitura", status=429, retry_after=3))
    assert pagar.provider.saldo().disponivel
    assert pagar.naps == [3.0]


def test_forbidden(pagar):
    pagar.bank.faults.inject(Fault("status", "before", "celcoin_reserva", status=403))
    with pytest.raises(CredentialError) as caught:
        pagar.provider.reservar(pagar.pedido(PLAIN))
    assert "endereço IP" in caught.value.hint
