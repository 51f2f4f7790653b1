"""Each benchmark runs, on sizes that say nothing of speed, and its verdicts are right."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bancointegra.domain.situacao import Situacao
from bancointegra.domain.titulo import TituloFilter, TituloSort
from bancointegra.store import open_store
from bancointegra.system.clock import SystemClock
from benchmarks.figures import Figure, Target, percentile
from benchmarks.importing import importing_figures
from benchmarks.machine import describe_machine
from benchmarks.office_data import NobodyElse, Size, data_file
from benchmarks.printing import printing_figures
from benchmarks.search import search_figures
from benchmarks.startup import startup_figures

SMALL = Size(2_000, 50)
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bench")


def test_a_target_is_met_up_to_its_bound() -> None:
    assert not Figure("at most", 100.0, "ms", Target(100)).is_missed
    assert Figure("at most", 100.1, "ms", Target(100)).is_missed
    assert not Figure("at least", 6.0, "×", Target(6, at_least=True)).is_missed
    assert Figure("at least", 5.9, "×", Target(6, at_least=True)).is_missed
    assert not Figure("only told", 1e9, "ms").is_missed
    assert "MISSED" in str(Figure("at most", 100.1, "ms", Target(100)))


def test_a_percentile_is_one_of_the_values() -> None:
    assert [percentile(range(1, 101), percent) for percent in (50, 95, 99, 100)] == [51, 96, 100, 100]


def test_the_machine_is_named() -> None:
    assert all(word in describe_machine() for word in ("cores", "Python 3.", "Qt 6.", "SQLite 3."))


def test_the_data_file_is_an_office_and_is_built_once(folder: Path) -> None:
    path = data_file(folder, SMALL)
    built = path.stat().st_mtime_ns
    assert data_file(folder, SMALL) == path
    assert path.stat().st_mtime_ns == built
    with closing(open_store(path, instances=NobodyElse(), clock=SystemClock())) as store:
        contas = store.contas.search("")
        assert sum(store.titulos.totais(TituloFilter(conta.id)).quantidade for conta in contas) == SMALL.titulos
        counts = store.titulos.count_by_situacao(TituloFilter(contas[0].id))
        assert counts[Situacao.LIQUIDADO] > counts[Situacao.REGISTRADO] > counts[Situacao.PENDENTE] > 0
        assert len(store.journal.in_doubt()) > 0
        ids = store.titulos.ids(TituloFilter(contas[0].id), TituloSort.NOSSO_NUMERO, descending=True)
        assert store.titulos.get(ids[0]).boleto is not None


def test_every_search_is_measured(folder: Path) -> None:
    figures = list(search_figures(folder, SMALL))
    assert len(figures) > 30
    assert all(figure.value > 0 for figure in figures)
    assert any(figure.target for figure in figures)


def test_boletos_are_printed() -> None:
    assert [figure.value > 0 for figure in printing_figures(3)] == [True, True, True]


def test_a_dirty_sheet_is_imported() -> None:
    figures = list(importing_figures(60, 60))
    assert len(figures) == 6
    assert all(figure.value > 0 for figure in figures)
    assert "3 wrong rows" in figures[0].note


def test_the_program_starts(folder: Path) -> None:
    window, imports, command, _ = startup_figures(folder, SMALL, 1)
    assert window.target is not None
    assert 0 < command.value < 60_000
    assert "bancointegra" in imports.note


def test_a_batch_runs_in_the_window() -> None:
    """In a process of its own, for it makes the application; targets are not for twelve títulos."""
    script = "from benchmarks.batch import batch_figures\nfor figure in batch_figures(12, 2): print(figure)"
    environ = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(
        [sys.executable, "-c", script], env=environ, cwd=ROOT, capture_output=True, text=True, timeout=100
    )
    assert ended.returncode == 0, ended.stderr
    assert len(ended.stdout.splitlines()) == 4
