"""Alterar, baixar, protestar and cancelar protesto under every fault: done once, and never believed by guess."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
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
    AlterarVencimento,
    Baixar,
    CancelarProtesto,
    Instrucao,
    Protestar,
)
from bancointegra.domain.order import Desfecho
from bancointegra.domain.reais import Reais
from bancointegra.domain.situacao import Situacao
from bancointegra.simulator import Fault, Simulator
from tests.end_to_end.office import READ_TIMEOUT, Office, open_office

LATE = READ_TIMEOUT + 1.5
HOJE = date.today()

ALTERACOES: list[Instrucao] = [
    AlterarVencimento(HOJE + timedelta(days=12)),
    AlterarMulta(Multa(TipoMulta.VALOR, valor=Reais(1000))),
    AlterarMulta(Multa(TipoMulta.PERCENTUAL, percentual=Decimal("10"))),
    AlterarJuros(Juros(TipoJuros.VALOR_POR_DIA, valor=Reais(70))),
    AlterarJuros(Juros(TipoJuros.PERCENTUAL_AO_MES, percentual=Decimal("2.5"))),
    AlterarDesconto(TipoDesconto.VALOR_ATE_DATA, (Desconto(HOJE, valor=Reais(500)),)),
    AlterarDesconto(TipoDesconto.PERCENTUAL_ATE_DATA, (Desconto(HOJE, percentual=Decimal("3")),)),
    AlterarAbatimento(Reais(2500)),
    AlterarSeuNumero("NF77A"),
    AlterarDataLimite(HOJE + timedelta(days=90)),
    AlterarValor(Reais(99900)),
]

LOST = [
    Fault(kind="status", phase="before", route="instrucao", status=500),
    Fault(kind="status", phase="after", route="instrucao", status=500),
    Fault(kind="delay", phase="before", route="instrucao", seconds=LATE),
    Fault(kind="delay", phase="after", route="instrucao", seconds=LATE),
    Fault(kind="dropped_connection", phase="before", route="instrucao"),
    Fault(kind="dropped_connection", phase="after", route="instrucao"),
    Fault(kind="html_body", phase="after", route="instrucao", status=503),
]

PROTESTAR = Protestar(HOJE + timedelta(days=10), "Escritório Exemplo")
OPERATIONS: dict[str, tuple[Instrucao, Situacao]] = {
    "alterar": (ALTERACOES[0], Situacao.REGISTRADO),
    "baixar": (Baixar(), Situacao.BAIXADO),
    "protestar": (PROTESTAR, Situacao.PROTESTADO),
    "cancelar": (CancelarProtesto(HOJE, "pago ao beneficiário"), Situacao.CANCELAMENTO_ENVIADO),
}


@dataclass
class Desk:
    """One registered título at an open program."""

    program: Program
    bank: Simulator
    titulo_id: int

    def send(self, instrucao: Instrucao) -> Desfecho:
        return self.program.services.instrucao.executar(self.titulo_id, instrucao).desfecho

    @property
    def situacao(self) -> Situacao:
        return self.program.services.busca.titulo(self.titulo_id).situacao

    def at_the_bank(self) -> dict[str, object]:
        (boleto,) = self.bank.bank.boletos()
        return boleto

    def verify(self) -> Desfecho:
        resultado = self.program.services.reconciliacao.verificar(self.titulo_id)
        assert resultado is not None
        return resultado.desfecho


@pytest.fixture
def desk(tmp_path: Path, bank: Simulator):  # type: ignore[no-untyped-def]
    office: Office = open_office(tmp_path / "dados", bank, titulos=1)
    (titulo_id,) = office.titulo_ids
    with office.program() as program:
        assert program.services.registro.registrar(titulo_id, gerar_pdf=False).desfecho is Desfecho.CONFIRMADA
        yield Desk(program, bank, titulo_id)


@pytest.mark.parametrize("instrucao", ALTERACOES, ids=lambda i: type(i).__name__)
def test_each_alteration_reaches_the_bank_and_the_titulo(desk: Desk, instrucao: Instrucao, tmp_path: Path) -> None:
    before = desk.program.services.busca.titulo(desk.titulo_id)
    resultado = desk.program.services.instrucao.executar(desk.titulo_id, instrucao, gerar_pdf=True)
    assert (resultado.desfecho, resultado.codigo) == (Desfecho.CONFIRMADA, ""), resultado
    assert Path(resultado.pdf_path).is_file()
    after = desk.program.services.busca.titulo(desk.titulo_id)
    assert after != before
    assert after.boleto is not None
    assert after.boleto.linha_digitavel == desk.at_the_bank()["linha_digitavel"]
    # What the query shows now agrees with what we believe.
    assert desk.program.services.consulta.consultar(desk.titulo_id).desfecho is Desfecho.CONFIRMADA
    assert desk.situacao is Situacao.REGISTRADO


@pytest.mark.parametrize("fault", LOST, ids=lambda f: f"{f.kind}-{f.phase}")
@pytest.mark.parametrize("name", OPERATIONS)
def test_a_lost_answer_is_settled_by_asking(desk: Desk, name: str, fault: Fault) -> None:
    instrucao, expected = OPERATIONS[name]
    if name == "cancelar":
        assert desk.send(PROTESTAR) is Desfecho.CONFIRMADA
    desk.bank.bank.faults.inject(fault)
    assert desk.send(instrucao) is Desfecho.A_CONFIRMAR
    assert desk.program.services.busca.titulo(desk.titulo_id).a_confirmar
    assert desk.send(instrucao) is Desfecho.NAO_ENVIADA
    assert desk.verify() is Desfecho.CONFIRMADA
    assert desk.situacao is expected
    assert desk.program.services.reconciliacao.a_confirmar() == ()


PASSING = [
    Fault(kind="token_expired", phase="before", route="instrucao"),
    Fault(kind="status", phase="before", route="instrucao", status=429, retry_after=1),
]


@pytest.mark.parametrize("fault", PASSING, ids=lambda f: f"{f.kind}-{f.status}")
@pytest.mark.parametrize("name", ["alterar", "baixar", "protestar"])
def test_what_the_program_settles_by_itself(desk: Desk, name: str, fault: Fault) -> None:
    instrucao, expected = OPERATIONS[name]
    desk.bank.bank.faults.inject(fault)
    assert desk.send(instrucao) is Desfecho.CONFIRMADA
    assert desk.situacao is expected


@pytest.mark.parametrize("name", ["alterar", "baixar", "protestar"])
def test_a_certificate_that_expired_overnight_changes_nothing(desk: Desk, name: str) -> None:
    desk.bank.bank.clients.expire_certificates()
    desk.bank.bank.clients.expire_tokens()
    resultado = desk.program.services.instrucao.executar(desk.titulo_id, OPERATIONS[name][0])
    assert resultado.desfecho is Desfecho.NAO_ENVIADA
    assert "ertificado" in resultado.mensagem
    assert desk.situacao is Situacao.REGISTRADO
    assert desk.program.services.reconciliacao.a_confirmar() == ()


def test_a_pending_approval_is_not_done(desk: Desk) -> None:
    desk.bank.bank.switch(instruction_answer="approval")
    assert desk.send(Baixar()) is Desfecho.AGUARDANDO
    assert desk.situacao is Situacao.REGISTRADO
    assert desk.verify() is Desfecho.AGUARDANDO
    sent = len(desk.bank.bank.requests("instrucao"))
    assert sent == 1, "an order that waits for an approval is never repeated"
    desk.bank.bank.write_off(str(desk.at_the_bank()["nosso_numero"]))
    assert desk.verify() is Desfecho.CONFIRMADA
    assert desk.situacao is Situacao.BAIXADO


@pytest.mark.parametrize(
    ("meanwhile", "desfecho", "situacao"),
    [
        ("nothing", Desfecho.RECUSADA, Situacao.REGISTRADO),
        ("approved after all", Desfecho.CONFIRMADA, Situacao.BAIXADO),
        ("the bank cannot be asked", Desfecho.AGUARDANDO, Situacao.REGISTRADO),
    ],
)
def test_an_approval_said_to_be_denied_is_closed_unless_the_bank_did_it(
    desk: Desk, meanwhile: str, desfecho: Desfecho, situacao: Situacao
) -> None:
    desk.bank.bank.switch(instruction_answer="approval")
    desk.send(Baixar())
    if meanwhile == "approved after all":
        desk.bank.bank.write_off(str(desk.at_the_bank()["nosso_numero"]))
    if meanwhile == "the bank cannot be asked":
        desk.bank.bank.faults.inject(Fault(kind="status", phase="before", route="consulta", status=503, times=0))
    closed = desk.program.services.reconciliacao.encerrar_negada(desk.titulo_id)
    assert closed is not None
    assert (closed.desfecho, desk.situacao) == (desfecho, situacao)
    waits = desfecho is Desfecho.AGUARDANDO
    assert desk.program.services.busca.titulo(desk.titulo_id).aguardando is waits
    assert len(desk.bank.bank.requests("instrucao")) == 1


def test_an_approval_is_moot_once_the_boleto_was_written_off(desk: Desk) -> None:
    desk.bank.bank.switch(instruction_answer="approval")
    assert desk.send(AlterarValor(Reais(99900))) is Desfecho.AGUARDANDO
    desk.bank.bank.write_off(str(desk.at_the_bank()["nosso_numero"]))
    assert desk.verify() is Desfecho.RECUSADA


def test_baixar_asks_first_and_stops_at_a_paid_boleto(desk: Desk) -> None:
    desk.bank.bank.pay(str(desk.at_the_bank()["nosso_numero"]))
    resultado = desk.program.services.instrucao.baixar(desk.titulo_id, consultar_antes=True)
    assert resultado.desfecho is Desfecho.RECUSADA
    assert "LIQUIDADO" in resultado.mensagem
    assert desk.situacao is Situacao.LIQUIDADO
    assert desk.bank.bank.requests("instrucao") == []


def test_baixar_a_paid_boleto_without_asking_is_refused_by_the_bank(desk: Desk) -> None:
    desk.bank.bank.pay(str(desk.at_the_bank()["nosso_numero"]))
    assert desk.send(Baixar()) is Desfecho.RECUSADA
    assert desk.program.services.reconciliacao.a_confirmar() == ()


def test_the_whole_life_of_a_boleto(desk: Desk) -> None:
    """Registered, changed, protested, cancelled, written off, registered again under a new number, paid."""
    step: Callable[[Instrucao], Desfecho] = desk.send
    assert step(AlterarAbatimento(Reais(1000))) is Desfecho.CONFIRMADA
    assert step(PROTESTAR) is Desfecho.CONFIRMADA
    assert desk.situacao is Situacao.PROTESTADO
    assert step(CancelarProtesto(HOJE, "acordo")) is Desfecho.CONFIRMADA
    assert desk.situacao is Situacao.CANCELAMENTO_ENVIADO
    desk.program.services.consulta.consultar(desk.titulo_id)
    assert desk.situacao is Situacao.REGISTRADO
    assert desk.program.services.instrucao.baixar(desk.titulo_id, consultar_antes=True).desfecho is Desfecho.CONFIRMADA
    assert desk.situacao is Situacao.BAIXADO
    assert desk.program.services.registro.registrar(desk.titulo_id, gerar_pdf=False).desfecho is Desfecho.CONFIRMADA
    titulo = desk.program.services.busca.titulo(desk.titulo_id)
    assert titulo.boleto is not None
    assert titulo.boleto.nosso_numero == "00000002"
    desk.bank.bank.pay("00000002")
    desk.program.services.consulta.consultar(desk.titulo_id)
    assert desk.situacao is Situacao.LIQUIDADO
