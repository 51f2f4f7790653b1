"""Verificar instalação: each part with its result, as it is tried out."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QScrollArea, QWidget

from bancointegra.domain.errors import AppError
from bancointegra.services.verificacao import ItemVerificado, VerificacaoService
from bancointegra.ui.dialog import FormDialog
from bancointegra.ui.feedback import show_error
from bancointegra.ui.icons import pixmap
from bancointegra.ui.jobs import JobContext, Jobs
from bancointegra.ui.style import button, label, set_primary, set_property
from bancointegra.ui.widgets.card import Card

_SIZE = (720, 400)
_ICON = 18


class VerificacaoDialog(FormDialog):
    """Starts by itself, and may be repeated. ``finished_all`` says whether every part works."""

    finished_all = Signal(bool)

    def __init__(self, parent: QWidget | None, jobs: Jobs, service: VerificacaoService) -> None:
        super().__init__(parent, "Verificar instalação", confirm="Verificar de novo")
        self._jobs, self._service = jobs, service
        self._itens: dict[str, ItemVerificado] = {}
        self._icons: dict[str, QLabel] = {}
        self._results: dict[str, QLabel] = {}
        self.cancel_button.setText("Fechar")
        self.copy_button = button("Copiar", "copy", tooltip="Copiar o resultado, para mandar ao suporte")
        self.copy_button.setAutoDefault(False)
        self.copy_button.clicked.connect(self.copy)
        self.verdict = label("", "strong", wrap=True)
        self.body.addWidget(self._parts_card(), 1)
        self.body.addLayout(self._verdict_row())
        self.resize(*_SIZE)
        self.submit()

    @property
    def results(self) -> dict[str, str]:
        """What is written at each part."""
        return {nome: result.text() for nome, result in self._results.items()}

    def submit(self) -> None:
        """Try everything out, the first time and each time asked."""
        self._itens = {}
        self.set_busy(True)
        self.copy_button.setEnabled(False)
        self.verdict.setText("Verificando…")
        self._show()
        tried: list[ItemVerificado] = []

        def work(ctx: JobContext) -> tuple[ItemVerificado, ...]:
            def tell(item: ItemVerificado) -> None:
                ctx.check_cancelled()
                tried.append(item)
                ctx.report(len(tried), len(self._service.nomes))

            return self._service.verificar(tell)

        self._jobs.run(
            work, owner=self, done=self._finish, failed=self._fail, progress=lambda _: self._take(tuple(tried))
        )

    def copy(self) -> None:
        """The whole result, on the clipboard."""
        lines = [f"{'OK' if item.ok else 'FALHOU'}  {nome}: {_text(item)}" for nome, item in self._itens.items()]
        QGuiApplication.clipboard().setText("\n".join([self.verdict.text(), *lines]))

    def _take(self, itens: tuple[ItemVerificado, ...]) -> None:
        self._itens = {item.nome: item for item in itens}
        self._show()

    def _finish(self, itens: tuple[ItemVerificado, ...]) -> None:
        self._take(itens)
        failures = sum(not item.ok for item in itens)
        self.verdict.setText("Tudo funciona neste computador." if not failures else _plural(failures, len(itens)))
        self._rest(went_well=not failures)
        self.finished_all.emit(not failures)

    def _fail(self, error: AppError) -> None:
        self.verdict.setText("A verificação não terminou.")
        self._rest(went_well=False)
        show_error(self, error)

    def _rest(self, *, went_well: bool) -> None:
        self.set_busy(False)
        self.copy_button.setEnabled(True)
        set_primary(self.confirm_button, not went_well)
        set_primary(self.cancel_button, went_well)
        (self.cancel_button if went_well else self.copy_button).setFocus()

    def _show(self) -> None:
        following = next((nome for nome in self._service.nomes if nome not in self._itens), "")
        for nome in self._service.nomes:
            item = self._itens.get(nome)
            if item is not None:
                self._mark(nome, *_ENDED[item.ok], _text(item))
            elif nome == following:
                self._mark(nome, "clock", "accent", "muted", "verificando…")
            else:
                self._mark(nome, "minus", "muted", "muted", "")

    def _verdict_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.verdict, 1)
        row.addWidget(self.copy_button)
        return row

    def _mark(self, nome: str, icon_name: str, colour: str, role: str, text: str) -> None:
        self._icons[nome].setPixmap(pixmap(icon_name, colour, _ICON, self.devicePixelRatioF()))
        self._results[nome].setText(text)
        set_property(self._results[nome], "role", role)

    def _parts_card(self) -> Card:
        inside = QWidget()
        inside.setProperty("role", "transparent")
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(2, 1)
        for row, nome in enumerate(self._service.nomes):
            icon, result = QLabel(), label("", "muted", wrap=True)
            result.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            result.setAccessibleName(nome)
            grid.addWidget(icon, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(nome, "strong"), row, 1, Qt.AlignmentFlag.AlignTop)
            result.setAlignment(Qt.AlignmentFlag.AlignTop)
            grid.addWidget(result, row, 2)
            self._icons[nome], self._results[nome] = icon, result
        grid.setRowStretch(grid.rowCount(), 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        card = Card()
        card.body.addWidget(area)
        return card


def _text(item: ItemVerificado) -> str:
    return f"{item.detalhe} {item.remedio}".strip()


def _plural(failures: int, parts: int) -> str:
    words = "1 parte não funciona" if failures == 1 else f"{failures} partes não funcionam"
    return f"De {parts} partes, {words}. Copie o resultado e mande ao suporte."


_ENDED = {True: ("circle-check", "success", "muted"), False: ("circle-x", "danger", "danger")}
"""Icon, its colour, and the role of the text."""
