"""The demo without a screen: the clerk's route by clicks and keys, with pictures, PDFs and ``report.json``."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from bancointegra.bootstrap.demo import Demo
from bancointegra.bootstrap.desk import Desk
from bancointegra.bootstrap.program import Program
from bancointegra.bootstrap.window import Session
from bancointegra.domain.situacao import Situacao
from bancointegra.ui.feedback import MessageDialog
from bancointegra.ui.integracao.actions import CONSULTAR, REGISTRAR, BankAction
from bancointegra.ui.integracao.page import IntegracaoPage
from bancointegra.ui.integracao.registrar_dialog import RegistrarDialog

Dialog = TypeVar("Dialog", bound=QDialog)

_REGISTERED = 3
_WAIT_SECONDS = 30
_STEP_MS = 20
_WINDOW = (1520, 830)


@dataclass
class Report:
    """What the route did and saw; written as ``report.json``."""

    simulacao: bool = True
    passos: list[str] = field(default_factory=list)
    mensagens: list[str] = field(default_factory=list)
    titulos: list[dict[str, str]] = field(default_factory=list)
    pdfs: list[str] = field(default_factory=list)
    telas: list[str] = field(default_factory=list)
    falhas: list[str] = field(default_factory=list)

    def expect(self, holds: bool, what: str) -> None:
        """Note a step, or a failure when it does not hold."""
        (self.passos if holds else self.falhas).append(what)


def run_route(folder: Path, write_line: Callable[[str], None]) -> int:
    """Walk the route and leave its results in ``folder``; returns 0 when everything was as expected.

    The data is thrown away at the end: each run starts from the same sample títulos.
    """
    if not os.environ.get("QT_QPA_PLATFORM"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    write_line("Sem tela: o roteiro da demonstração roda sem janela.")
    for name in ("telas", "boletos"):
        shutil.rmtree(folder / name, ignore_errors=True)
    (folder / "telas").mkdir(parents=True)
    report = Report()
    with tempfile.TemporaryDirectory(prefix="bancointegra-demo-") as data, Session(Path(data)) as session:
        _walk(session, Path(data), folder, report)
    (folder / "report.json").write_text(json.dumps(asdict(report), ensure_ascii=False, indent=2), encoding="utf-8")
    for line in (*report.passos, *(f"FALHOU: {failure}" for failure in report.falhas)):
        write_line(f"- {line}")
    write_line(f"Imagens, PDFs e report.json estão em {folder}.")
    return 1 if report.falhas else 0


def _walk(session: Session, data: Path, folder: Path, report: Report) -> None:
    demo = Demo(data)
    session.keep(demo.close)
    program = demo.open()
    program.use_boleto_folder(folder / "boletos")
    desk = session.show_desk(program, demo.reopen)
    desk.window.resize(*_WINDOW)
    _Route(demo, program, desk, folder, report).walk()
    desk.window.close()


class _Route:
    def __init__(self, demo: Demo, program: Program, desk: Desk, folder: Path, report: Report) -> None:
        self._demo, self._program, self._desk = demo, program, desk
        self._folder, self._report = folder, report
        self._page: IntegracaoPage = desk.integracao

    def walk(self) -> None:
        """Search, register three with PDF, have one paid, query it."""
        page, report = self._page, self._report
        self._search_pendentes()
        chosen = self._check_first(_REGISTERED)
        self._click(REGISTRAR)
        self._picture("2-confirmar-registro")
        self._answer(self._dialog(RegistrarDialog).yes_button)
        message = self._dialog(MessageDialog)
        self._picture("3-registrados")
        report.mensagens.append(message.message)
        report.expect(message.message == "Boletos registrados com sucesso!", "Boletos registrados com sucesso!")
        message.accept()
        titulos = [self._program.services.busca.titulo(titulo_id) for titulo_id in chosen]
        report.pdfs = [titulo.pdf_path for titulo in titulos]
        report.expect(all(t.situacao is Situacao.REGISTRADO for t in titulos), "Três títulos REGISTRADO.")
        report.expect(all(Path(t.pdf_path).is_file() for t in titulos), "Três PDFs gravados e conferidos.")

        self._demo.simulator.bank.pay(titulos[0].boleto.nosso_numero if titulos[0].boleto else "")
        report.passos.append("O sacado do primeiro boleto pagou, no banco simulado.")
        self._check_first(_REGISTERED)
        self._click(CONSULTAR)
        message = self._dialog(MessageDialog)
        self._picture("4-consultado")
        report.mensagens.append(message.message)
        report.expect(message.message == "Boletos consultados com sucesso!", "Boletos consultados com sucesso!")
        message.accept()
        paid = self._program.services.busca.titulo(chosen[0])
        report.expect(paid.situacao is Situacao.LIQUIDADO, "O título pago está LIQUIDADO.")
        self._settle(lambda: not page.is_busy)
        self._picture("5-liquidado")
        for titulo_id in chosen:
            titulo = self._program.services.busca.titulo(titulo_id)
            report.titulos.append(
                {
                    "titulo": titulo.identificacao,
                    "situacao": titulo.situacao.value,
                    "nosso_numero": titulo.boleto.nosso_numero if titulo.boleto else "",
                    "linha_digitavel": titulo.boleto.linha_digitavel if titulo.boleto else "",
                    "pdf": titulo.pdf_path,
                }
            )

    def _search_pendentes(self) -> None:
        self._settle(lambda: self._page.conta is not None)
        QTest.keyClick(self._page, Qt.Key.Key_F5)
        self._settle(lambda: self._page.list.model.rowCount() >= _REGISTERED and self._page.list.current is not None)
        self._report.passos.append("Pesquisados os títulos PENDENTE.")
        self._picture("1-pesquisa")

    def _check_first(self, count: int) -> list[int]:
        view = self._page.list.table
        view.setFocus()
        for row in range(count):
            view.setCurrentIndex(self._page.list.model.index(row, 0))
            QTest.keyClick(view, Qt.Key.Key_Space)
        self._settle(lambda: len(self._page.list.checked) == count)
        return [row.id for row in self._page.list.checked]

    def _click(self, action: BankAction) -> None:
        button = self._page.actions_bar.buttons[action]
        self._settle(button.isEnabled)
        self._answer(button)

    def _answer(self, button: QWidget) -> None:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def _dialog(self, kind: type[Dialog]) -> Dialog:
        def find() -> list[Dialog]:
            return [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]

        self._settle(lambda: bool(find()))
        return find()[0]

    def _picture(self, name: str) -> None:
        QTest.qWait(200)
        target = self._folder / "telas" / f"{name}.png"
        shown = self._desk.window.grab()
        for dialog in QApplication.topLevelWidgets():
            if isinstance(dialog, QDialog) and dialog.isVisible():
                shown = dialog.grab()
        shown.save(str(target))
        self._report.telas.append(str(target))

    @staticmethod
    def _settle(condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + _WAIT_SECONDS
        while not condition():
            if time.monotonic() > deadline:
                raise TimeoutError("the window did not get there in time")
            QTest.qWait(_STEP_MS)
