"""The first page: the simulation, or one's own account; and the field for a file."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from bancointegra.domain.errors import InputError, StoreError
from bancointegra.ui.feedback import MessageDialog
from bancointegra.ui.first_run import FirstRunPage
from bancointegra.ui.widgets.file_field import FileField


class Backend:
    """What the composition root gives the page; fails with ``error`` when it is set."""

    def __init__(self):
        self.error = None

    def experimentar(self):
        return self._answer("simulada")

    def _answer(self, result):
        if self.error:
            raise self.error
        return result


@pytest.fixture
def backend():
    return Backend()


@pytest.fixture
def page(qtbot, jobs, backend):
    page = FirstRunPage(jobs, experimentar=backend.experimentar)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitActive(page)
    return page


def test_the_simulation_is_one_click_away(qtbot, page):
    with qtbot.waitSignal(page.ready) as ready:
        qtbot.mouseClick(page.try_button, Qt.MouseButton.LeftButton)
        assert not page.try_button.isEnabled()
    assert ready.args == ["simulada"]


def test_a_simulation_that_does_not_start_says_why(qtbot, page, backend):
    backend.error = StoreError("O disco está cheio.")
    qtbot.mouseClick(page.try_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.findChild(MessageDialog) is not None)
    assert page.findChild(MessageDialog).message == "O disco está cheio."
    assert page.try_button.isEnabled()


def test_the_own_account_is_one_click_away(qtbot, page):
    with qtbot.waitSignal(page.conta_wanted):
        qtbot.mouseClick(page.conta_button, Qt.MouseButton.LeftButton)


def test_the_magnifier_finds_a_file(qtbot, tmp_path):
    field = FileField("Certificado", "Certificado (*.crt)")
    qtbot.addWidget(field)
    field.show()
    qtbot.keyClick(field, Qt.Key.Key_F4)
    dialog = field.findChild(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "conta.crt"))
    assert field.text() == str(tmp_path / "conta.crt")


def test_a_file_much_too_large_is_refused(qtbot, tmp_path):
    path = tmp_path / "video.crt"
    path.write_bytes(b"x" * 1_000_001)
    field = FileField("Certificado", "Certificado (*.crt)")
    qtbot.addWidget(field)
    field.setText(str(path))
    with pytest.raises(InputError, match="grande demais"):
        field.read()
