"""What every test of the screen shares: background jobs that end with the test, and settings in a throw-away file."""

import pytest
from PySide6.QtCore import QSettings

from bancointegra.ui.jobs import Jobs


@pytest.fixture
def jobs(qtbot):
    jobs = Jobs()
    yield jobs
    jobs.shutdown()


@pytest.fixture
def settings(tmp_path):
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
