"""Consulta automática: one round at a time, never beside a batch, one sentence at its end."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSettings, Qt

from bancointegra.domain.errors import BankUnavailable
from bancointegra.domain.situacao import Situacao
from bancointegra.ui.feedback import Tone
from bancointegra.ui.integracao.auto_query import NUNCA, AutoQuery
from bancointegra.ui.integracao.auto_query_dialog import AutoQueryDialog


@pytest.fixture
def auto(mesa, jobs, settings):
    """Over four títulos REGISTRADO; what it tells is in ``said``."""
    for titulo_id in mesa.ids.values():
        mesa.office.registro.registrar(titulo_id, gerar_pdf=False)
    mesa.office.bank.queried.clear()
    query = AutoQuery(
        jobs=jobs,
        busca=mesa.office.busca,
        consulta=mesa.office.consulta,
        settings=settings,
        is_busy=lambda: mesa.page.is_busy,
    )
    query.said = []
    query.told.connect(lambda text, tone: query.said.append((text, tone)))
    mesa.page.batch_started.connect(query.give_way)
    return query


def test_one_sentence_counts_what_changed(mesa, auto):
    bank = mesa.office.bank
    bank.pagos.update({"1001/1", "1002/1", "1003/2"})
    [numero] = [numero for numero, pedido in bank.pedidos.items() if pedido.titulo == "1010/1"]
    bank.baixados.add(numero)
    changed = []
    auto.changed.connect(changed.extend)
    with mesa.qtbot.waitSignal(auto.finished):
        auto.look()
    assert auto.said == [("Consulta automática: 1 baixado, 3 liquidados.", Tone.SUCCESS)]
    assert sorted(changed) == sorted(mesa.ids.values())


def test_nothing_changed_says_nothing(mesa, auto):
    with mesa.qtbot.waitSignal(auto.finished):
        auto.look()
    assert auto.said == [] and len(mesa.office.bank.queried) == 4


def test_two_rounds_never_run_together(mesa, auto):
    mesa.office.bank.door.clear()
    auto.look()
    auto.look()
    with mesa.qtbot.waitSignal(auto.finished):
        mesa.office.bank.door.set()
    assert len(mesa.office.bank.queried) == 4


def test_a_round_gives_way_to_a_batch(mesa, auto):
    mesa.office.bank.door.clear()
    mesa.pesquisar(Situacao.REGISTRADO)
    mesa.marcar("1001/1")
    auto.look()
    mesa.qtbot.keyClick(mesa.page.list.table, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert mesa.page.is_busy
    with mesa.qtbot.waitSignal(auto.finished):
        mesa.office.bank.door.set()
    mesa.dialog().close()
    assert len(mesa.office.bank.queried) <= 3  # one by the clerk, at most two on their way when the batch began
    assert not auto.is_looking


def test_a_round_does_not_begin_while_a_batch_runs(mesa, auto):
    mesa.office.bank.door.clear()
    mesa.pesquisar(Situacao.REGISTRADO)
    mesa.marcar("1001/1")
    mesa.qtbot.keyClick(mesa.page.list.table, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert mesa.page.is_busy
    auto.look()
    assert not auto.is_looking
    mesa.office.bank.door.set()
    mesa.dialog().close()


def test_a_bank_out_of_reach_is_told_once(mesa, auto):
    asked = []

    def consultar(carteira, nosso_numero):
        asked.append(nosso_numero)
        raise BankUnavailable("O banco está fora do ar.")

    mesa.office.bank.consultar = consultar
    with mesa.qtbot.waitSignal(auto.finished):
        auto.look()
    [(sentence, tone)] = auto.said
    assert sentence.startswith("Consulta automática interrompida: O banco está fora do ar.")
    assert tone is Tone.WARNING and len(asked) <= 4


def test_the_interval_is_never_until_one_is_chosen_and_then_kept(mesa, auto, settings: QSettings):
    assert auto.minutes == NUNCA
    dialog = AutoQueryDialog(auto.minutes, mesa.page)
    dialog.chosen.connect(auto.choose)
    dialog.open()
    assert dialog.radios[NUNCA].isChecked()
    mesa.qtbot.keyClick(dialog.radios[30], Qt.Key.Key_Space)
    mesa.qtbot.keyClick(dialog.radios[30], Qt.Key.Key_Return)
    assert auto.minutes == 30
    settings.setValue("integracao/consulta_automatica", "7; DROP TABLE")
    assert auto.minutes == NUNCA
