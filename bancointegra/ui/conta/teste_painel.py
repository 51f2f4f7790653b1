"""The steps of Testar conexão, each with its result and its remedy, as they happen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from bancointegra.domain.errors import AppError
from bancointegra.services.teste_conexao import PASSOS_DO_TESTE, PassoTeste
from bancointegra.ui.icons import pixmap
from bancointegra.ui.jobs import JobContext, Jobs
from bancointegra.ui.style import label, set_property

Teste = Callable[[Callable[[PassoTeste], None]], Sequence[PassoTeste]]
"""Runs the test, blocking; tells each step as it ends."""

_EXPLAINED = {
    PASSOS_DO_TESTE[0]: "o certificado e a chave deste computador",
    PASSOS_DO_TESTE[1]: "a porta do banco: certificado, ClientID e ClientSecret",
    PASSOS_DO_TESTE[2]: "uma pergunta que não muda nada",
}
_NOT_REACHED = "não chegou a ser feito"


class TestePanel(QWidget):
    """One line for each step. ``finished`` says whether all went well."""

    finished = Signal(bool)

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._icons: dict[str, QLabel] = {}
        self._results: dict[str, QLabel] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        for at, nome in enumerate(PASSOS_DO_TESTE):
            icon, result = QLabel(), label("", "muted", wrap=True)
            grid.addWidget(icon, 2 * at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(nome, "strong"), 2 * at, 1)
            grid.addWidget(result, 2 * at + 1, 1)
            grid.setRowMinimumHeight(2 * at + 1, 40)
            result.setAlignment(Qt.AlignmentFlag.AlignTop)
            self._icons[nome], self._results[nome] = icon, result
        grid.setRowStretch(2 * len(PASSOS_DO_TESTE), 1)
        self._show([], running=False)

    @property
    def results(self) -> dict[str, str]:
        """What is written at each step."""
        return {nome: result.text() for nome, result in self._results.items()}

    def run(self, teste: Teste) -> None:
        """Start over, in the background."""
        passos: list[PassoTeste] = []
        self._show(passos, running=True)

        def done(results: Sequence[PassoTeste]) -> None:
            self._show(results, running=False)
            self.finished.emit(all(passo.ok for passo in results))

        def failed(error: AppError) -> None:
            step = PASSOS_DO_TESTE[min(len(passos), len(PASSOS_DO_TESTE) - 1)]
            done([*passos, PassoTeste(step, False, error.message, error.hint, error.code)])

        def work(ctx: JobContext) -> Sequence[PassoTeste]:
            def tell(passo: PassoTeste) -> None:
                passos.append(passo)
                ctx.report(len(passos), len(PASSOS_DO_TESTE))

            return teste(tell)

        self._jobs.run(
            work,
            owner=self,
            done=done,
            failed=failed,
            progress=lambda _: self._show(tuple(passos), running=True),
        )

    def _show(self, passos: Sequence[PassoTeste], *, running: bool) -> None:
        ended = {passo.nome: passo for passo in passos}
        following = next((nome for nome in PASSOS_DO_TESTE if nome not in ended), "") if running else ""
        for nome in PASSOS_DO_TESTE:
            passo = ended.get(nome)
            if passo is not None:
                self._mark(nome, *_ENDED[passo.ok], f"{passo.mensagem} {passo.remedio}".strip())
            elif nome == following:
                self._mark(nome, "clock", "accent", "muted", "perguntando…")
            else:
                waits = _NOT_REACHED if passos and not running else _EXPLAINED[nome]
                self._mark(nome, "minus", "muted", "muted", waits)

    def _mark(self, nome: str, icon_name: str, colour: str, role: str, text: str) -> None:
        self._icons[nome].setPixmap(pixmap(icon_name, colour, 20, self.devicePixelRatioF()))
        self._results[nome].setText(text)
        set_property(self._results[nome], "role", role)


_ENDED = {True: ("circle-check", "success", "success"), False: ("circle-x", "danger", "danger")}
"""Icon, its colour, and the role of the text."""
