"""A second start on the same data calls the window that is open."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bancointegra.ui.second_start import SecondStarts, hand_over, meeting_point

CALL = (
    "import sys; from pathlib import Path; from bancointegra.ui.second_start import hand_over\n"
    "print(hand_over(sys.argv[1], [Path(name) for name in sys.argv[2:]]))\n"
)


def test_the_open_window_hears_of_the_files(qtbot, tmp_path):
    name = meeting_point(tmp_path / "escritório")
    assert not hand_over(name, ())
    starts = SecondStarts(name)
    command = [sys.executable, "-c", CALL, name, "/certificados/itaú.pfx"]
    with qtbot.waitSignal(starts.called) as called:
        second = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert called.args == [[Path("/certificados/itaú.pfx")]]
    assert second.communicate(timeout=30)[0].strip() == "True"
    starts.close()
    assert not hand_over(name, ())


def test_other_data_and_other_words_are_not_heard(qtbot, tmp_path):
    assert meeting_point(tmp_path / "a") != meeting_point(tmp_path / "b")
    starts = SecondStarts(meeting_point(tmp_path / "a"))
    assert not hand_over(meeting_point(tmp_path / "b"), ())
    starts.close()
