"""Which column of a table holds which field, where the header stands, and how dates and amounts are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from bancointegra.domain.importacao import (
    Campo,
    Celula,
    FormatoData,
    Leitura,
    LeituraGuardada,
    LinhaTabela,
    SeparadorDecimal,
)
from bancointegra.domain.texto import fold

_SINONIMOS: Mapping[Campo, tuple[str, ...]] = {
    Campo.NUMERO: (
        "numero do titulo",
        "n titulo",
        "titulo",
        "numero do documento",
        "n documento",
        "n do documento",
        "num documento",
        "duplicata",
        "fatura",
        "nota fiscal",
        "nota",
        "nf",
        "nfe",
        "seu numero",
        "num",
        "nro",
        "n",
        "no",
    ),
    Campo.PARCELA: ("parc", "n parcela", "numero da parcela", "prestacao"),
    Campo.EMISSAO: ("data de emissao", "data emissao", "dt emissao", "emitido em", "data do documento"),
    Campo.VENCIMENTO: (
        "data de vencimento",
        "data vencimento",
        "data do vencimento",
        "dt vencimento",
        "dt venc",
        "vencto",
        "vcto",
        "venc",
        "vence em",
    ),
    Campo.VALOR: (
        "valor do titulo",
        "valor titulo",
        "valor r",
        "valor rs",
        "valor nominal",
        "valor original",
        "valor da parcela",
        "valor do documento",
        "vlr",
        "vl",
        "vl titulo",
        "vlr titulo",
        "quantia",
        "total",
    ),
    Campo.SACADO: (
        "pagador",
        "cliente",
        "nome",
        "razao social",
        "nome do cliente",
        "nome cliente",
        "nome do pagador",
        "nome do sacado",
        "devedor",
        "destinatario",
    ),
    Campo.DOCUMENTO: (
        "cpf cnpj",
        "cnpj cpf",
        "cnpj",
        "cpf",
        "cnpj do cliente",
        "cpf cnpj do cliente",
        "cpf cnpj do pagador",
        "cpf cnpj do sacado",
        "documento do pagador",
        "cgc",
        "inscricao",
    ),
    Campo.LOGRADOURO: ("endereco", "rua", "end", "endereco do pagador", "endereco do cliente"),
    Campo.ENDERECO_NUMERO: ("numero do endereco", "n endereco", "num endereco", "numero endereco", "numero da casa"),
    Campo.COMPLEMENTO: ("compl", "complemento do endereco"),
    Campo.BAIRRO: ("bairro do pagador", "distrito"),
    Campo.CIDADE: ("municipio", "cidade do pagador"),
    Campo.UF: ("estado", "sigla uf"),
    Campo.CEP: ("codigo postal",),
    Campo.EMAIL: ("e mail", "email do cliente", "email do pagador", "email do sacado", "endereco de email"),
    Campo.ESPECIE: ("especie do documento", "especie doc"),
    Campo.OBSERVACAO: ("obs", "observacoes", "historico", "descricao"),
    Campo.MULTA_PERCENTUAL: ("multa", "multa %", "percentual de multa"),
    Campo.MULTA_VALOR: ("multa r", "valor da multa"),
    Campo.JUROS_PERCENTUAL_MES: ("juros", "juros ao mes", "juros % ao mes", "juros a m", "percentual de juros"),
    Campo.JUROS_VALOR_DIA: ("juros ao dia", "juros por dia", "mora dia", "valor de juros por dia"),
    Campo.ABATIMENTO: ("valor do abatimento",),
    Campo.ID_EXTERNO: ("id", "codigo externo", "id do erp", "chave", "external id"),
}
_FIELD_OF: Mapping[str, Campo] = {
    name: campo for campo in Campo for name in (campo.value.replace("_", " "), *_SINONIMOS.get(campo, ()))
}
_HEADER_WITHIN = 20
"""Rows looked at for the header; above it there may be a report's title."""
_SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-]\d{2,4}\b.*")
_COMMA_BEFORE_CENTS = re.compile(r"[\d.]+,\d{1,2}")
_POINT_BEFORE_CENTS = re.compile(r"\d{1,3}(,\d{3})+\.\d{1,2}")


def header_name(celula: Celula) -> str:
    """``Nº do Título`` as ``n do titulo``: how headers are compared."""
    text = fold(str(celula).replace("º", "").replace("°", "").replace("ª", "").replace("$", ""))
    return " ".join(re.sub(r"[^a-z0-9%]+", " ", text).split())


def origem(cabecalho: Iterable[Celula]) -> str:
    """The key of all files with the same columns, in whatever order."""
    return "|".join(sorted({name for celula in cabecalho if (name := header_name(celula))}))


def propose(cabecalho: Sequence[Celula]) -> Mapping[Campo, int]:
    """Where each field is likely to stand. The field's own name wins over its synonyms, then the leftmost column."""
    names = [header_name(celula) for celula in cabecalho]
    found: dict[Campo, int] = {}
    for campo in Campo:
        own = campo.value.replace("_", " ")
        candidates = [at for at, name in enumerate(names) if name and _FIELD_OF.get(name) is campo]
        if candidates:
            found[campo] = min(candidates, key=lambda at: (names[at] != own, at))
    return found


def repeated(cabecalho: Sequence[Celula]) -> bool:
    """Whether two columns have the same name."""
    names = [name for celula in cabecalho if (name := header_name(celula))]
    return len(set(names)) < len(names)


def find_header(amostra: Sequence[LinhaTabela]) -> int:
    """The position of the row with most known names; the first row when there is none."""
    scores = [len(propose(linha.celulas)) for linha in amostra[:_HEADER_WITHIN]]
    return scores.index(max(scores)) if scores else 0


def guess_formato_data(celulas: Iterable[Celula]) -> FormatoData | None:
    """None when every date could be read either way, or the column contradicts itself."""
    pairs = [(int(found[1]), int(found[2])) for text in celulas if (found := _SLASHED.fullmatch(str(text)))]
    day_first = any(first > 12 for first, _ in pairs)
    month_first = any(second > 12 for _, second in pairs)
    if day_first is month_first:
        return None
    return FormatoData.DIA_MES_ANO if day_first else FormatoData.MES_DIA_ANO


def guess_decimal(celulas: Iterable[Celula]) -> SeparadorDecimal | None:
    """None when no amount tells."""
    texts = [c.removeprefix("R$").strip() for c in celulas if not isinstance(c, date | Decimal)]
    if any(_COMMA_BEFORE_CENTS.fullmatch(text) for text in texts):
        return SeparadorDecimal.VIRGULA
    return SeparadorDecimal.PONTO if any(_POINT_BEFORE_CENTS.fullmatch(text) for text in texts) else None


def remembered(cabecalho: Sequence[Celula], guardada: LeituraGuardada) -> Mapping[Campo, int]:
    """Where the columns of the last time stand in this header."""
    places = {header_name(celula): at for at, celula in reversed(list(enumerate(cabecalho)))}
    return {campo: places[name] for campo, name in guardada.colunas.items() if name in places}


def to_remember(cabecalho: Sequence[Celula], leitura: Leitura) -> LeituraGuardada | None:
    """What of a complete ``leitura`` is worth remembering; None when columns could not be told apart by name."""
    colunas = leitura.colunas or {}
    if leitura.formato_data is None or leitura.decimal is None or repeated(cabecalho):
        return None
    names = {campo: header_name(cabecalho[at]) for campo, at in colunas.items()}
    return LeituraGuardada(names, leitura.formato_data, leitura.decimal) if all(names.values()) else None
