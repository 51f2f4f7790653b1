"""What an installed program shows about itself: Verificar instalação, Aviso de versão, a certificate handed over."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from bancointegra.domain.errors import AppError, StoreError
from bancointegra.domain.versao import PreferenciasVersao, VersaoPublicada
from bancointegra.services.aviso_versao import AvisoVersaoService
from bancointegra.services.verificacao import VerificacaoService
from bancointegra.system.clock import SystemClock
from bancointegra.ui.conta.certificate_files import EscolherContaDialog
from bancointegra.ui.master_password import MasterPasswordDialog
from bancointegra.ui.verificacao_dialog import VerificacaoDialog
from bancointegra.ui.versao.aviso import AvisoVersaoDialog
from tests.builders import conta_itau
from tools.screens.stage import Screen, Stage

_FOUND = {
    "Programa": r"BancoIntegra 0.1.0, Python 3.11.9, Windows-10-10.0.19045, C:\Users\João da Conceição\AppData\Local"
    r"\Programs\BancoIntegra\runtime\pythonw.exe",
    "Relógio": "23/11/2026 14:32:05, fuso -0300",
    "Pastas": r"C:\Users\João da Conceição\AppData\Local\BancoIntegra, C:\Users\João da Conceição\AppData\Local"
    r"\BancoIntegra\Logs, C:\Rezende\IntegracaoBancaria",
    "Arquivo de dados": "SQLite 3.45.1",
    "Cofre de senhas": "Gerenciador de Credenciais do Windows",
    "Conexão segura (TLS)": "OpenSSL 3.0.13 30 Jan 2024, 172 autoridades certificadoras",
    "Boleto de prova": "registrado no banco simulado por TLS mútuo; PDF de 44 KB conferido pelas barras; "
    "lotes desenhados em processo próprio",
    "Tela (Qt)": "Qt 6.9.3 (windows), 1366 × 768, escala 1",
}


def works(stage: Stage) -> QWidget:
    return _dialog(stage, _FOUND)


def fails(stage: Stage) -> QWidget:
    return _dialog(stage, {**_FOUND, "Pastas": ""})


def _dialog(stage: Stage, found: dict[str, str]) -> VerificacaoDialog:
    def prova(text: str) -> str:
        if not text:
            raise StoreError(
                r"Não foi possível gravar em C:\Rezende\IntegracaoBancaria.",
                hint="Confira a permissão da pasta e o espaço em disco, ou escolha outra pasta.",
            )
        return text

    service = VerificacaoService([(nome, lambda text=text: prova(text)) for nome, text in found.items()])
    return VerificacaoDialog(None, stage.jobs, service)


def wait(dialog: QWidget, stage: Stage) -> None:
    stage.wait_until(lambda: dialog.copy_button.isEnabled())  # type: ignore[attr-defined]  # the stage knows its widget


class _Publisher:
    def publicada(self, endereco: str, chave: str) -> VersaoPublicada:
        raise AppError("O arquivo de versões não foi alcançado.", hint="O programa continua funcionando.")


def notice(stage: Stage) -> QWidget:
    kept = PreferenciasVersao(True, "https://exemplo.com.br/bancointegra/versao.json", "mBf1…")
    service = AvisoVersaoService(
        provider=_Publisher(), clock=SystemClock(), instalada="0.1.0", load=lambda: kept, save=lambda _: None
    )
    return AvisoVersaoDialog(None, stage.jobs, service)


def refuse_notice(dialog: QWidget, stage: Stage) -> None:
    dialog.confirm_button.click()  # type: ignore[attr-defined]  # the stage knows its widget
    stage.wait_until(lambda: bool(dialog.problem))  # type: ignore[attr-defined]  # the stage knows its widget


def choose_conta(stage: Stage) -> QWidget:
    contas = [conta_itau(mnemonico="ITAU-MATRIZ"), conta_itau(mnemonico="ITAU-FILIAL-CAMPINAS")]
    return EscolherContaDialog(None, [Path("certificado-itau.crt"), Path("certificado-itau.key")], contas)


def master_password(stage: Stage) -> QWidget:
    return MasterPasswordDialog(None, new=True)


SCREENS = (
    Screen("cofre-de-senhas", master_password),
    Screen("aviso-versao", notice),
    Screen("aviso-versao-falha", notice, refuse_notice),
    Screen("escolher-conta-certificado", choose_conta),
    Screen("verificar-instalacao", works, wait),
    Screen("verificar-instalacao-falha", fails, wait),
)
