"""Whatever goes wrong on the way, before or after the bank did its work: never believed, never repeated blindly."""

from __future__ import annotations

import time
from uuid import uuid4

import pytest

from bancointegra.domain.boleto import compare
from bancointegra.domain.errors import BankRefused, BankUnavailable, OutcomeUnknown
from bancointegra.simulator import Fault

LOST = [
    {"kind": "status", "status": 500},
    {"kind": "status", "status": 503},
    {"kind": "status", "status": 504},
    {"kind": "status", "status": 408},
    {"kind": "empty_body"},
    {"kind": "html_body"},
    {"kind": "html_body", "status": 503},
    {"kind": "html_body", "status": 400},
    {"kind": "truncated_body"},
    {"kind": "invalid_json"},
    {"kind": "dropped_connection"},
]
PHASES = ["before", "after"]


def name(fault: dict[str, object]) -> str:
    return "-".join(str(value) for value in fault.values())


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("fault", LOST, ids=name)
def test_lost_answer_of_an_order_is_a_doubt_that_the_query_ends(provider, pedido, bank, fault, phase):
    bank.faults.inject(Fault(phase=phase, route="emissao", **fault))
    with pytest.raises(OutcomeUnknown):
        provider.registrar(pedido, str(uuid4()))
    assert len(bank.requests("emissao")) == 1, "never repeated by itself"
    consulta = provider.consultar(pedido.carteira, pedido.nosso_numero)
    if phase == "after":
        assert compare(pedido, consulta) == ()
    else:
        assert consulta is None


@pytest.mark.parametrize("phase", PHASES)
def test_answer_slower_than_our_patience(office, conta, pedido, bank, provider, phase):
    registry = office.open_registry(read_timeout=1.0)
    bank.faults.inject(Fault("delay", phase, "emissao", seconds=1.6))
    with pytest.raises(OutcomeUnknown):
        registry.for_conta(conta).registrar(pedido, str(uuid4()))
    registry.close()
    deadline = time.monotonic() + 20
    while not bank.registration_count(pedido.nosso_numero):  # the bank goes on working when nobody listens any more
        assert time.monotonic() < deadline
        time.sleep(0.02)
    assert compare(pedido, provider.consultar(pedido.carteira, pedido.nosso_numero)) == ()


@pytest.mark.parametrize("fault", LOST, ids=name)
def test_lost_answer_of_a_query(provider, pedido, bank, fault):
    provider.registrar(pedido, str(uuid4()))
    bank.faults.inject(Fault(phase="after", route="consulta", **fault))
    with pytest.raises(BankUnavailable):
        provider.consultar(pedido.carteira, pedido.nosso_numero)
    assert provider.consultar(pedido.carteira, pedido.nosso_numero) is not None


def test_gateway_404_is_not_the_banks_not_found(provider, pedido, bank):
    provider.registrar(pedido, str(uuid4()))
    bank.faults.inject(Fault("html_body", "before", "consulta", status=404))
    with pytest.raises(BankUnavailable):
        provider.consultar(pedido.carteira, pedido.nosso_numero)


@pytest.mark.parametrize("fault", [fault for fault in LOST if fault.get("status") != 400], ids=name)
def test_token_that_does_not_come_sends_nothing(provider, pedido, bank, fault):
    bank.faults.inject(Fault(phase="before", route="token", **fault))
    with pytest.raises(BankUnavailable):
        provider.registrar(pedido, str(uuid4()))
    assert bank.requests("emissao") == []


def test_token_refused_before_the_work_is_renewed_once(provider, pedido, bank):
    bank.faults.inject(Fault("token_expired", "before", "emissao"))
    correlation_id = str(uuid4())
    provider.registrar(pedido, correlation_id)
    assert len(bank.requests("token")) == 2
    assert {r.headers["x-itau-correlationid"] for r in bank.requests("emissao")} == {correlation_id}
    assert bank.registration_count(pedido.nosso_numero) == 1


def test_401_after_the_work_ends_as_a_possible_duplicate(provider, pedido, bank):
    """A bank that says 401 having registered: the repetition is refused, and the caller must ask before believing."""
    bank.faults.inject(Fault("token_expired", "after", "emissao"))
    with pytest.raises(BankRefused) as caught:
        provider.registrar(pedido, str(uuid4()))
    assert caught.value.possibly_duplicate
    assert bank.registration_count(pedido.nosso_numero) == 1


@pytest.mark.parametrize("route", ["token", "emissao"])
def test_a_bank_that_asks_to_wait_is_obeyed(office, provider, pedido, bank, route):
    bank.faults.inject(Fault("status", "before", route, times=2, status=429, retry_after=4))
    provider.registrar(pedido, str(uuid4()))
    assert office.naps == [4, 4]
    assert bank.registration_count(pedido.nosso_numero) == 1


def test_a_bank_that_never_stops_asking_to_wait(provider, pedido, bank):
    bank.faults.inject(Fault("status", "before", "emissao", times=0, status=429, retry_after=7))
    with pytest.raises(BankUnavailable) as caught:
        provider.registrar(pedido, str(uuid4()))
    assert caught.value.retry_after == 7
    assert bank.registration_count(pedido.nosso_numero) == 0


def test_service_unavailable_tells_a_query_when_to_come_back(provider, pedido, bank):
    bank.faults.inject(Fault("status", "before", "consulta", status=503, retry_after=30))
    with pytest.raises(BankUnavailable) as caught:
        provider.consultar(pedido.carteira, pedido.nosso_numero)
    assert caught.value.retry_after == 30
