"""A título typed by the clerk, from the empty form to the bank and back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import Qt

from bancointegra.bootstrap.desk import INTEGRACAO
from bancointegra.bootstrap.receber import TITULOS
from bancointegra.domain.conta import Ambiente
from bancointegra.domain.situacao import Situacao
from bancointegra.simulator import Simulator
from bancointegra.ui.integracao.alterar_dialog import AlterarDialog
from bancointegra.ui.titulos import rascunho as nomes
from bancointegra.ui.titulos.titulo_dialog import TituloDialog
from tests.end_to_end.clerk import Clerk

VENCIMENTO = date.today() + timedelta(days=20)


def test_typed_here_registered_and_altered_there(clerk: Clerk, bank: Simulator) -> None:
    page = clerk.desk.window.open_screen(TITULOS)
    clerk.wait(lambda: page.list.model.total > 0)
    before = page.list.model.total
    clerk.click(page.bar.new_button)
    form = clerk.dialog(TituloDialog)
    for name, text in (
        (nomes.NUMERO, "9001"),
        (nomes.PARCELA, "1"),
        (nomes.VENCIMENTO, f"{VENCIMENTO:%d%m%Y}"),
        (nomes.VALOR, "321,09"),
    ):
        clerk.qtbot.keyClicks(form.form.fields.edits[name], text)
    sacado = form.pagador.edit
    clerk.qtbot.keyClicks(sacado, "aurora")
    clerk.wait(lambda: sacado.popup.model().rowCount() == 1)
    clerk.qtbot.keyClick(sacado, Qt.Key.Key_Return)
    clerk.click(form.confirm_button)
    clerk.wait(lambda: page.list.model.total == before + 1 and page.list.current is not None)
    clerk.wait(lambda: page.list.current.titulo == "9001/1")

    clerk.click(page.bar.bank_button)
    clerk.wait(lambda: clerk.page.list.found_text.startswith("1 título "))
    clerk.register(1)
    assert clerk.read_and_close() == "Boletos registrados com sucesso!"
    [boleto] = bank.bank.boletos()
    assert (boleto["valor"], boleto["vencimento"]) == (32109, VENCIMENTO.isoformat())

    clerk.desk.window.open_screen(TITULOS)
    clerk.wait(lambda: page.list.current.situacao is Situacao.REGISTRADO)
    clerk.click(page.bar.open_button)
    form = clerk.dialog(TituloDialog)
    assert not form.form.vencimento.isEnabled()
    clerk.click(form.bank_button)
    clerk.dialog(AlterarDialog).reject()


def test_the_strip_names_the_account_of_the_screen_in_front(clerk: Clerk) -> None:
    window, busca = clerk.desk.window, clerk.desk.program.services.busca
    [simulada, *_] = busca.contas()
    clerk.desk.program.store.contas.save(replace(simulada, id=0, mnemonico="OUTRA", ambiente=Ambiente.PRODUCAO))
    assert "SIMULAÇÃO" in window.windowTitle()
    page = window.open_screen(TITULOS)
    [outra] = [conta for conta in busca.contas() if conta.mnemonico == "OUTRA"]
    page.filters.choose_conta(outra)
    clerk.wait(lambda: "PRODUÇÃO" in window.windowTitle())
    window.open_screen(INTEGRACAO)
    assert "SIMULAÇÃO" in window.windowTitle()
    window.open_screen(TITULOS)
    assert "PRODUÇÃO" in window.windowTitle()
