"""Every alteration the clerk can send under every fault: the right end, nothing twice, and a sentence that helps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from bancointegra.bootstrap.program import Program
from bancointegra.domain.encargos import Desconto, Juros, Multa, TipoDesconto, TipoJuros, TipoMulta
from bancointegra.domain.instrucao import (
    AlterarAbatimento,
    AlterarDataLimite,
    AlterarDesconto,
    AlterarJuros,
    AlterarMulta,
    AlterarSeuNumero,
    AlterarValor,
    Instrucao,
    is_efetiva,
)
from bancointegra.domain.order import Desfecho, Resultado
from bancointegra.domain.reais import Reais
from bancointegra.domain.situacao import Situacao
from bancointegra.simulator import Fault, Simulator
from tests.end_to_end.office import READ_TIMEOUT, open_office

HOJE = date.today()
ALTERACOES: tuple[Instrucao, ...] = (
    AlterarMulta(Multa(TipoMulta.VALOR, valor=Reais(1000))),
    AlterarJuros(Juros(TipoJuros.PERCENTUAL_AO_MES, percentual=Decimal("2.5"))),
    AlterarDesconto(TipoDesconto.VALOR_ATE_DATA, (Desconto(HOJE, valor=Reais(500)),)),
    AlterarAbatimento(Reais(2500)),
    AlterarSeuNumero("NF77A"),
    AlterarDataLimite(HOJE + timedelta(days=90)),
    AlterarValor(Reais(99_900)),
)
LATE = READ_TIMEOUT + 0.2


class Desk:
    """One registered boleto, and the bank behind it."""

    def __init__(self, program: Program, bank: Simulator, titulo_id: int) -> None:
        self.program, self.bank, self.titulo_id = program, bank, titulo_id
        assert program.services.registro.registrar(titulo_id, gerar_pdf=False).desfecho is Desfecho.CONFIRMADA

    def send(self, instrucao: Instrucao, fault: Fault | None = None) -> Resultado:
        if fault:
            self.bank.bank.faults.inject(fault)
        return self.program.services.instrucao.executar(self.titulo_id, instrucao)

    def verify(self) -> Resultado:
        settled = self.program.services.reconciliacao.verificar(self.titulo_id)
        assert settled is not None
        return settled

    @property
    def received(self) -> int:
        return len(self.bank.bank.requests("instrucao"))

    def is_done(self, instrucao: Instrucao) -> bool | None:
        """What the bank itself says."""
        [conta] = self.program.services.conta.todas()
        consulta = self.program.banks.for_conta(conta).consultar("109", "00000001")
        assert consulta is not None
        return is_efetiva(instrucao, consulta)

    def settled(self) -> None:
        titulo = self.program.services.busca.titulo(self.titulo_id)
        assert (titulo.situacao, titulo.a_confirmar) == (Situacao.REGISTRADO, False)


@pytest.fixture
def desk(tmp_path: Path, bank: Simulator) -> Iterator[Desk]:
    office = open_office(tmp_path / "dados", bank, titulos=1)
    [titulo_id] = office.titulo_ids
    with office.program() as program:
        yield Desk(program, bank, titulo_id)


def _status(status: int, phase: str = "before") -> Fault:
    return Fault(kind="status", phase=phase, route="instrucao", status=status)


@pytest.mark.parametrize(
    ("fault", "alteracoes"),
    [
        (_status(500), ALTERACOES),
        (_status(503, "after"), ALTERACOES),
        (Fault(kind="dropped_connection", phase="after", route="instrucao"), ALTERACOES),
        (Fault(kind="delay", phase="before", route="instrucao", seconds=LATE), ALTERACOES[:1]),
        (Fault(kind="delay", phase="after", route="instrucao", seconds=LATE), ALTERACOES[2:3]),
    ],
    ids=lambda value: f"{value.kind}-{value.phase}" if isinstance(value, Fault) else "",
)
def test_a_lost_answer_is_settled_by_asking(desk: Desk, fault: Fault, alteracoes: Sequence[Instrucao]) -> None:
    for instrucao in alteracoes:
        before = desk.received
        lost = desk.send(instrucao, fault)
        assert lost.desfecho is Desfecho.A_CONFIRMAR, lost
        assert "Não repita: use “Verificar agora”" in lost.mensagem
        again = desk.send(instrucao)
        assert (again.desfecho, again.codigo) == (Desfecho.NAO_ENVIADA, "a_confirmar")
        assert desk.verify().desfecho is Desfecho.CONFIRMADA
        assert desk.is_done(instrucao)
        assert desk.received - before == (1 if fault.phase == "after" else 2)
        desk.settled()


@pytest.mark.parametrize(
    "fault",
    [
        Fault(kind="token_expired", phase="before", route="instrucao"),
        Fault(kind="status", phase="before", route="instrucao", status=429, retry_after=0),
    ],
    ids=lambda fault: fault.kind,
)
def test_a_token_that_expired_and_a_full_queue_are_waited_for(desk: Desk, fault: Fault) -> None:
    for instrucao in ALTERACOES:
        assert desk.send(instrucao, fault).desfecho is Desfecho.CONFIRMADA
        assert desk.is_done(instrucao)
        desk.settled()


def test_what_needs_an_approval_is_pending_and_may_be_denied(desk: Desk) -> None:
    desk.bank.bank.switch(instruction_answer="approval")
    before = desk.program.services.busca.titulo(desk.titulo_id)
    for number, instrucao in enumerate(ALTERACOES, start=1):
        waiting = desk.send(instrucao)
        assert waiting.desfecho is Desfecho.AGUARDANDO
        assert "aguarda a aprovação de uma pessoa autorizada" in waiting.mensagem
        assert desk.verify().desfecho is Desfecho.AGUARDANDO
        denied = desk.program.services.reconciliacao.encerrar_negada(desk.titulo_id)
        assert denied and (denied.desfecho, denied.codigo) == (Desfecho.RECUSADA, "aprovacao_negada")
        assert desk.received == number, "nothing is repeated"
        assert not desk.is_done(instrucao)
    assert desk.program.services.busca.titulo(desk.titulo_id) == before


def test_what_the_bank_refuses_changes_nothing(desk: Desk) -> None:
    desk.bank.bank.pay("00000001")
    before = desk.program.services.busca.titulo(desk.titulo_id)
    for instrucao in ALTERACOES:
        refused = desk.send(instrucao)
        assert refused.desfecho is Desfecho.RECUSADA
        assert "pago antes" in refused.mensagem or "liquidado" in refused.mensagem
        desk.settled()
    assert desk.program.services.busca.titulo(desk.titulo_id) == before


def test_a_certificate_that_expired_overnight_changes_nothing(desk: Desk) -> None:
    before = desk.bank.bank.boletos()
    desk.bank.bank.clients.expire_certificates()
    desk.bank.bank.clients.expire_tokens()
    for instrucao in ALTERACOES:
        unsent = desk.send(instrucao)
        assert unsent.desfecho is Desfecho.NAO_ENVIADA
        assert "certificado" in unsent.mensagem.lower()
        desk.settled()
    assert desk.bank.bank.boletos() == before
