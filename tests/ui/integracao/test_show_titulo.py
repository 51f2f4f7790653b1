"""A título chosen in Títulos a Receber is found here, whatever the filters were, and its alteration begins."""

from __future__ import annotations

from PySide6.QtCore import Qt

from bancointegra.ui.integracao.alterar_dialog import AlterarDialog
from bancointegra.ui.integracao.sections import BOLETOS, PROTESTO
from tests.ui.integracao.test_page import shown


def test_it_is_listed_and_altered(mesa):
    titulo_id = mesa.ids["1003/2"]
    mesa.office.registro.registrar(titulo_id, gerar_pdf=False)
    [row] = mesa.office.busca.rows([titulo_id])
    mesa.page.sections.choose(PROTESTO)
    mesa.page.show_titulo(mesa.page.conta, row, alterar=True)
    assert mesa.page.section == BOLETOS
    dialog = mesa.dialog()
    assert isinstance(dialog, AlterarDialog)
    mesa.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    mesa.qtbot.waitUntil(lambda: shown(mesa) == ["1003/2"])
