"""The blocks that emission and instructions share: payer, charges, discounts, divergent receipt, collection.

Each reader takes the ``FieldReader`` of the block, whose number format is the caller's, and gives the block as the
bank keeps it: its own key names, integers for money and percentages. Codes and demands: tables of the API guide.
"""

from __future__ import annotations

from typing import Any

from stdnum.br import cnpj, cpf

from bancointegra.simulator.reading import FieldReader

UFS = frozenset(
    {
        "AC", "AL", "AM", "AP", "BA", "CE", "DF", "ES", "GO", "MA", "MG", "MS", "MT", "PA",
        "PB", "PE", "PI", "PR", "RJ", "RN", "RO", "RR", "RS", "SC", "SE", "SP", "TO",
    }
)  # fmt: skip
MAX_DESCONTOS = 3

_MULTA = ("01", "02", "03")
_JUROS = ("05", "90", "91", "92", "93")
_DESCONTO = ("00", "01", "02", "90", "91")
_RECEBIMENTO = ("01", "02", "03", "04")
_SEM_DIVERGENCIA = {
    "codigo_tipo_autorizacao": "03",
    "codigo_tipo_recebimento": "P",
    "percentual_minimo": 0,
    "percentual_maximo": 0,
}


def read_person(reader: FieldReader, *, label: str, partial: bool = False) -> dict[str, Any]:
    """``pessoa`` and ``endereco`` of the payer or of the sacador avalista; ``partial`` is content with either.

    Within a block everything that identifies is demanded. Instructions write the address keys in lower case too.
    """
    content: dict[str, Any] = {}
    pessoa = reader.block("pessoa", required=not partial)
    if pessoa:
        content["pessoa"] = {
            "nome_pessoa": pessoa.text("nome_pessoa", 50, required=True, label=f"nome do {label}"),
            "nome_fantasia": pessoa.text("nome_fantasia", 50, label="nome fantasia"),
            "tipo_pessoa": _read_document(pessoa),
        }
    endereco = reader.block("endereco", required=not partial)
    if endereco:
        uf = "sigla_uf" if partial and endereco.has("sigla_uf") else "sigla_UF"
        cep = "numero_cep" if partial and endereco.has("numero_cep") else "numero_CEP"
        content["endereco"] = {
            "nome_logradouro": endereco.text("nome_logradouro", 45, required=True, label="logradouro"),
            "nome_bairro": endereco.text("nome_bairro", 15, required=True, label="bairro"),
            "nome_cidade": endereco.text("nome_cidade", 20, required=True, label="cidade"),
            "sigla_UF": endereco.code(uf, UFS, required=True),
            "numero_CEP": endereco.digits(cep, 8, required=True),
        }
    return content


def _read_document(pessoa: FieldReader) -> dict[str, str]:
    reader = pessoa.block("tipo_pessoa", required=True)
    if reader is None:
        return {}
    tipo = reader.code("codigo_tipo_pessoa", ("F", "J"), required=True)
    keys = {"F": "numero_cadastro_pessoa_fisica", "J": "numero_cadastro_nacional_pessoa_juridica"}
    if not tipo:
        return {}
    key, other = keys[tipo], keys["J" if tipo == "F" else "F"]
    number = reader.text(key, 14, required=True, label=key)
    if number and not _is_document(tipo, number):
        reader.fail(key, "Documento inválido")
    if reader.has(other):
        reader.fail(other, f"Não pode ser informado para pessoa {tipo}")
    return {"codigo_tipo_pessoa": tipo, key: number}


def _is_document(tipo: str, number: str) -> bool:
    """Right length, no punctuation, right check digits (letters in a CNPJ since July 2026)."""
    if len(number) != (11 if tipo == "F" else 14) or not number.isalnum() or len(set(number)) == 1:
        return False
    return bool(cpf.is_valid(number) if tipo == "F" else number == number.upper() and cnpj.is_valid(number))


def read_multa(reader: FieldReader) -> dict[str, Any] | None:
    tipo = reader.code("codigo_tipo_multa", _MULTA, required=True)
    if tipo not in ("01", "02"):
        return None
    content: dict[str, Any] = {"codigo_tipo_multa": tipo}
    _read_amount(reader, content, "multa", by_value=tipo == "01")
    _read_start(reader, content, "multa")
    return content


def read_juros(reader: FieldReader) -> dict[str, Any] | None:
    tipo = reader.code("codigo_tipo_juros", _JUROS, required=True)
    if tipo in ("", "05"):
        return None
    content: dict[str, Any] = {"codigo_tipo_juros": tipo}
    _read_amount(reader, content, "juros", by_value=tipo == "93")
    _read_start(reader, content, "juros")
    return content


def read_desconto(reader: FieldReader) -> dict[str, Any] | None:
    tipo = reader.code("codigo_tipo_desconto", _DESCONTO, required=True)
    if tipo in ("", "00"):
        return None
    items = reader.blocks("descontos", required=True)
    if len(items) > MAX_DESCONTOS:
        reader.fail("descontos", f"Máximo de {MAX_DESCONTOS} descontos")
    descontos = []
    for item in items:
        # Old clients count the days before the due date instead of giving the date.
        content: dict[str, Any] = {}
        if item.has("quantidade_dias_desconto"):
            content["quantidade_dias_desconto"] = item.integer("quantidade_dias_desconto", 0, 999)
        else:
            found = item.date("data_desconto", required=True)
            content["data_desconto"] = found.isoformat() if found else ""
        _read_amount(item, content, "desconto", by_value=tipo in ("01", "91"))
        descontos.append(content)
    return {"codigo_tipo_desconto": tipo, "descontos": descontos}


def read_recebimento_divergente(reader: FieldReader | None) -> dict[str, Any]:
    """The block, or the bank's default when there is none."""
    tipo = reader.code("codigo_tipo_autorizacao", _RECEBIMENTO, required=True) if reader else ""
    if reader is None or tipo in ("", "03"):
        return dict(_SEM_DIVERGENCIA)
    if tipo == "01":
        return {**_SEM_DIVERGENCIA, "codigo_tipo_autorizacao": "01"}
    recebimento = reader.code("codigo_tipo_recebimento", ("V", "P"), required=True)
    content: dict[str, Any] = {"codigo_tipo_autorizacao": tipo, "codigo_tipo_recebimento": recebimento}
    read = reader.money if recebimento == "V" else reader.percent
    kind = "valor" if recebimento == "V" else "percentual"
    content[f"{kind}_minimo"] = read(f"{kind}_minimo", required=True)
    if tipo == "02":
        content[f"{kind}_maximo"] = read(f"{kind}_maximo", required=True)
    return content


def _read_amount(reader: FieldReader, content: dict[str, Any], name: str, *, by_value: bool) -> None:
    """The one of ``valor_…`` and ``percentual_…`` that the type demands; the other must be zero or absent."""
    readers = {f"valor_{name}": reader.money, f"percentual_{name}": reader.percent}
    wanted = f"valor_{name}" if by_value else f"percentual_{name}"
    for key, read in readers.items():
        if key == wanted:
            content[key] = read(key, required=True)
        elif read(key):
            reader.fail(key, "Não pode ser informado para este tipo")


def _read_start(reader: FieldReader, content: dict[str, Any], name: str) -> None:
    """When a charge begins: a date, or days after the due date; absent means the day after it."""
    found = reader.date(f"data_{name}")
    if found:
        content[f"data_{name}"] = found.isoformat()
    elif reader.has(f"quantidade_dias_{name}"):
        content[f"quantidade_dias_{name}"] = reader.integer(f"quantidade_dias_{name}", 0, 999)
