"""The Qt application: language, scale, look, and what happens to an exception nobody caught."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence

from PySide6.QtCore import (
    QLibraryInfo,
    QLocale,
    QMessageLogContext,
    QSettings,
    Qt,
    QtMsgType,
    QTranslator,
    qInstallMessageHandler,
)
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from bancointegra import __version__
from bancointegra.ui.feedback import install_excepthook
from bancointegra.ui.garbage import GarbageCollector
from bancointegra.ui.icons import application_icon
from bancointegra.ui.theme import Theme

_log = logging.getLogger(__name__)

_QT_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
_SWITCH_SECONDS = 0.0001
"""While it paints, the window gives way to a worker many times: each then works for a tenth of a millisecond, not for
five whole ones."""


def create_application(argv: Sequence[str], settings: QSettings) -> tuple[QApplication, Theme]:
    """Make the one application of the process, in Portuguese and with the program's look, ready for its first window.

    ``settings`` keep the choice of theme.
    """
    sys.setswitchinterval(_SWITCH_SECONDS)
    qInstallMessageHandler(_log_qt_message)
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    application = QApplication(list(argv))
    GarbageCollector(application)
    application.setApplicationName("BancoIntegra")
    application.setApplicationDisplayName("")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("bancointegra")
    speak_portuguese(application)
    theme = Theme(application, settings)
    application.setWindowIcon(application_icon())
    install_excepthook()
    return application, theme


def _log_qt_message(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    """What Qt has to say is for the log, not for the console of whoever started the program."""
    _log.log(_QT_LEVELS.get(kind, logging.WARNING), "qt: %s", message)


def speak_portuguese(application: QApplication) -> None:
    """Brazilian dates and numbers, and Qt's own words (buttons, calendar, menus of fields) in Portuguese."""
    QLocale.setDefault(QLocale(QLocale.Language.Portuguese, QLocale.Country.Brazil))
    translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load("qtbase_pt_BR", folder):
        application.installTranslator(translator)
    else:
        _log.warning("Qt's Portuguese texts are missing; its own dialogs will speak English")
