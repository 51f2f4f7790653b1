"""Menus, tabs, strip, status line, themes and leaving, with clicks and keys."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QKeySequence
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from bancointegra import __version__
from bancointegra.domain.conta import Ambiente
from bancointegra.ui import tokens
from bancointegra.ui.feedback import MessageDialog, Tone
from bancointegra.ui.help import ShortcutsDialog
from bancointegra.ui.main_window import MainWindow
from bancointegra.ui.screens import MenuCommand, ScreenEntry
from bancointegra.ui.theme import ThemeChoice


class Page(QLineEdit):
    """A page with a state."""

    def __init__(self, window: MainWindow):
        super().__init__()
        self.main = window


@pytest.fixture
def ran():
    return []


@pytest.fixture
def make_window(qtbot, jobs, theme, settings, ran):
    def make():
        window = MainWindow(
            jobs=jobs,
            theme=theme,
            settings=settings,
            screens=[
                ScreenEntry(
                    "integracao",
                    ("Financeiro", "Banco"),
                    "Integração Bancária",
                    "landmark",
                    Page,
                    "Ctrl+I",
                    (("F5", "Pesquisar"),),
                ),
                ScreenEntry("titulos", ("Financeiro", "Contas a Receber"), "Títulos a Receber", "receipt-text", Page),
            ],
            commands=[MenuCommand(("Ferramentas",), "Importar títulos", "upload", lambda: ran.append("importar"))],
            open_boletos_folder=lambda: ran.append("pasta"),
        )
        qtbot.addWidget(window)
        window.show()
        qtbot.waitActive(window)
        return window

    return make


@pytest.fixture
def window(make_window):
    return make_window()


def entry(menu, *path):
    """The action of a menu path, by the texts the clerk reads."""
    for title in path[:-1]:
        menu = next(a.menu() for a in menu.actions() if a.text().replace("&", "") == title)
    return next(a for a in menu.actions() if a.text().replace("&", "") == path[-1])


def paths(menu, above=()):
    for action in menu.actions():
        path = (*above, action.text().replace("&", ""))
        if action.menu():
            yield from paths(action.menu(), path)
        else:
            yield path


def test_the_menu_has_exactly_what_exists(window):
    assert list(paths(window.menuBar())) == [
        ("Financeiro", "Banco", "Integração Bancária"),
        ("Financeiro", "Contas a Receber", "Títulos a Receber"),
        ("Ferramentas", "Importar títulos"),
        ("Ferramentas", "Abrir pasta dos boletos"),
        ("Ferramentas", "Tema", "Do sistema"),
        ("Ferramentas", "Tema", "Claro"),
        ("Ferramentas", "Tema", "Escuro"),
        ("Ajuda", "Atalhos do teclado"),
        ("Ajuda", "Sobre"),
    ]


def test_neighbours_in_a_menu_have_different_letters(window):
    titles = [action.text() for action in window.menuBar().actions()]
    letters = [title[title.index("&") + 1].casefold() for title in titles]
    assert len(set(letters)) == len(letters)


def test_menu_and_key_open_a_screen_once(qtbot, window):
    entry(window.menuBar(), "Financeiro", "Banco", "Integração Bancária").trigger()
    qtbot.keyClick(window, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    assert [window.tabs.tabText(i) for i in range(window.tabs.count())] == ["Integração Bancária"]
    assert window.tabs.currentWidget().main is window


def test_a_closed_tab_keeps_its_state(qtbot, window):
    page = window.open_screen("integracao")
    qtbot.keyClicks(page, "aurora")
    qtbot.keyClick(window, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    assert window.tabs.count() == 0
    [offer] = [b for b in window.findChildren(QPushButton) if b.text() == "Abrir Integração Bancária"]
    assert offer.isVisible()
    qtbot.mouseClick(offer, Qt.MouseButton.LeftButton)
    assert window.tabs.currentWidget().text() == "aurora"


def test_the_environment_is_named_in_strip_and_title(window):
    window.open_screen("titulos")
    assert window.windowTitle() == "Títulos a Receber · BancoIntegra"
    window.set_ambiente(Ambiente.SIMULACAO)
    assert window.windowTitle() == "Títulos a Receber · BancoIntegra · SIMULAÇÃO"
    [strip] = [w for w in window.findChildren(QWidget) if w.accessibleName().startswith("SIMULAÇÃO:")]
    assert strip.isVisible() and "nada é enviado ao Itaú" in strip.accessibleName()
    assert strip.grab().toImage().pixelColor(2, 2) == QColor(tokens.CHIPS_LIGHT["SIMULAÇÃO"].ground)
    window.set_ambiente(Ambiente.PRODUCAO)
    assert "PRODUÇÃO" in window.windowTitle() and strip.accessibleName().startswith("PRODUÇÃO:")


def test_the_status_line_tells_and_links(qtbot, window):
    window.say("12 boletos registrados com sucesso.", Tone.SUCCESS)
    assert window.status.message == "12 boletos registrados com sucesso."
    link = window.status.a_confirmar_button
    assert not link.isVisible()
    window.set_a_confirmar(2)
    assert link.isVisible() and link.text() == "2 a confirmar"
    with qtbot.waitSignal(window.a_confirmar_clicked):
        qtbot.mouseClick(link, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize(
    ("days", "text", "role"),
    [
        (212, "certificado: 212 dias", "muted"),
        (61, "certificado: 61 dias", "muted"),
        (60, "certificado: 60 dias", "warning"),
        (30, "certificado: 30 dias", "danger"),
        (1, "certificado: 1 dia", "danger"),
        (0, "certificado vence hoje", "danger"),
        (-3, "certificado vencido", "danger"),
    ],
)
def test_the_days_of_the_certificate(window, days, text, role):
    window.set_certificate_days(days)
    [shown] = [w for w in window.status.findChildren(QLabel) if w.text().startswith("certificado")]
    assert (shown.text(), shown.property("role"), shown.isVisible()) == (text, role, True)
    window.set_certificate_days(None)
    assert not shown.isVisible()


def test_the_theme_is_chosen_in_the_menu(qapp, window, theme):
    entry(window.menuBar(), "Ferramentas", "Tema", "Escuro").trigger()
    assert qapp.palette().window().color() == QColor(tokens.DARK.page)
    assert theme.choice is ThemeChoice.ESCURO
    entry(window.menuBar(), "Ferramentas", "Tema", "Claro").trigger()
    assert qapp.palette().window().color() == QColor(tokens.LIGHT.page)


def test_commands_run(window, ran):
    entry(window.menuBar(), "Ferramentas", "Importar títulos").trigger()
    entry(window.menuBar(), "Ferramentas", "Abrir pasta dos boletos").trigger()
    assert ran == ["importar", "pasta"]


def texts(dialog):
    return [shown.text() for shown in dialog.findChildren(QLabel)]


def test_ctrl_f1_lists_the_keys_of_menu_and_screens(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_F1, Qt.KeyboardModifier.ControlModifier)
    shown = texts(window.findChild(ShortcutsDialog))
    keys = QKeySequence("Ctrl+I").toString(QKeySequence.SequenceFormat.NativeText)
    assert shown[shown.index(keys) + 1] == "Integração Bancária"
    assert shown[shown.index("F5") + 1] == "Pesquisar"


def test_about_names_version_and_licences(window):
    entry(window.menuBar(), "Ajuda", "Sobre").trigger()
    dialog = window.findChild(MessageDialog)
    assert __version__ in dialog.message and "OFL" in dialog.hint
    assert "SIL OPEN FONT LICENSE" in dialog.details and "ISC License" in dialog.details


def test_closing_waits_for_what_was_sent(qtbot, jobs, window):
    gate, started, sent = threading.Event(), threading.Event(), []

    def order(item):
        started.set()
        assert gate.wait(10)
        sent.append(item)

    jobs.run_batch(range(50), order, owner=window, parallel=1, lane="conta")
    assert started.wait(5)
    window.close()
    assert window.isVisible() and "Esperando a resposta" in window.status.message
    with qtbot.waitSignal(jobs.idle):
        gate.set()
    assert not window.isVisible() and sent == [0]


def test_geometry_is_remembered(make_window):
    window = make_window()
    window.resize(900, 640)
    window.close()
    assert make_window().size().toTuple() == (900, 640)
