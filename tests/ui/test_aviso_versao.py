"""The dialog Aviso de versão, and the notice in words."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow

from bancointegra.domain.errors import InputError
from bancointegra.domain.versao import PreferenciasVersao, VersaoPublicada
from bancointegra.services.aviso_versao import AvisoVersaoService
from bancointegra.ui.versao.aviso import CHAVE, ENDERECO, AvisoVersao
from tests.builders import ManualClock


class Publisher:
    def publicada(self, endereco: str, chave: str) -> VersaoPublicada:
        if not endereco.startswith("https://"):
            raise InputError("O endereço não pode ser usado.", field=ENDERECO, hint="Ele começa com https://.")
        return VersaoPublicada("0.2.0", date(2026, 12, 1), "Pagamento em lote.", "https://exemplo.com.br")


def test_the_clerk_turns_it_on_corrects_the_address_and_is_told(qtbot, jobs):
    kept = [PreferenciasVersao()]
    service = AvisoVersaoService(
        provider=Publisher(), clock=ManualClock(), instalada="0.1.0", load=lambda: kept[-1], save=kept.append
    )
    window = QMainWindow()
    qtbot.addWidget(window)
    aviso = AvisoVersao(jobs, service, window)
    dialog = aviso.choose(window)
    assert not dialog.fields[ENDERECO].isEnabled()
    qtbot.keyClick(dialog.active, Qt.Key.Key_Space)
    qtbot.keyClicks(dialog.fields[ENDERECO], "exemplo")
    qtbot.keyClicks(dialog.fields[CHAVE], "chave")
    qtbot.mouseClick(dialog.confirm_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(dialog.problem))
    assert dialog.problem == "O endereço não pode ser usado. Ele começa com https://."
    assert len(kept) == 1
    dialog.fields[ENDERECO].clear()
    qtbot.keyClicks(dialog.fields[ENDERECO], "https://exemplo.com.br/versao.json")
    with qtbot.waitSignal(aviso.told) as told:
        qtbot.mouseClick(dialog.confirm_button, Qt.MouseButton.LeftButton)
    assert told.args[0] == (
        "Há uma versão nova do BancoIntegra: 0.2.0, de 01/12/2026. Pagamento em lote. https://exemplo.com.br"
    )
    assert kept[-1].ativa
