"""The manual: F1 from windows and dialogs, links, the way back, searching, pictures and themes."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QPoint, Qt, QUrl, Slot
from PySide6.QtGui import QColor, QDesktopServices, QTextDocument
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget

from bancointegra.system.paths import manual_dir
from bancointegra.ui import tokens
from bancointegra.ui.dialog import FormDialog
from bancointegra.ui.feedback import MessageDialog, Tone, ask
from bancointegra.ui.help import ShortcutsDialog
from bancointegra.ui.integracao.page import IntegracaoPage
from bancointegra.ui.integracao.sections import PROTESTO
from bancointegra.ui.main_window import MainWindow
from bancointegra.ui.manual_window import ManualWindow, page_for
from bancointegra.ui.screens import ScreenEntry
from bancointegra.ui.theme import ThemeChoice
from tests.ui.integracao.escritorio import Escritorio, PreferencesInMemory

OBJECT = "\ufffc"
"""What stands for a picture in plain text."""


@pytest.fixture
def manual(qtbot, theme, settings):
    window = ManualWindow(manual_dir(), settings)
    qtbot.addWidget(window)
    window.show_page("index")
    window.show()
    activate(qtbot, window)
    return window


@pytest.fixture
def office(tmp_path):
    office = Escritorio(tmp_path)
    office.add_conta()
    yield office
    office.store.close()


@pytest.fixture
def window(qtbot, jobs, theme, settings, office, tmp_path):
    """The main window with the screen Integração Bancária open."""

    def page(parent: QWidget) -> IntegracaoPage:
        return IntegracaoPage(
            jobs=jobs,
            services=office.services,
            clock=office.clock,
            settings=settings,
            preferences=PreferencesInMemory(tmp_path),
            open_path=lambda path: None,
            parent=parent,
        )

    entry = ScreenEntry("integracao", ("Financeiro", "Banco"), "Integração Bancária", "landmark", page)
    window = MainWindow(jobs=jobs, theme=theme, settings=settings, screens=[entry], manual=manual_dir())
    qtbot.addWidget(window)
    window.show()
    activate(qtbot, window)
    yield window
    window.manual.close()


def activate(qtbot, widget: QWidget) -> None:
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)


def opened(qtbot, window: MainWindow) -> ManualWindow:
    qtbot.waitUntil(lambda: window.manual.window is not None and window.manual.window.isActiveWindow())
    qtbot.addWidget(window.manual.window)
    return window.manual.window


def press_f1(qtbot, widget: QWidget) -> None:
    qtbot.keyClick(widget, Qt.Key.Key_F1)


def place_of(manual: ManualWindow, words: str) -> QPoint:
    """Where on the page a text is."""
    browser = manual.browser
    found = browser.document().find(words, 0, QTextDocument.FindFlag.FindCaseSensitively)
    assert not found.isNull()
    found.setPosition(found.selectionStart() + 1)
    browser.setTextCursor(found)
    browser.ensureCursorVisible()
    return browser.cursorRect().center()


# F1


def test_without_a_screen_f1_opens_the_index(qtbot, window):
    press_f1(qtbot, window)
    assert opened(qtbot, window).page == "index"


def test_f1_opens_the_page_of_the_screen_and_of_its_section(qtbot, window):
    page = window.open_screen("integracao")
    page.filters.conta_field.setFocus()
    press_f1(qtbot, page.filters.conta_field)
    manual = opened(qtbot, window)
    assert manual.page == "consultar-pendentes"
    activate(qtbot, window)
    page.sections.choose(PROTESTO)
    press_f1(qtbot, page)
    assert opened(qtbot, window) is manual
    assert manual.page == "protestar"


def test_f1_on_a_button_of_the_bank_opens_its_page(qtbot, window):
    page = window.open_screen("integracao")
    for action, expected in (("Registrar", "registrar"), ("Baixar", "baixar"), ("Verificar agora", "a-confirmar")):
        [button] = [b for a, b in page.actions_bar.buttons.items() if a.label == action]
        assert page_for(button) == expected


class AlteracaoQualquer(FormDialog):
    manual_page = "enviar-alteracao"


def test_f1_in_a_modal_dialog_opens_its_page_and_the_manual_can_be_used(qtbot, window):
    page = window.open_screen("integracao")
    dialog = AlteracaoQualquer(page, "Seleção de Instrução")
    field = QLineEdit()
    dialog.body.addWidget(field)
    dialog.open()
    activate(qtbot, dialog)
    field.setFocus()
    press_f1(qtbot, field)
    manual = opened(qtbot, window)
    assert manual.page == "enviar-alteracao" and dialog.isVisible()
    qtbot.mouseClick(manual.index_button, Qt.MouseButton.LeftButton)
    assert manual.page == "index"


def test_f1_in_a_question_opens_the_page_of_what_asked(qtbot, window):
    page = window.open_screen("integracao")
    question = ask(page, "Deseja realizar a baixa de 1 boleto?", on_yes=lambda _: None)
    activate(qtbot, question)
    press_f1(qtbot, question)
    assert opened(qtbot, window).page == "consultar-pendentes"


def test_f1_in_the_list_of_keys_opens_the_page_of_keys(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_F1, Qt.KeyboardModifier.ControlModifier)
    dialog = window.findChild(ShortcutsDialog)
    activate(qtbot, dialog)
    press_f1(qtbot, dialog.findChild(QPushButton))
    assert opened(qtbot, window).page == "atalhos"


def test_two_dialogs_with_f1_do_not_dispute_the_key(qtbot, window):
    page = window.open_screen("integracao")
    for number in range(2):
        dialog = MessageDialog(page, Tone.INFO, f"Mensagem {number}", "Texto.")
        dialog.add_button("OK", dialog.accept, default=True)
        dialog.open()
        activate(qtbot, dialog)
        press_f1(qtbot, dialog)
        opened(qtbot, window).close()
        activate(qtbot, dialog)
        press_f1(qtbot, dialog)
        opened(qtbot, window).close()
        dialog.accept()


def test_the_manual_ends_with_the_main_window(qtbot, window):
    press_f1(qtbot, window)
    manual = opened(qtbot, window)
    assert not manual.testAttribute(Qt.WidgetAttribute.WA_QuitOnClose)
    window.close()
    assert not manual.isVisible()


def test_a_dialog_outside_of_any_screen_opens_the_index(qtbot, theme):
    dialog = QDialog()
    qtbot.addWidget(dialog)
    column = QVBoxLayout(dialog)
    field = QLineEdit()
    column.addWidget(field)
    assert page_for(field) == "index"


# Going about


def test_links_and_keys_go_and_come_back(qtbot, manual):
    at = place_of(manual, "Registrar")
    qtbot.mouseClick(manual.browser.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert manual.page == "registrar"
    assert manual.windowTitle() == "Registrar · Manual do BancoIntegra"
    at = place_of(manual, "Consultar pendentes")
    qtbot.mouseClick(manual.browser.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert manual.page == "consultar-pendentes"
    alt = Qt.KeyboardModifier.AltModifier
    qtbot.keyClick(manual, Qt.Key.Key_Left, alt)
    assert manual.page == "registrar" and manual.forward_button.isEnabled()
    qtbot.keyClick(manual, Qt.Key.Key_Right, alt)
    assert manual.page == "consultar-pendentes" and not manual.forward_button.isEnabled()
    qtbot.keyClick(manual, Qt.Key.Key_Home, alt)
    assert manual.page == "index"
    qtbot.mouseClick(manual.back_button, Qt.MouseButton.LeftButton)
    assert manual.page == "consultar-pendentes"


def test_the_chapters_are_a_list_that_follows(qtbot, manual):
    shown = [manual.chapters.item(row).text() for row in range(manual.chapters.count())]
    assert shown[:3] == ["Índice", "Apresentação", "Premissas"]
    manual.chapters.setFocus()
    qtbot.keyClick(manual.chapters, Qt.Key.Key_Down)
    assert manual.page == "apresentacao"
    manual.show_page("baixar")
    assert manual.chapters.currentItem().text() == "Baixar"


def test_searching_counts_marks_and_goes_round(qtbot, manual):
    manual.show_page("status")
    qtbot.keyClick(manual, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert manual.field.hasFocus()
    qtbot.keyClicks(manual.field, "EM PROTESTO")
    assert manual.found.text() == "1 de 2"
    qtbot.keyClick(manual.field, Qt.Key.Key_Return)
    assert manual.found.text() == "2 de 2"
    assert manual.browser.textCursor().selectedText() == "EM PROTESTO"
    qtbot.keyClick(manual.field, Qt.Key.Key_Return)
    assert manual.found.text() == "1 de 2"
    qtbot.keyClick(manual.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert manual.found.text() == "2 de 2"
    manual.field.setText("abracadabra")
    assert manual.found.text() == "nada encontrado" and manual.browser.extraSelections() == []
    qtbot.keyClick(manual.field, Qt.Key.Key_Escape)
    assert manual.field.text() == "" and manual.isVisible()
    qtbot.keyClick(manual, Qt.Key.Key_Escape)
    assert not manual.isVisible()


def test_a_page_that_is_missing_says_so(manual):
    manual.show_page("capitulo-perdido")
    assert "Página não encontrada" in manual.browser.toPlainText()


# The look


def test_every_page_is_painted_with_its_pictures(manual):
    for path in manual_dir().glob("*.md"):
        text = path.read_text(encoding="utf-8")
        manual.show_page(path.stem)
        shown = manual.browser.toPlainText()
        assert shown.startswith(text.splitlines()[0].removeprefix("# "))
        assert shown.count(OBJECT) == text.count("![")
        assert "**" not in shown and "](" not in shown and "##" not in shown


def test_pictures_are_no_wider_than_the_page(qtbot, manual):
    name = QUrl("imagens/integracao.png")
    manual.resize(700, 500)
    manual.show_page("apresentacao")
    image = manual.browser.loadResource(QTextDocument.ResourceType.ImageResource.value, name)
    assert 0 < image.width() / image.devicePixelRatio() <= manual.browser.viewport().width()
    narrow = image.width()
    manual.resize(1100, 500)
    qtbot.waitUntil(lambda: manual.browser.document().size().width() > 700)
    image = manual.browser.loadResource(QTextDocument.ResourceType.ImageResource.value, name)
    assert image.width() > narrow


def test_the_page_follows_the_theme(qtbot, manual, theme):
    def link_colour() -> QColor:
        cursor = manual.browser.document().find("Apresentação")
        return cursor.charFormat().foreground().color()

    theme.choose(ThemeChoice.CLARO)
    assert link_colour() == QColor(tokens.LIGHT.accent)
    theme.choose(ThemeChoice.ESCURO)
    qtbot.waitUntil(lambda: link_colour() == QColor(tokens.DARK.accent))
    assert manual.browser.palette().text().color() == QColor(tokens.DARK.text)


def test_size_and_place_are_remembered(qtbot, manual, settings):
    manual.resize(700, 500)
    manual.close()
    again = ManualWindow(manual_dir(), settings)
    qtbot.addWidget(again)
    assert again.size().toTuple() == (700, 500)


def test_a_file_that_is_no_page_is_left_to_the_system(qtbot, manual):
    opened = []

    class System(QObject):
        @Slot(QUrl)
        def open(self, url: QUrl) -> None:
            opened.append(url)

    system = System()
    manual.show_page("importar-titulos")
    QDesktopServices.setUrlHandler("file", system, "open")
    try:
        at = place_of(manual, "modelo-titulos.csv")
        qtbot.mouseClick(manual.browser.viewport(), Qt.MouseButton.LeftButton, pos=at)
    finally:
        QDesktopServices.unsetUrlHandler("file")
    assert [Path(url.toLocalFile()).is_file() for url in opened] == [True]
    assert manual.page == "importar-titulos"
