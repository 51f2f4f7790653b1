"""The form of one pagador: who he is, where he lives, and what of it the bank keeps."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from bancointegra.domain.errors import AppError, InputError
from bancointegra.domain.pagador import Pagador
from bancointegra.domain.situacao import Situacao
from bancointegra.services.pagador import PagadorService
from bancointegra.ui.cadastros import rascunho as nomes
from bancointegra.ui.conta.fields import FormFields, card
from bancointegra.ui.dialog import FormDialog
from bancointegra.ui.jobs import Jobs
from bancointegra.ui.style import button, label

LANE = "cadastros"
"""What is being stored ends before the window closes."""
_WIDTH = 640
_TYPING_PAUSE_MS = 200


class PagadorDialog(FormDialog):
    """Stores a new pagador, or the change of ``pagador``. ``typed`` is what was searched for in vain."""

    saved = Signal(Pagador)
    """As stored; also who was there already and is to be used instead (*Usar este*)."""

    def __init__(
        self,
        jobs: Jobs,
        pagadores: PagadorService,
        pagador: Pagador | None = None,
        parent: QWidget | None = None,
        *,
        typed: str = "",
    ) -> None:
        super().__init__(parent, "Pagador" if pagador else "Novo pagador", confirm="Salvar")
        self.setMinimumWidth(_WIDTH)
        self.grow_with_texts()
        self._jobs, self._pagadores, self._pagador = jobs, pagadores, pagador
        self._known: Pagador | None = None
        self.fields = FormFields(self)
        self.known_label = label("", "warning", wrap=True)
        self.use_button = button("Usar este", tooltip="Ficar com quem já está no cadastro")
        self.use_button.setAutoDefault(False)
        self.use_button.clicked.connect(self._use_known)
        self.titulos_label = label("", "small", wrap=True)
        self._pause = QTimer(self, singleShot=True, interval=_TYPING_PAUSE_MS)
        self._pause.timeout.connect(self._look_for_documento)
        self._arrange()
        shown = nomes.textos_de(pagador) if pagador else nomes.textos_novos(typed)
        for name, text in shown.items():
            self.fields.edits[name].setText(text)
            self.fields.edits[name].setCursorPosition(0)
        self._show_known(None)
        self.fields.changed.connect(self._edited)
        self.fields.edits[nomes.DOCUMENTO].textChanged.connect(lambda: self._pause.start())
        self._tell()
        self._look_for_documento()
        if pagador:
            self._jobs.run(lambda _ctx: pagadores.titulos_de(pagador), owner=self, done=self._tell_titulos)
        first = nomes.NOME if shown[nomes.DOCUMENTO] else nomes.DOCUMENTO
        self.fields.edits[first].setFocus()

    def submit(self) -> None:
        try:
            pagador = nomes.ler_pagador(self._textos(), self._pagador.id if self._pagador else 0)
        except InputError as error:
            self._show(error)
            return
        self.set_busy(True)
        self._jobs.run(
            lambda _ctx: self._pagadores.salvar(pagador, self._pagador),
            owner=self,
            done=self._stored,
            failed=self._refused,
            lane=LANE,
        )

    def _stored(self, pagador: Pagador) -> None:
        self.saved.emit(pagador)
        self.accept()

    def _refused(self, error: AppError) -> None:
        self.set_busy(False)
        self._show(error)

    def _show(self, error: AppError) -> None:
        name = nomes.field_of(error) if isinstance(error, InputError) else ""
        if name:
            self.fields.show_problem(name, str(error))
        else:
            self.show_problem(error)

    def _textos(self) -> Mapping[str, str]:
        return {name: edit.text() for name, edit in self.fields.edits.items()}

    def _edited(self) -> None:
        self.clear_problem()
        self._tell()

    def _tell(self) -> None:
        textos = self._textos()
        for name in nomes.CAMPOS:
            self.fields.hint(name, *nomes.nota_de(name, textos))

    def _tell_titulos(self, titulos: Mapping[Situacao, int]) -> None:
        self.titulos_label.setText(nomes.nota_dos_titulos(titulos))
        self.titulos_label.setVisible(bool(titulos))

    # Somebody who is there already

    def _look_for_documento(self) -> None:
        documento = self.fields.edits[nomes.DOCUMENTO].text()
        self._jobs.run(
            lambda _ctx: self._pagadores.por_documento(documento), owner=self, done=self._show_known, failed=self._show
        )

    def _show_known(self, known: Pagador | None) -> None:
        own = self._pagador.id if self._pagador else 0
        self._known = known if known and known.id != own else None
        self.known_label.setVisible(self._known is not None)
        self.use_button.setVisible(self._known is not None and self._pagador is None)
        if self._known:
            sacado = self._known.sacado
            self.known_label.setText(f"Já existe: {sacado.nome}, {sacado.endereco.cidade}/{sacado.endereco.uf}.")

    def _use_known(self) -> None:
        if self._known:
            self._stored(self._known)

    # Building

    def _arrange(self) -> None:
        who, grid = card("", columns=12)
        line = self.fields.line
        grid.addWidget(line(nomes.DOCUMENTO, "12.ABC.345/01DE-35"), 0, 0, 1, 5)
        grid.addWidget(line(nomes.NOME, "nome ou razão social"), 0, 5, 1, 7)
        known = QHBoxLayout()
        known.addWidget(self.known_label, 1)
        known.addWidget(self.use_button)
        grid.addLayout(known, 1, 0, 1, 12)
        grid.addWidget(line(nomes.ENDERECO, "rua, número e complemento"), 2, 0, 1, 8)
        grid.addWidget(line(nomes.BAIRRO), 2, 8, 1, 4)
        grid.addWidget(line(nomes.CIDADE), 3, 0, 1, 6)
        grid.addWidget(line(nomes.UF, "SP"), 3, 6, 1, 2)
        grid.addWidget(line(nomes.CEP, "01310-100"), 3, 8, 1, 4)
        grid.addWidget(line(nomes.EMAIL, "nome@empresa.com.br"), 4, 0, 1, 8)
        self.body.addWidget(who)
        self.body.addWidget(self.titulos_label)
        self.titulos_label.hide()
        self.body.addStretch(1)
