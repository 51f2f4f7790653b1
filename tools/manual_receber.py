"""The chapters of the manual about Contas a Receber: Títulos a Receber and Pagadores."""

from __future__ import annotations

from PySide6.QtCore import QDate

from bancointegra.bootstrap.program import Program
from bancointegra.bootstrap.receber import PAGADORES, TITULOS
from bancointegra.domain.situacao import Situacao
from bancointegra.ui.cadastros import rascunho as pagador_nomes
from bancointegra.ui.cadastros.pagador_dialog import PagadorDialog
from bancointegra.ui.main_window import MainWindow
from bancointegra.ui.titulos import rascunho as titulo_nomes
from bancointegra.ui.titulos.parcelar_dialog import ParcelarDialog
from bancointegra.ui.titulos.titulo_dialog import TituloDialog
from tools.manual_studio import Studio


class ContasAReceber:
    """Leaves nothing stored behind."""

    def __init__(self, studio: Studio, window: MainWindow, program: Program) -> None:
        self.studio, self.window, self.program = studio, window, program

    def walk(self) -> None:
        self.titulos()
        self.pagadores()

    def titulos(self) -> None:
        """The list, a new título, its parcelas, and one that the bank knows."""
        page = self.window.open_screen(TITULOS)
        self.studio.settle(lambda: page.list.model.total > 0)
        page.list.table.selectRow(2)
        self.studio.shoot("titulos", self.window)
        page.new_titulo()
        new = self.studio.dialog(TituloDialog)
        sacado = self.program.services.pagadores.buscar("aurora", 1)[0].sacado
        new.pagador.show_sacado(sacado)
        for name, text in ((titulo_nomes.NUMERO, "3001"), (titulo_nomes.VALOR, "1.000,00")):
            new.form.fields.edits[name].setText(text)
        today = QDate.currentDate()
        new.form.vencimento.set_value(QDate(today.year() + 1, 1, 31).toPython())
        self.studio.settle(lambda: bool(new.form.fields.note_of(titulo_nomes.VENCIMENTO)))
        self.studio.shoot("titulo-novo", new)
        new.parcelar_button.click()
        parcelar = self.studio.dialog(ParcelarDialog)
        parcelar.quantidade.setValue(6)
        self.studio.settle(lambda: parcelar.table.rowCount() == 6)
        self.studio.shoot("parcelar", parcelar)
        parcelar.reject()
        new.form.fields.edits[titulo_nomes.NUMERO].clear()
        new.done(0)
        rows = map(page.list.model.row, range(page.list.model.total))
        registered = next(row for row in rows if row.situacao is Situacao.REGISTRADO and not row.a_confirmar)
        page.open_titulo(registered.id)
        stored = self.studio.dialog(TituloDialog)
        self.studio.shoot("titulo-registrado", stored)
        stored.reject()

    def pagadores(self) -> None:
        """A new one, with what the bank keeps of each field."""
        page = self.window.open_screen(PAGADORES)
        self.studio.settle(lambda: page.model.total > 0)
        page.ask_new()
        dialog = self.studio.dialog(PagadorDialog)
        for name, text in (
            (pagador_nomes.DOCUMENTO, "12.XYZ.345/01DE-40"),
            (pagador_nomes.NOME, "CASA DE MÓVEIS BOA VISTA LTDA"),
            (pagador_nomes.ENDERECO, "Rua Barão de Jaguara, 1627, fundos"),
            (pagador_nomes.BAIRRO, "Jardim das Bandeiras"),
            (pagador_nomes.CIDADE, "Campinas"),
            (pagador_nomes.UF, "SP"),
            (pagador_nomes.CEP, "13015-000"),
        ):
            dialog.fields.edits[name].setText(text)
        self.studio.shoot("pagador", dialog)
        dialog.reject()
