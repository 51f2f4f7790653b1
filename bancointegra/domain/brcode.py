"""Reading a Pix copy-and-paste code (BR Code): nested id-length-value fields closed by a CRC.

Sources: Banco Central, Manual do BR Code and Manual de Padrões para Iniciação do Pix; EMV QRCPS Merchant-Presented.
A code with a location (dynamic) only points to the bank: amount and due date are behind its address, which this
program does not follow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from bancointegra.domain.errors import InputError

_GUI_PIX = "br.gov.bcb.pix"
_CONTAS = tuple(f"{number:02d}" for number in range(26, 52))  # any of these may hold the Pix template
_ADICIONAIS = "62"
_CRC = "63"
_CRC_ENCERRAMENTO = f"{_CRC}04"
_TAMANHO_CRC = 4

_VALOR = re.compile(r"[0-9]{1,10}(\.[0-9]{1,2})?")
_TXID = re.compile(r"[A-Za-z0-9]{1,25}")
_SEM_TXID = "***"
_MAX_URL = 77
_MAX_NOME = 25
_MAX_CIDADE = 15


class TipoBRCode(Enum):
    ESTATICO = "estatico"
    DINAMICO = "dinamico"


@dataclass(frozen=True, slots=True)
class BRCode:
    """The fields of a code as written; None where absent. ``tipo`` is None when it is not of the Pix arrangement.

    ``valor`` is the text of field 54; in a dynamic code payers ignore it. ``problemas`` holds a sentence for every
    rule of the Pix that is broken, the CRC included; empty means the code may be used.
    """

    tipo: TipoBRCode | None
    chave: str | None
    url: str | None
    ponto_iniciacao: str | None
    mcc: str | None
    moeda: str | None
    valor: str | None
    pais: str | None
    nome: str | None
    cidade: str | None
    cep: str | None
    txid: str | None
    crc_confere: bool
    problemas: tuple[str, ...]


def crc16(data: bytes) -> int:
    """CRC-16/CCITT-FALSE: polynomial 0x1021, start 0xFFFF, nothing reflected. ``b"123456789"`` gives 0x29B1."""
    crc = 0xFFFF
    for byte in data:
        crc ^= byte << 8
        for _ in range(8):
            crc = ((crc << 1) ^ 0x1021 if crc & 0x8000 else crc << 1) & 0xFFFF
    return crc


def crc_confere(payload: str) -> bool:
    """Whether the last four characters are the CRC of all before them, upper or lower case."""
    body, written = payload[:-_TAMANHO_CRC], payload[-_TAMANHO_CRC:]
    return body.endswith(_CRC_ENCERRAMENTO) and written.upper() == f"{crc16(body.encode(errors='replace')):04X}"


def read_brcode(payload: str) -> BRCode:
    """Read a copy-and-paste text. Raises ``InputError`` when its fields cannot be told apart.

    A readable code that breaks a rule is returned with its ``problemas``.
    """
    fields = _read_fields(payload.strip())
    adicionais = _read_fields(fields[_ADICIONAIS]) if _ADICIONAIS in fields else {}
    pix = _pix_template(fields)
    tipo = None
    if "25" in pix:
        tipo = TipoBRCode.DINAMICO
    elif "01" in pix:
        tipo = TipoBRCode.ESTATICO
    confere = crc_confere(payload.strip())
    return BRCode(
        tipo=tipo,
        chave=pix.get("01"),
        url=pix.get("25"),
        ponto_iniciacao=fields.get("01"),
        mcc=fields.get("52"),
        moeda=fields.get("53"),
        valor=fields.get("54"),
        pais=fields.get("58"),
        nome=fields.get("59"),
        cidade=fields.get("60"),
        cep=fields.get("61"),
        txid=adicionais.get("05"),
        crc_confere=confere,
        problemas=tuple(_problemas(fields, pix, adicionais.get("05", ""), tipo, confere)),
    )


def _read_fields(text: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    position = 0
    while position < len(text):
        head = text[position : position + 4]
        if not (len(head) == 4 and head.isascii() and head.isdigit()):
            raise _unreadable()
        length = int(head[2:])
        value = text[position + 4 : position + 4 + length]
        if len(value) < length or not length or head[:2] in fields:
            raise _unreadable()
        fields[head[:2]] = value
        position += 4 + length
    if not fields:
        raise _unreadable()
    return fields


def _unreadable() -> InputError:
    return InputError("O texto não é um código Pix copia e cola.", field="Pix", hint="Copie o código inteiro.")


def _pix_template(fields: Mapping[str, str]) -> dict[str, str]:
    for conta in _CONTAS:
        if conta in fields:
            template = _read_fields(fields[conta])
            if template.get("00", "").casefold() == _GUI_PIX:
                return template
    return {}


def _problemas(
    fields: Mapping[str, str], pix: Mapping[str, str], txid: str, tipo: TipoBRCode | None, confere: bool
) -> Iterator[str]:
    if not confere:
        yield "O CRC não confere: o código foi alterado ou copiado pela metade."
    if next(iter(fields)) != "00" or fields["00"] != "01":
        yield "A versão do código não é 01."
    if fields.get("01", "12") not in ("11", "12"):
        yield "O ponto de iniciação não é 11 nem 12."
    if not re.fullmatch(r"[0-9]{4}", fields.get("52", "")):
        yield "Falta a categoria do recebedor."
    if fields.get("53") != "986":
        yield "A moeda não é o real."
    if fields.get("58") != "BR":
        yield "O país não é o Brasil."
    if not 1 <= len(fields.get("59", "")) <= _MAX_NOME:
        yield f"O nome do recebedor falta ou passa de {_MAX_NOME} letras."
    if not 1 <= len(fields.get("60", "")) <= _MAX_CIDADE:
        yield f"A cidade do recebedor falta ou passa de {_MAX_CIDADE} letras."
    yield from _problemas_pix(pix, txid, tipo)
    yield from _problemas_valor(fields.get("54"), tipo)


def _problemas_pix(pix: Mapping[str, str], txid: str, tipo: TipoBRCode | None) -> Iterator[str]:
    if tipo is None:
        yield "O código não é do Pix."
    elif tipo is TipoBRCode.ESTATICO:
        if txid != _SEM_TXID and not _TXID.fullmatch(txid):
            yield "O identificador da transação não tem de 1 a 25 letras e números."
    else:
        if "01" in pix:
            yield "O código traz chave e endereço ao mesmo tempo."
        if "://" in pix["25"] or len(pix["25"]) > _MAX_URL:
            yield f"O endereço do código passa de {_MAX_URL} letras ou traz o protocolo."
        if txid != _SEM_TXID:
            yield "Um código com endereço não traz identificador da transação."


def _problemas_valor(valor: str | None, tipo: TipoBRCode | None) -> Iterator[str]:
    if valor is None:
        return
    if not _VALOR.fullmatch(valor):
        yield "O valor não está escrito em reais e centavos."
    elif tipo is TipoBRCode.ESTATICO and not Decimal(valor):
        yield "O valor é zero."
