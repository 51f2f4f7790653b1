"""The dialogs beside the screens, tried with whatever can be pasted into them, and screens that take any file."""

from __future__ import annotations

import sqlite3

from bancointegra.domain.conta import TipoCobranca
from bancointegra.domain.copia import PreferenciasCopia
from bancointegra.domain.ponte import PreferenciasPasta
from bancointegra.domain.versao import PreferenciasVersao
from bancointegra.releases.version_file import HttpVersionFile
from bancointegra.services.aviso_versao import AvisoVersaoService
from bancointegra.services.copia import CatalogoCopias
from bancointegra.store.copias import describe_copy
from bancointegra.system.paths import manual_dir
from bancointegra.ui.copia.copias_dialog import CopiasDialog
from bancointegra.ui.manual_window import ManualWindow
from bancointegra.ui.pasta.dialog import PastaDialog
from bancointegra.ui.versao.aviso import AvisoVersaoDialog
from tests.builders import ManualClock, conta_itau
from tests.ui.hostile import ACCEPTED, require_plain, walks


@walks(PastaDialog)
def test_pasta_monitorada(walker, tmp_path):
    kept = []
    targets = [(conta_itau(id=1), TipoCobranca(1, "BOLETO", 1))]

    def opened():
        dialog = PastaDialog(PreferenciasPasta(True, tmp_path, "ITAU01", "BOLETO"), targets)
        dialog.chosen.connect(kept.append)
        return walker.show(dialog)

    assert "Escolha uma pasta que existe." in walker.walk(opened)
    assert not kept


def test_a_folder_that_is_not_watched(walker, tmp_path):
    """What was written before it was switched off is not kept."""
    kept = []
    for text in ("~ninguem/pasta", "a\x00b", "9" * 10_000):
        dialog = PastaDialog(PreferenciasPasta(False, tmp_path), [])
        dialog.chosen.connect(kept.append)
        dialog.folder.setText(text)
        walker.show(dialog)
        walker.confirm(dialog)
        assert kept.pop().pasta == tmp_path


@walks(CopiasDialog)
def test_copias_de_seguranca(walker, qtbot, jobs, tmp_path):
    kept = [PreferenciasCopia()]
    catalogo = CatalogoCopias(padrao=tmp_path / "copias", preferencias=lambda: kept[-1], describe=describe_copy)

    def opened():
        return walker.show(CopiasDialog(jobs, catalogo, None, kept.append))

    walker.walk(opened, lambda dialog: dialog.kept.editingFinished.emit(), lambda _dialog: ACCEPTED)
    jobs.shutdown()
    assert all(1 <= preferencias.guardadas <= 365 for preferencias in kept)


def test_the_search_in_the_manual(walker, qtbot, theme, settings):
    window = ManualWindow(manual_dir(), settings)
    qtbot.addWidget(window)
    window.show_page("index")
    window.show()
    walker.walk(lambda: window, lambda _window: None, lambda _window: ACCEPTED)


def test_strange_files_as_a_copy(walker, qtbot, jobs, tmp_path):
    catalogo = CatalogoCopias(padrao=tmp_path / "copias", preferencias=PreferenciasCopia, describe=describe_copy)
    other = tmp_path / "outro.sqlite3"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE titulo (nada TEXT)")
    connection.close()
    dialog = walker.show(CopiasDialog(jobs, catalogo, None, lambda _preferencias: None))
    for path in (*walker.files, other):
        dialog._look_elsewhere(path)
        qtbot.waitUntil(lambda: dialog.source.text() not in ("", "Conferindo a cópia…"))
        require_plain(dialog.source.text(), path)
        assert "conferida" not in dialog.source.text()
        assert not dialog.restore_button.isEnabled()
    dialog.done(0)


@walks(AvisoVersaoDialog)
def test_aviso_de_versao(walker, jobs):
    before = PreferenciasVersao(True, "http://127.0.0.1:9/versao.json", "A" * 43 + "=")
    kept = [before]
    service = AvisoVersaoService(
        provider=HttpVersionFile(), clock=ManualClock(), instalada="0.1.0", load=lambda: kept[-1], save=kept.append
    )
    sentences = walker.walk(lambda: walker.show(AvisoVersaoDialog(None, jobs, service)))
    assert any("começa com https://" in each for each in sentences)
    assert kept == [before]
