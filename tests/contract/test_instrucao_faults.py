"""Instructions whose answer is lost, before or after the bank did them: a doubt, sent once, that a query ends."""

from __future__ import annotations

import time
from datetime import timedelta
from uuid import uuid4

import pytest

from bancointegra.domain.errors import BankRefused, BankUnavailable, CredentialError, OutcomeUnknown
from bancointegra.domain.instrucao import (
    Aceite,
    AlterarAbatimento,
    AlterarDataLimite,
    AlterarSeuNumero,
    AlterarValor,
    AlterarVencimento,
    Baixar,
    Protestar,
    is_efetiva,
)
from bancointegra.domain.reais import Reais
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
    {"kind": "html_body", "status": 404},
    {"kind": "truncated_body"},
    {"kind": "invalid_json"},
    {"kind": "dropped_connection"},
]
INSTRUCTIONS = [
    lambda p: AlterarVencimento(p.vencimento + timedelta(days=10)),
    lambda p: AlterarDataLimite(p.vencimento + timedelta(days=60)),
    lambda _: AlterarValor(Reais(99_990)),
    lambda _: AlterarAbatimento(Reais(2_500)),
    lambda _: AlterarSeuNumero("Ped77"),
    lambda _: Baixar(),
    lambda p: Protestar(p.vencimento + timedelta(days=5), "Escritório Lima"),
]
NAMES = ["vencimento", "data limite", "valor", "abatimento", "seu número", "baixa", "protesto"]


@pytest.fixture
def provider(bank, standing_provider):
    return standing_provider


@pytest.fixture(params=INSTRUCTIONS, ids=NAMES)
def instrucao(request, pedido):
    return request.param(pedido)


@pytest.fixture(autouse=True)
def _registered(provider, pedido):
    provider.registrar(pedido, str(uuid4()))


@pytest.fixture
def is_done(provider, pedido, instrucao):
    return lambda: is_efetiva(instrucao, provider.consultar(pedido.carteira, pedido.nosso_numero))


@pytest.mark.parametrize("phase", ["before", "after"])
@pytest.mark.parametrize("fault", LOST, ids=lambda fault: "-".join(map(str, fault.values())))
def test_lost_answer_is_a_doubt_that_the_query_ends(pedido, instruct, bank, instrucao, is_done, fault, phase):
    bank.faults.inject(Fault(phase=phase, route="instrucao", **fault))
    with pytest.raises(OutcomeUnknown):
        instruct(pedido, instrucao)
    assert len(bank.requests("instrucao")) == 1, "never repeated by itself"
    assert is_done() is (phase == "after")


@pytest.mark.parametrize("phase", ["before", "after"])
@pytest.mark.parametrize("instrucao", [INSTRUCTIONS[0]], ids=NAMES[:1], indirect=True)
def test_answer_slower_than_our_patience(office, conta, pedido, instruct, bank, instrucao, is_done, phase):
    registry = office.open_registry(read_timeout=1.0)
    bank.faults.inject(Fault("delay", phase, "instrucao", seconds=1.6))
    with pytest.raises(OutcomeUnknown):
        instruct(pedido, instrucao, registry.for_conta(conta))
    registry.close()
    deadline = time.monotonic() + 20
    while not is_done():  # the bank goes on working when nobody listens any more
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_token_that_does_not_come_sends_nothing(office, conta, pedido, instruct, bank, instrucao, is_done):
    registry = office.open_registry()
    bank.faults.inject(Fault("dropped_connection", "before", "token"))
    with pytest.raises(BankUnavailable):
        instruct(pedido, instrucao, registry.for_conta(conta))
    registry.close()
    assert bank.requests("instrucao") == []
    assert is_done() is False


def test_token_refused_before_the_work_is_renewed_once(pedido, instruct, bank, instrucao, is_done):
    bank.faults.inject(Fault("token_expired", "before", "instrucao"))
    assert instruct(pedido, instrucao) is Aceite.FEITA
    assert len({r.headers["x-itau-correlationid"] for r in bank.requests("instrucao")}) == 1
    assert is_done() is True


def test_401_after_the_work_is_never_believed_to_be_a_refusal(pedido, instruct, bank, instrucao, is_done):
    """A bank that says 401 having done it: the repetition is done again, or refused so that the caller asks first."""
    bank.faults.inject(Fault("token_expired", "after", "instrucao"))
    try:
        assert instruct(pedido, instrucao) is Aceite.FEITA
    except BankRefused as error:
        assert error.possibly_duplicate
    assert is_done() is True


def test_403_executed_nothing(pedido, instruct, bank, instrucao, is_done):
    bank.faults.inject(Fault("status", "before", "instrucao", status=403))
    with pytest.raises(CredentialError):
        instruct(pedido, instrucao)
    assert is_done() is False


def test_a_bank_that_asks_to_wait_is_obeyed(office, conta, pedido, instruct, bank, instrucao, is_done):
    bank.faults.inject(Fault("status", "before", "instrucao", times=2, status=429, retry_after=4))
    assert instruct(pedido, instrucao, office.registry.for_conta(conta)) is Aceite.FEITA
    assert office.naps == [4, 4]
    assert is_done() is True


def test_a_bank_that_never_stops_asking_to_wait(office, conta, pedido, instruct, bank, instrucao, is_done):
    bank.faults.inject(Fault("status", "before", "instrucao", times=0, status=429, retry_after=7))
    with pytest.raises(BankUnavailable):
        instruct(pedido, instrucao, office.registry.for_conta(conta))
    assert is_done() is False
