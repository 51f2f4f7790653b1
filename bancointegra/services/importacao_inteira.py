"""The import nobody watches: all rows or none."""

from __future__ import annotations

from bancointegra.domain.errors import InputError
from bancointegra.domain.importacao import OBRIGATORIOS, Campo, Previa, SituacaoLinha

_TELLING = (Campo.VENCIMENTO, Campo.VALOR, Campo.DOCUMENTO)
"""In which a título stored must not differ from the file's; the rest may have been edited here."""


def problemas(previa: Previa) -> tuple[str, ...]:
    """Why the files must not be imported, one sentence a fault, in their order; empty when nothing stands against it.

    Raises as ``require_contrato``.
    """
    require_contrato(previa)
    found: list[str] = []
    for linha in previa.linhas:
        if linha.situacao is SituacaoLinha.ERRADA:
            found += [
                f"{linha.onde}, {falha.coluna}: {falha.mensagem}" if falha.coluna else f"{linha.onde}: {falha.mensagem}"
                for falha in linha.falhas
            ]
        elif any(mudanca.campo in _TELLING for mudanca in linha.mudancas) and linha.guardado:
            titulo = linha.guardado.titulo.identificacao
            found.append(f"{linha.onde}, numero: o título {titulo} já existe com outros dados.")
    return tuple(found)


def require_contrato(previa: Previa) -> None:
    """Raise ``InputError`` when required columns are missing, or columns would be passed over unseen."""
    if previa.faltando:
        missing = ", ".join(campo.value for campo in previa.faltando)
        raise InputError(
            f"Faltam colunas no arquivo: {missing}.",
            hint=f"O cabeçalho deve trazer os nomes das colunas: {', '.join(c.value for c in OBRIGATORIOS)}.",
            code="colunas_faltando",
        )
    if previa.ignoradas:
        raise InputError(f"Colunas desconhecidas: {', '.join(previa.ignoradas)}.", code="colunas_desconhecidas")
