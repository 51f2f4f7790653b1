"""Pasta monitorada."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QWidget

from bancointegra.domain.conta import Ambiente, Beneficiario, ContaBancaria, Endereco, TipoCobranca
from bancointegra.domain.documentos import Documento
from bancointegra.domain.errors import InputError
from bancointegra.domain.ponte import PreferenciasPasta
from bancointegra.ui.pasta.dialog import PastaDialog
from tools.screens.stage import Screen, Stage

_EMPRESA = Beneficiario(
    "EMPRESA EXEMPLO LTDA", Documento("11222333000181"), Endereco("Rua Um, 1", "Centro", "São Paulo", "SP", "01310100")
)
_CONTA = ContaBancaria(
    1, "ITAU-MATRIZ", "341", "1500", "05206", "1", "109", _EMPRESA, ambiente=Ambiente.PRODUCAO, client_id="x"
)
_TARGETS = [(_CONTA, TipoCobranca(1, "BOLETO ITAÚ", 1)), (replace(_CONTA, id=2), TipoCobranca(2, "CARNÊ", 2))]
_ON = PreferenciasPasta(
    True, Path(r"C:\ERP\Saída\Boletos"), "ITAU-MATRIZ", "BOLETO ITAÚ", registrar=True, gerar_pdf=True
)


def off(stage: Stage) -> QWidget:
    return PastaDialog(PreferenciasPasta(), _TARGETS)


def on(stage: Stage) -> QWidget:
    return PastaDialog(_ON, _TARGETS)


def wrong(stage: Stage) -> QWidget:
    dialog = PastaDialog(_ON, _TARGETS)
    dialog.show_problem(InputError("Escolha uma pasta que existe.", field="Pasta"), dialog.folder)
    return dialog


SCREENS = (Screen("pasta-desligada", off), Screen("pasta-ligada", on), Screen("pasta-errada", wrong))
