"""What every test of the screen shares: background jobs that end with the test, and settings in a throw-away file."""

import pytest
from PySide6.QtCore import QSettings
from shiboken6 import delete

from bancointegra.ui.jobs import Jobs
from bancointegra.ui.theme import Theme, ThemeChoice


@pytest.fixture
def jobs(qtbot):
    jobs = Jobs()
    yield jobs
    jobs.shutdown()


@pytest.fixture
def settings(tmp_path):
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def theme(qapp, settings):
    """The look of the application; deleted at the end, or it would go on restyling every window of later tests."""
    theme = Theme(qapp, settings)
    yield theme
    theme.choose(ThemeChoice.CLARO)
    delete(theme)
    qapp.setStyleSheet("")
