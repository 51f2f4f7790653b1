"""Every fault of the bank, before and after it did its work: each título ends registered exactly once."""

from __future__ import annotations

from pathlib import Path

import pytest

from bancointegra.bootstrap.program import Program
from bancointegra.domain.order import Desfecho, OrderState, Resultado
from bancointegra.domain.situacao import Situacao
from bancointegra.domain.titulo import TituloFilter
from bancointegra.simulator import Fault, Simulator
from tests.end_to_end.office import READ_TIMEOUT, Office, open_office

LATE = READ_TIMEOUT + 1.5

ANSWER_LOST = [
    Fault(kind="delay", phase="after", route="emissao", seconds=LATE),
    Fault(kind="delay", phase="before", route="emissao", seconds=LATE),
    Fault(kind="dropped_connection", phase="before", route="emissao"),
    Fault(kind="dropped_connection", phase="after", route="emissao"),
    Fault(kind="status", phase="before", route="emissao", status=500),
    Fault(kind="status", phase="after", route="emissao", status=500),
    Fault(kind="status", phase="after", route="emissao", status=503),
    Fault(kind="status", phase="after", route="emissao", status=504),
    Fault(kind="status", phase="after", route="emissao", status=408),
    Fault(kind="empty_body", phase="before", route="emissao"),
    Fault(kind="empty_body", phase="after", route="emissao"),
    Fault(kind="html_body", phase="before", route="emissao"),
    Fault(kind="html_body", phase="after", route="emissao"),
    Fault(kind="truncated_body", phase="after", route="emissao"),
    Fault(kind="invalid_json", phase="after", route="emissao"),
]


def name_of(fault: Fault) -> str:
    return f"{fault.kind}-{fault.status or ''}-{fault.phase}"


@pytest.fixture
def office(tmp_path: Path, bank: Simulator) -> Office:
    return open_office(tmp_path / "dados", bank, titulos=1)


def register(program: Program, titulo_id: int) -> Resultado:
    return program.services.registro.registrar(titulo_id, gerar_pdf=False)


def assert_registered_once(program: Program, bank: Simulator, titulo_id: int) -> None:
    titulo = program.services.busca.titulo(titulo_id)
    assert titulo.situacao is Situacao.REGISTRADO
    assert not titulo.a_confirmar
    assert titulo.boleto is not None
    assert bank.bank.registration_count(titulo.boleto.nosso_numero) == 1
    assert len(bank.bank.boletos()) == 1
    assert titulo.boleto.linha_digitavel == bank.bank.boletos()[0]["linha_digitavel"]


@pytest.mark.parametrize("fault", ANSWER_LOST, ids=name_of)
def test_an_answer_that_is_lost(office: Office, bank: Simulator, fault: Fault) -> None:
    (titulo_id,) = office.titulo_ids
    with office.program() as program:
        bank.bank.faults.inject(fault)
        first = register(program, titulo_id)
        assert first.desfecho is Desfecho.A_CONFIRMAR, first
        assert program.services.busca.titulo(titulo_id).a_confirmar

        # While nobody knows, nothing else may be ordered for it.
        assert register(program, titulo_id).desfecho is Desfecho.NAO_ENVIADA

        settled = program.services.reconciliacao.verificar(titulo_id)
        assert settled is not None
        assert settled.desfecho is Desfecho.CONFIRMADA, settled
        assert_registered_once(program, bank, titulo_id)
        assert program.services.reconciliacao.a_confirmar() == ()


NOT_EXECUTED = [
    Fault(kind="status", phase="before", route="token", status=500),
    Fault(kind="status", phase="before", route="token", status=503),
    Fault(kind="dropped_connection", phase="before", route="token"),
    Fault(kind="delay", phase="before", route="token", seconds=LATE),
    Fault(kind="html_body", phase="after", route="token"),
]


@pytest.mark.parametrize("fault", NOT_EXECUTED, ids=name_of)
def test_a_token_that_does_not_come_sends_nothing(office: Office, bank: Simulator, fault: Fault) -> None:
    (titulo_id,) = office.titulo_ids
    with office.program() as program:
        bank.bank.faults.inject(fault)
        assert register(program, titulo_id).desfecho is Desfecho.NAO_ENVIADA
        assert not program.services.busca.titulo(titulo_id).a_confirmar
        assert bank.bank.boletos() == []

        assert register(program, titulo_id).desfecho is Desfecho.CONFIRMADA
        assert_registered_once(program, bank, titulo_id)
        # The number allocated before the failure is the one used: none is wasted.
        assert bank.bank.boletos()[0]["nosso_numero"] == "00000001"


def test_a_token_refused_in_mid_batch_is_renewed_once(office: Office, bank: Simulator) -> None:
    (titulo_id,) = office.titulo_ids
    with office.program() as program:
        bank.bank.faults.inject(Fault(kind="token_expired", phase="before", route="emissao"))
        assert register(program, titulo_id).desfecho is Desfecho.CONFIRMADA
        assert_registered_once(program, bank, titulo_id)


def test_a_bank_that_asks_to_wait_is_obeyed(office: Office, bank: Simulator) -> None:
    (titulo_id,) = office.titulo_ids
    with office.program() as program:
        bank.bank.faults.inject(Fault(kind="status", phase="before", route="emissao", status=429, retry_after=1))
        assert register(program, titulo_id).desfecho is Desfecho.CONFIRMADA
        assert_registered_once(program, bank, titulo_id)


def test_a_bank_that_went_away_leaves_everything_safe(tmp_path: Path) -> None:
    with Simulator(tmp_path / "banco") as bank:
        office = open_office(tmp_path / "dados", bank, titulos=1)
    (titulo_id,) = office.titulo_ids
    with office.program() as program:
        resultado = register(program, titulo_id)
        assert resultado.desfecho is Desfecho.NAO_ENVIADA
        assert "internet" in resultado.mensagem
        conta = program.services.busca.contas()[0]
        assert program.services.busca.contagem(TituloFilter(conta.id)) == {Situacao.PENDENTE: 1}
        assert program.store.journal.in_doubt() == ()


def test_a_lost_answer_stays_in_doubt_while_the_query_is_down_too(office: Office, bank: Simulator) -> None:
    (titulo_id,) = office.titulo_ids
    with office.program() as program:
        bank.bank.faults.inject(Fault(kind="status", phase="after", route="emissao", status=500))
        bank.bank.faults.inject(Fault(kind="status", phase="before", route="consulta", status=503, times=0))
        register(program, titulo_id)
        settled = program.services.reconciliacao.verificar(titulo_id)
        assert settled is not None
        assert settled.desfecho is Desfecho.A_CONFIRMAR
        (order,) = program.store.journal.in_doubt()
        assert order.state is OrderState.INDEFINIDA

        bank.bank.faults.clear()
        program.services.reconciliacao.verificar_todas()
        assert_registered_once(program, bank, titulo_id)


def test_a_boleto_the_bank_does_not_show_yet(office: Office, bank: Simulator) -> None:
    (titulo_id,) = office.titulo_ids
    with office.program() as program:
        bank.bank.faults.inject(Fault(kind="status", phase="after", route="emissao", status=500))
        bank.bank.switch(visibility_lag=600.0)
        register(program, titulo_id)
        settled = program.services.reconciliacao.verificar(titulo_id)
        assert settled is not None
        assert settled.desfecho is Desfecho.A_CONFIRMAR
        assert len(bank.bank.boletos()) == 1

        bank.bank.switch(visibility_lag=0.0)
        program.services.reconciliacao.verificar_todas()
        assert_registered_once(program, bank, titulo_id)
