"""Many bills, bills for another day, and the list of convênios."""

from __future__ import annotations

from datetime import time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from bancointegra.domain.convenio import Convenio
from bancointegra.domain.errors import BankUnavailable, InputError, RuleError
from bancointegra.domain.linha_digitavel import codigo_barras_of, format_linha
from bancointegra.domain.order import Desfecho
from bancointegra.domain.pagamento import SituacaoPagamento
from bancointegra.domain.reais import Reais
from tests.services.pay_office import PayOffice, outcome
from tests.services.small_celcoin import AGUA, FICHA, FICHA_ALTERAVEL


def test_a_list_is_read_from_a_text_a_csv_and_a_workbook(pay_office: PayOffice, tmp_path: Path) -> None:
    text = f"linha;fornecedor\n{format_linha(FICHA)};Aurora\n{AGUA};Águas\n{FICHA[:-1]}9;errada\n{FICHA};de novo\n"
    (tmp_path / "contas.csv").write_text(text, encoding="utf-8")
    book = Workbook()
    for row in (["linha"], [format_linha(FICHA)], [codigo_barras_of(AGUA)], [Decimal(FICHA)]):
        book.active.append(row)
    book.save(tmp_path / "contas.xlsx")
    lote = pay_office.window.lote

    read = lote.ler_arquivo(tmp_path / "contas.csv")
    assert [(line.numero, line.leitura.linha_digitavel) for line in read if not line.problema] == [
        (2, FICHA),
        (3, AGUA),
    ]
    assert [(line.numero, line.problema[:20]) for line in read if line.problema] == [
        (4, "O dígito geral não c"),
        (5, "Repete a linha 2."),
    ]
    sheet = lote.ler_arquivo(tmp_path / "contas.xlsx")
    assert [line.leitura.linha_digitavel for line in sheet] == [FICHA, AGUA, None]  # Excel rounds a number of 47 digits
    assert len(lote.ler_texto(f"{FICHA}\n\n{AGUA}\tagosto")) == 2
    with pytest.raises(InputError, match="Não há linha digitável"):
        lote.ler_texto("bom dia")


def test_each_line_is_consulted_and_paid_by_itself(pay_office: PayOffice) -> None:
    lote, pagamento = pay_office.window.lote, pay_office.window.pagamento
    lines = lote.ler_texto("\n".join([FICHA, AGUA, FICHA_ALTERAVEL, FICHA[:-1] + "9"]))
    pay_office.celcoin.fail_next("consultar", BankUnavailable("Sem conexão."))
    consulted = [lote.consultar(pay_office.conta.id, line) for line in lines]
    assert [line.codigo for line in consulted] == ["indisponivel", "", "", "linha"]
    ids = [line.consultada.pagamento.id for line in consulted if line.consultada]
    assert [pagamento.pagar(i).desfecho for i in ids] == [Desfecho.CONFIRMADA] * 2
    assert [pay_office.situacao(i) for i in ids] == [SituacaoPagamento.PAGO] * 2


def test_what_is_scheduled_is_paid_on_its_day_if_the_program_is_open(pay_office: PayOffice) -> None:
    agenda = pay_office.window.agenda
    hoje = pay_office.clock.today()
    pagamento_id = pay_office.consulted()
    with pytest.raises(InputError, match="já passou"):
        agenda.agendar(pagamento_id, hoje - timedelta(days=1))
    with pytest.raises(InputError, match="só pode ser paga até"):
        agenda.agendar(pagamento_id, hoje + timedelta(days=36))
    agenda.agendar(pagamento_id, hoje + timedelta(days=1))
    assert agenda.pagar_de_hoje() == ()
    pay_office.clock.advance(days=1)
    assert [r.desfecho for r in agenda.pagar_de_hoje()] == [Desfecho.CONFIRMADA]
    assert pay_office.situacao(pagamento_id) is SituacaoPagamento.PAGO
    assert agenda.pagar_de_hoje() == ()


def test_a_scheduled_bill_whose_amount_changed_is_left_to_the_clerk(pay_office: PayOffice) -> None:
    agenda = pay_office.window.agenda
    pagamento_id = pay_office.consulted()
    agenda.agendar(pagamento_id, pay_office.clock.today())
    pay_office.clock.advance(minutes=10)
    pay_office.celcoin.totals[FICHA] = Reais(15_200)
    assert [outcome(r) for r in agenda.pagar_de_hoje()] == [(Desfecho.NAO_ENVIADA, "valor_mudou")]
    assert pay_office.pagamento(pagamento_id).agendado_para is None
    assert agenda.pagar_de_hoje() == ()
    assert pay_office.celcoin.held == {}


def test_a_day_that_went_by_is_not_made_up_for_by_itself(pay_office: PayOffice) -> None:
    agenda = pay_office.window.agenda
    pagamento_id = pay_office.consulted()
    agenda.agendar(pagamento_id, pay_office.clock.today())
    pay_office.banks.problem = BankUnavailable("Sem conexão.")
    assert [r.desfecho for r in agenda.pagar_de_hoje()] == [Desfecho.NAO_ENVIADA]
    assert [p.id for p in agenda.de_hoje()] == [pagamento_id]  # it is tried again as long as the day lasts
    pay_office.banks.problem = None
    pay_office.clock.advance(days=1)
    assert agenda.pagar_de_hoje() == ()
    assert [p.id for p in agenda.perdidos()] == [pagamento_id]
    agenda.agendar(pagamento_id, None)
    assert agenda.perdidos() == ()


def test_only_what_is_consulted_can_be_scheduled(pay_office: PayOffice) -> None:
    with pytest.raises(RuleError, match="Aguardando confirmação"):
        pay_office.window.agenda.agendar(pay_office.reserved(), pay_office.clock.today())


def test_convenios_are_found_by_name_and_by_line(pay_office: PayOffice) -> None:
    convenios = pay_office.window.convenios
    conta_id = pay_office.conta.id
    mask = "82______________1699____________________________"
    water = Convenio("ÁGUAS DO RIO 4 RJ", mask, time(19), "Saneamento", ("RJ",))
    other = Convenio("Minas Gerais Multa", mask.replace("82", "87").replace("1699", "3466"), time(16))
    pay_office.celcoin.convenant_list = (other, water)
    assert not convenios.is_atual(conta_id)
    assert convenios.atualizar(conta_id) == (other, water)
    assert convenios.is_atual(conta_id)
    assert convenios.procurar(conta_id, "aguas") == (water,)
    assert convenios.da_linha(conta_id, AGUA) == water
    assert convenios.da_linha(conta_id, FICHA) is None
    pay_office.clock.advance(days=2)
    assert not convenios.is_atual(conta_id)
