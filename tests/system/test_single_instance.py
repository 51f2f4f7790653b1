from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bancointegra.domain.errors import RuleError, StoreError
from bancointegra.system.single_instance import single_instance

HOLD = (
    "import sys; from pathlib import Path; from bancointegra.system.single_instance import single_instance\n"
    "with single_instance(Path(sys.argv[1])): print('aberta', flush=True); sys.stdin.read()\n"
)


def test_a_second_window_on_the_same_data_is_refused_until_the_first_is_gone(tmp_path: Path) -> None:
    with (
        subprocess.Popen(
            [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as first,
    ):
        assert first.stdout is not None
        assert first.stdout.readline().strip() == "aberta"
        with pytest.raises(RuleError, match="já está aberto") as raised, single_instance(tmp_path):
            pass
        assert raised.value.code == "ja_aberto"
        first.kill()
    with single_instance(tmp_path):
        pass


def test_other_data_is_another_matter(tmp_path: Path) -> None:
    with single_instance(tmp_path / "demo"), single_instance(tmp_path / "escritorio"):
        pass


def test_a_folder_that_cannot_be_used_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "arquivo").write_text("")
    with pytest.raises(StoreError, match="arquivo"), single_instance(tmp_path / "arquivo" / "dados"):
        pass
