"""What every test of the screen shares: background jobs that end with the test, and settings in a throw-away file."""

import logging

import pytest
from PySide6.QtCore import QSettings
from shiboken6 import delete

from bancointegra.ui.jobs import Jobs
from bancointegra.ui.theme import Theme, ThemeChoice
from tests.ui.hostile import Walker


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


@pytest.fixture
def walker(request, qtbot, tmp_path, caplog):
    """Goes through the dialogs that the test's ``walks`` mark names, all of them and no other, without an incident."""
    caplog.set_level(logging.WARNING)
    walker = Walker(qtbot, tmp_path / "estranhos")
    yield walker
    assert [record.getMessage() for record in caplog.records if "incident" in record.getMessage()] == []
    assert walker.walked == {dialog for mark in request.node.iter_markers("walks") for dialog in mark.args}
