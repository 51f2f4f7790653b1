"""The answer to a file as other programs read it: JSON, its keys in ``docs/ponte-erp.md``."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from bancointegra.domain.ponte import LinhaPonte, RespostaPonte, ResultadoImportacao
from bancointegra.domain.titulo import Titulo

VERSAO = 1

TituloOf = Callable[[LinhaPonte], Titulo | None]


def resposta_bytes(resposta: RespostaPonte, titulo_of: TituloOf) -> bytes:
    """The whole answer, UTF-8, for people and programs."""
    document = {
        "versao": VERSAO,
        "arquivo": resposta.arquivo,
        "conta": resposta.conta,
        "processado_em": resposta.em.isoformat(),
        "completo": resposta.is_completa,
        "erro": resposta.erro,
        "mensagem": resposta.mensagem,
        "linhas": [linha_json(linha, titulo_of(linha)) for linha in resposta.linhas],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def linha_json(linha: LinhaPonte, titulo: Titulo | None) -> dict[str, Any]:
    """One row: what the file said, what became of it, and the boleto in force."""
    boleto = titulo.boleto if titulo else None
    number = re.fullmatch(r"Linha (\d+)", linha.onde)
    return {
        "linha": int(number[1]) if number else None,
        "onde": linha.onde,
        "id_externo": linha.id_externo,
        "titulo": linha.titulo,
        "id": linha.titulo_id,
        "resultado": linha.resultado.value,
        "situacao": titulo.situacao.value if titulo else None,
        "a_confirmar": titulo.a_confirmar if titulo else False,
        "pendente": linha.pendente,
        "nosso_numero": boleto.nosso_numero if boleto else None,
        "linha_digitavel": boleto.linha_digitavel if boleto else None,
        "codigo_barras": boleto.codigo_barras if boleto else None,
        "vencimento": titulo.vencimento.isoformat() if titulo else None,
        "valor": str(titulo.valor.decimal) if titulo else None,
        "pdf": titulo.pdf_path or None if titulo else None,
        "erro": linha.erro,
        "mensagem": linha.mensagem,
    }


def read_resposta(content: bytes) -> RespostaPonte | None:
    """An answer of ours read back; None when it is none that this version can go on with."""
    try:
        document = json.loads(content)
        if document["versao"] != VERSAO:
            return None
        return RespostaPonte(
            arquivo=document["arquivo"],
            conta=document["conta"],
            em=datetime.fromisoformat(document["processado_em"]),
            linhas=tuple(_linha(row) for row in document["linhas"]),
            erro=document["erro"],
            mensagem=document["mensagem"],
        )
    except (ValueError, TypeError, KeyError):
        return None


def _linha(row: dict[str, Any]) -> LinhaPonte:
    return LinhaPonte(
        onde=row["onde"],
        id_externo=row["id_externo"],
        titulo=row["titulo"],
        resultado=ResultadoImportacao(row["resultado"]),
        titulo_id=row["id"],
        pendente=row["pendente"],
        erro=row["erro"],
        mensagem=row["mensagem"],
    )
