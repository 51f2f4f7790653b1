"""The code of a bill: typed, scanned, pasted, dropped, and what the card says of it."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from bancointegra.printing.leitor import LeitorDeArquivos
from bancointegra.services.leitura_arquivo import LeituraArquivoService
from bancointegra.ui.pagamento.code_card import CodeCard
from bancointegra.ui.pagamento.file_reading import EscolherCodigoDialog, SenhaDialog

TODAY = date(2026, 11, 23)
CODE = "34196166700000123451101234567880057123457000"
LINE = "34191101213456788005871234570001616670000012345"
GROUPED = "34191.10121 34567.880058 71234.570001 6 16670000012345"
BILL = "836900000016599002212034012310000000000000000000"
BILL_GROUPED = "83690000001-6 59900221203-4 01231000000-0 00000000000-0"
KIND = "Dígitos conferem · Ficha de compensação · Itaú · R$ 123,45 no código"


class Clock:
    def today(self):
        return TODAY


@pytest.fixture
def card(qtbot, jobs):
    card = CodeCard(jobs, LeituraArquivoService(LeitorDeArquivos(), Clock()), lambda: TODAY)
    qtbot.addWidget(card)
    card.resize(900, 120)
    card.show()
    qtbot.waitActive(card)
    card.field.setFocus()
    card.wanted, card.errors = [], []
    card.consultar_wanted.connect(lambda leitura: card.wanted.append(leitura.linha_digitavel))
    card.failed.connect(card.errors.append)
    return card


def a_pdf(path: Path, *lines: str, senha: str = "") -> Path:
    target = BytesIO()
    canvas = Canvas(target, pagesize=A4, encrypt=StandardEncryption(senha) if senha else None)
    for line in lines:
        canvas.drawString(40, 700, line)
        canvas.showPage()
    canvas.save()
    path.write_bytes(target.getvalue())
    return path


def paste(qtbot, card, data):
    clipboard = QGuiApplication.clipboard()
    (clipboard.setText if isinstance(data, str) else clipboard.setImage)(data)
    qtbot.keyClick(card.field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def drop(card, path: Path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    card.field.dropEvent(event)
    assert event.isAccepted()


def test_digits_are_grouped_and_checked_while_they_are_typed(qtbot, card):
    qtbot.keyClicks(card.field, LINE[:21])
    assert card.field.text() == GROUPED[:24]
    assert card.said.text() == "21 de 47 dígitos · campos 1 a 2 conferem · faltam 26"
    qtbot.keyClicks(card.field, LINE[21:])
    assert card.field.text() == GROUPED
    assert card.said.text().startswith(KIND)


def test_the_field_that_fails_is_named_before_the_code_is_whole(qtbot, card):
    qtbot.keyClicks(card.field, LINE[:9] + "9")
    assert card.said.text() == "O dígito do campo 1 não confere: há um número errado nesse campo."
    assert card.field.property("wrong") is True
    qtbot.keyClick(card.field, Qt.Key.Key_Backspace)
    assert card.field.property("wrong") is False


def test_a_digit_is_corrected_in_the_middle(qtbot, card):
    qtbot.keyClicks(card.field, LINE[:5] + "9" + LINE[6:])
    assert "campo 1" in card.said.text()
    card.field.setCursorPosition(7)
    qtbot.keyClick(card.field, Qt.Key.Key_Backspace)
    qtbot.keyClicks(card.field, LINE[5])
    assert card.field.text() == GROUPED and card.field.cursorPosition() == 7


def test_a_scanner_types_the_bars_and_enter(qtbot, card):
    qtbot.keyClicks(card.field, CODE)
    assert card.said.text().startswith(KIND)
    qtbot.keyClick(card.field, Qt.Key.Key_Return)
    assert card.field.text() == GROUPED and card.wanted == [LINE]


@pytest.mark.parametrize(
    ("pasted", "shown"),
    [
        (f"  {GROUPED}\n", GROUPED),
        (CODE, GROUPED),
        (BILL_GROUPED.replace(" ", "\n"), BILL_GROUPED),
        (BILL, BILL_GROUPED),
    ],
)
def test_what_is_pasted_is_written_as_a_line(qtbot, card, pasted, shown):
    paste(qtbot, card, pasted)
    assert card.field.text() == shown


def test_consultar_without_a_whole_code_says_what_is_missing(qtbot, card):
    qtbot.keyClicks(card.field, "341")
    qtbot.mouseClick(card.consultar_button, Qt.MouseButton.LeftButton)
    assert card.wanted == [] and card.said.text() == "3 de 47 dígitos"
    assert card.field.hasFocus()


def test_a_dropped_pdf_is_read_and_consulted(qtbot, card, tmp_path):
    drop(card, a_pdf(tmp_path / "conta.pdf", BILL_GROUPED))
    qtbot.waitUntil(lambda: card.wanted == [BILL])
    assert card.said.text().startswith("Dígitos conferem · Conta ou tributo · Energia elétrica e gás")


def test_several_codes_in_a_pdf_are_offered(qtbot, card, tmp_path):
    drop(card, a_pdf(tmp_path / "contas.pdf", BILL_GROUPED, GROUPED))
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), EscolherCodigoDialog))
    dialog = QApplication.activeModalWidget()
    assert dialog.list.count() == 2
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert card.wanted == [LINE]


def test_an_encrypted_pdf_asks_for_its_password_until_it_opens(qtbot, card, tmp_path):
    drop(card, a_pdf(tmp_path / "conta.pdf", BILL_GROUPED, senha="11222"))
    for senha in ("errada", "11222"):
        qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), SenhaDialog))
        dialog = QApplication.activeModalWidget()
        qtbot.keyClicks(dialog.field, senha)
        qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda old=dialog: QApplication.activeModalWidget() is not old)
    qtbot.waitUntil(lambda: card.wanted == [BILL])


def test_a_file_without_a_code_ends_in_a_sentence(qtbot, card, tmp_path):
    drop(card, a_pdf(tmp_path / "carta.pdf", "Prezados senhores"))
    qtbot.waitUntil(lambda: len(card.errors) == 1)
    assert "Nenhum código de barras" in card.errors[0].message
    drop(card, tmp_path / "sumiu.pdf")
    qtbot.waitUntil(lambda: len(card.errors) == 2)
    assert card.errors[1].message == "Não foi possível ler sumiu.pdf."


def test_a_pasted_picture_without_bars_ends_in_a_sentence(qtbot, card):
    white = QImage(200, 100, QImage.Format.Format_RGB32)
    white.fill(Qt.GlobalColor.white)
    paste(qtbot, card, white)
    qtbot.waitUntil(lambda: len(card.errors) == 1)
    assert card.errors[0].code == "sem_codigo"
