"""Every field of Pagamento de Contas and of its dialogs, tried with whatever can be pasted into it."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from bancointegra.domain.errors import AppError, InputError, OutcomeUnknown
from bancointegra.domain.pagamento import SituacaoPagamento
from bancointegra.ui.pagamento.actions import PAGAR
from bancointegra.ui.pagamento.agendar_dialog import AgendarDialog
from bancointegra.ui.pagamento.conta_dialog import CERTIFICADO, CHAVE, ContaPagamentoDialog
from bancointegra.ui.pagamento.decidir_dialog import DecidirDialog
from bancointegra.ui.pagamento.file_reading import SenhaDialog
from bancointegra.ui.pagamento.lote_dialog import LoteDialog
from tests.services.small_celcoin import FICHA, FICHA_ALTERAVEL
from tests.ui.hostile import ACCEPTED, HOSTILE, require_plain, walks
from tests.ui.pagamento.conftest import services_of


def all_contas(mesa):
    return services_of(mesa.office).contas.todas()


@walks(ContaPagamentoDialog)
def test_a_conta_celcoin(walker, mesa):
    services, jobs, kept = services_of(mesa.office), mesa.page._jobs, []

    def opened():
        kept.extend(all_contas(mesa))
        as_before = mesa.office.store.contas_pagamento.save(mesa.office.conta)
        return walker.show(ContaPagamentoDialog(as_before, jobs, services.contas))

    sentences = walker.walk(opened)
    assert any("CPF" in each for each in sentences)
    assert any("não é um valor em reais" in each for each in sentences)
    assert len(all_contas(mesa)) == 1
    for conta in kept:
        for text in (conta.mnemonico, conta.nome, conta.client_id, conta.terminal, conta.host):
            assert text.isprintable() and len(text) <= 200, text[:100]


@walks(ContaPagamentoDialog)
def test_the_certificate_of_a_conta_celcoin(walker, mesa):
    services, jobs = services_of(mesa.office), mesa.page._jobs
    [before] = all_contas(mesa)

    def opened():
        dialog = ContaPagamentoDialog(before, jobs, services.contas)
        for name in (CERTIFICADO, CHAVE):
            dialog.edits[name].setText(str(walker.files[0]))
        return walker.show(dialog)

    sentences = walker.walk(opened)
    assert any("não pôde ser lid" in each or "Não foi possível ler" in each for each in sentences)
    assert all_contas(mesa) == (before,)


@walks(AgendarDialog)
def test_agendar(walker, mesa):
    pagamento = mesa.office.pagamento(mesa.office.consulted(FICHA_ALTERAVEL))
    days = []

    def opened():
        dialog = AgendarDialog(pagamento, pagamento.valor, mesa.office.clock.today)
        dialog.chosen.connect(days.append)
        return walker.show(dialog)

    assert walker.walk(opened)
    assert all(day - mesa.office.clock.today() < timedelta(days=400) for day in days)


@walks(DecidirDialog)
def test_what_celcoin_said_by_telephone(walker, mesa):
    verificacao = mesa.office.window.verificacao
    reserved = mesa.office.reserved(FICHA)
    mesa.office.celcoin.fail_next("confirmar", OutcomeUnknown("A resposta não chegou."))
    mesa.office.window.pagamento.confirmar(reserved)
    decided = []

    def opened():
        dialog = DecidirDialog(mesa.office.pagamento(reserved), verificacao.decisoes(reserved))
        dialog.decided.connect(lambda _situacao, motivo: decided.append(motivo))
        return walker.show(dialog)

    assert walker.walk(opened)
    assert decided and all(motivo.isprintable() and len(motivo) <= 200 for motivo in decided)
    for motivo in HOSTILE:
        if motivo not in decided:
            with pytest.raises(InputError):
                verificacao.decidir(reserved, SituacaoPagamento.PAGO, motivo)


@walks(SenhaDialog)
def test_the_password_of_a_pdf(walker, mesa):
    target = BytesIO()
    canvas = Canvas(target, encrypt=StandardEncryption("segredo"))
    canvas.drawString(40, 700, FICHA)
    canvas.save()
    given = []

    def opened():
        dialog = SenhaDialog("boleto.pdf", AppError("protegido por senha.", hint="Peça a senha."), None)
        dialog.given.connect(given.append)
        return walker.show(dialog)

    walker.walk(opened)
    assert len(given) > 5
    for senha in given:
        with pytest.raises(AppError) as refused:
            mesa.page._services.leitura.read(target.getvalue(), senha=senha)
        require_plain(str(refused.value), senha[:40])


@walks(LoteDialog)
def test_many_codes(walker, mesa):
    def opened():
        dialog = LoteDialog(mesa.office.conta, mesa.page._jobs, services_of(mesa.office).lote)
        dialog._typing.setInterval(0)
        return walker.show(dialog)

    def told(dialog):
        return dialog.said.text() or ("" if dialog.text.toPlainText().strip() else ACCEPTED)

    sentences = walker.walk(opened, lambda dialog: dialog.said.clear(), told)
    assert any("Não há linha digitável" in each for each in sentences)


def test_a_code_that_looks_like_html_is_shown_as_it_is(walker, qtbot, mesa):
    dialog = walker.show(LoteDialog(mesa.office.conta, mesa.page._jobs, services_of(mesa.office).lote))
    dialog.text.setPlainText(f"<img src=//estranho/x.png>{'9' * 47}")
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 1)
    assert "<img" in dialog.table.item(0, 1).text()
    assert "<img" not in dialog.table.item(0, 1).toolTip()
    dialog.done(0)


def test_strange_files_as_a_list_and_as_a_bill(walker, qtbot, mesa):
    dialog = walker.show(LoteDialog(mesa.office.conta, mesa.page._jobs, services_of(mesa.office).lote))
    failed = []
    mesa.page.code.failed.connect(lambda error: failed.append(str(error)))
    for path in walker.files:
        dialog.said.clear()
        dialog.import_file(path)
        qtbot.waitUntil(lambda: bool(dialog.said.text()))
        require_plain(dialog.said.text(), path)
        mesa.page.code.reading.read_file(path)
        qtbot.waitUntil(lambda: bool(failed))
        require_plain(failed.pop(), path)
        mesa.read_message()
        qtbot.waitUntil(lambda: mesa.page.code.reading._under_way is None)
    dialog.done(0)


@pytest.mark.parametrize("tab", range(3))
def test_the_fields_of_the_page(walker, qtbot, mesa, tab):
    """Whatever is typed there is a code gone wrong, or a search."""
    mesa.page.tabs.setCurrentIndex(tab)

    def consult(page):
        walker.click(page.code.consultar_button)

    walker.walk(lambda: mesa.page, consult, lambda page: page.code.said.text())
    qtbot.waitUntil(lambda: not mesa.page.is_busy)
    assert mesa.office.celcoin.payment_count(FICHA) == 0


def test_how_much_is_paid(walker, mesa):
    mesa.consultar(FICHA_ALTERAVEL)
    mesa.wait_for(SituacaoPagamento.CONSULTADO)
    card = mesa.page.card
    mesa.page.code.field.setReadOnly(True)

    def pay(page):
        walker.click(card.buttons[PAGAR])

    sentences = walker.walk(lambda: mesa.page, pay, lambda _page: card.limits.text())
    assert any("não é um valor em reais" in each for each in sentences)
    assert mesa.shown is SituacaoPagamento.CONSULTADO
    assert mesa.office.celcoin.payment_count(FICHA_ALTERAVEL) == 0
