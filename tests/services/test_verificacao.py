"""Verificar instalação goes on after a part that failed, and says of each what is the matter."""

from __future__ import annotations

from bancointegra.domain.errors import StoreError
from bancointegra.services.verificacao import ItemVerificado, VerificacaoService


def works() -> str:
    return "encontrado"


def is_forbidden() -> str:
    raise StoreError("Não foi possível gravar em C:\\Dados.", hint="Confira a permissão.")


def lacks_a_library() -> str:
    raise ImportError("DLL load failed")


def test_each_part_has_its_result_and_its_remedy() -> None:
    told: list[ItemVerificado] = []
    service = VerificacaoService((("Pastas", is_forbidden), ("Relógio", works), ("Tela", lacks_a_library)))
    itens = service.verificar(told.append)
    assert list(itens) == told
    assert [(item.nome, item.ok) for item in itens] == [("Pastas", False), ("Relógio", True), ("Tela", False)]
    assert itens[0].detalhe == "Não foi possível gravar em C:\\Dados."
    assert itens[0].remedio == "Confira a permissão."
    assert itens[1].detalhe == "encontrado"
    assert "anotada com o número" in itens[2].detalhe
