"""The NF-e, layout 4.00 (MOC 7.0, leiauteNFe_v4.00.xsd): each duplicata of ``cobr`` as a record of a título.

Namespaces are ignored: what issues notas writes them with a prefix, without, or not at all. A file may hold a nota
with its protocol (``nfeProc``), without (``NFe``), or a lote of them (``enviNFe``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import Element, ParseError, iterparse

from bancointegra.domain.errors import InputError
from bancointegra.domain.importacao import Campo, Celula, Falha, RegistroLido
from bancointegra.files.limits import MAX_ROWS, opened_zip, too_many_rows, unreadable
from bancointegra.files.xml_safety import HasDtdError, refuse_dtd

_CHAVE = re.compile(r"(NFe)?(\d{6}[0-9A-Z]{12}\d{26})")  # letters since the CNPJ has them
_VALOR = re.compile(r"\d{1,13}(\.\d{1,2})?")
_AUTORIZADA = ("100", "150")
_PARCELA_MAX = 5
_NOT_NEEDED = ("det", "Signature")
"""The bulk of a nota: dropped as it is read."""
_PARTS = {
    Campo.SACADO: "dest/xNome",
    Campo.LOGRADOURO: "dest/enderDest/xLgr",
    Campo.ENDERECO_NUMERO: "dest/enderDest/nro",
    Campo.COMPLEMENTO: "dest/enderDest/xCpl",
    Campo.BAIRRO: "dest/enderDest/xBairro",
    Campo.CIDADE: "dest/enderDest/xMun",
    Campo.UF: "dest/enderDest/UF",
    Campo.CEP: "dest/enderDest/CEP",
    Campo.EMAIL: "dest/email",
    Campo.NUMERO: "ide/nNF",
}


def read_notas(path: Path) -> Iterator[RegistroLido]:
    """The records of an XML. Raises ``InputError`` when it cannot be opened; a broken XML is a record with a fault."""
    try:
        with path.open("rb") as file:
            yield from _limited(_records(file, path.name))
    except OSError as error:
        raise unreadable(path) from error


def read_zip(path: Path) -> Iterator[RegistroLido]:
    """The records of every XML in a zip; other files in it, such as the DANFE, are passed over."""
    with opened_zip(path) as archive:
        names = [entry for entry in archive.infolist() if entry.filename.lower().endswith(".xml")]
        if not names:
            raise InputError(f"Não há arquivos XML em {path.name}.", hint="Confira o arquivo.", code="sem_notas")
        yield from _limited(
            record for entry in names for record in _records(archive.open(entry), entry.filename.rpartition("/")[2])
        )


def _limited(records: Iterator[RegistroLido]) -> Iterator[RegistroLido]:
    for found, record in enumerate(records, start=1):
        if found > MAX_ROWS:
            raise too_many_rows()
        yield record


def _records(file: IO[bytes], name: str) -> Iterator[RegistroLido]:
    found = False
    try:
        with file:
            refuse_dtd(file)
            file.seek(0)
            for nota in _notas(file):
                found = True
                yield from _duplicatas(nota, name)
    except HasDtdError:
        yield _refused(name, "o XML traz definições (DTD ou entidades) que não são aceitas por segurança.")
    except (ParseError, UnicodeError, LookupError, ValueError):
        yield _refused(name, "o XML está danificado ou incompleto.")
    else:
        if not found:
            yield _refused(name, "não é uma NF-e: pode ser um evento, um CT-e ou uma nota de serviço.")


def _notas(file: Any) -> Iterator[Element]:
    """Each ``nfeProc``, or ``NFe`` outside of one; only one is in memory at a time."""
    open_processes = 0
    for event, element in iterparse(file, events=("start", "end")):  # noqa: S314 - after refuse_dtd
        name = _local(element)
        if name == "nfeProc":
            open_processes += 1 if event == "start" else -1
        if event == "end" and (name == "nfeProc" or (name == "NFe" and not open_processes)):
            if _find(element, "infNFe") is not None or _find(element, "NFe/infNFe") is not None:
                yield element
            element.clear()
        elif event == "end" and name in _NOT_NEEDED:
            element.clear()


def _duplicatas(nota: Element, name: str) -> Iterator[RegistroLido]:
    inf = _find(nota, "NFe/infNFe") if _local(nota) == "nfeProc" else _find(nota, "infNFe")
    assert inf is not None
    numero = _text(inf, "ide/nNF")
    onde = f"NF-e {numero or '?'} ({name})"
    chave = _CHAVE.fullmatch(inf.get("Id", ""))
    campos: dict[Campo, Celula] = {campo: _text(inf, path) for campo, path in _PARTS.items()}
    campos[Campo.DOCUMENTO] = _text(inf, "dest/CNPJ") or _text(inf, "dest/CPF")
    campos[Campo.EMISSAO] = _text(inf, "ide/dhEmi")[:10]
    emitente = _text(inf, "emit/CNPJ") or _text(inf, "emit/CPF")
    duplicatas = [child for child in _children(inf, "cobr") for child in _children(child, "dup")]
    faults = _faults(nota, inf, bool(chave), bool(duplicatas))
    if faults or chave is None:
        yield RegistroLido(onde, campos, tuple(Falha("", fault) for fault in faults), emitente=emitente)
        return
    avisos = () if _local(nota) == "nfeProc" else ("O arquivo não traz o protocolo de autorização da SEFAZ.",)
    for at, duplicata in enumerate(duplicatas, start=1):
        parcela = _parcela(_text(duplicata, "nDup"), at)
        own: dict[Campo, Celula] = {
            Campo.PARCELA: parcela,
            Campo.VENCIMENTO: _text(duplicata, "dVenc"),
            Campo.VALOR: _valor(_text(duplicata, "vDup")),
            Campo.ID_EXTERNO: f"{chave[2]}-{at:03d}",
        }
        yield RegistroLido(f"{onde}, duplicata {parcela}", campos | own, (), avisos, emitente)


def _faults(nota: Element, inf: Element, has_chave: bool, has_duplicatas: bool) -> list[str]:
    """Why no título can be made of the nota."""
    protocol = _text(nota, "protNFe/infProt/cStat")
    motivo = _text(nota, "protNFe/infProt/xMotivo")
    reasons = (
        (inf.get("versao") != "4.00", f"layout {inf.get('versao') or 'sem versão'}; o programa lê o 4.00."),
        (not has_chave, "a chave de acesso não tem o formato de uma NF-e."),
        (_local(nota) == "nfeProc" and protocol not in _AUTORIZADA, f"não está autorizada pela SEFAZ: {motivo}."),
        (_text(inf, "ide/tpNF") == "0", "é uma nota de entrada, e não de venda."),
        (_text(inf, "ide/finNFe") == "4", "é uma nota de devolução."),
        (bool(_text(inf, "dest/idEstrangeiro")), "o destinatário é estrangeiro, sem CPF nem CNPJ."),
        (not has_duplicatas, "não traz duplicatas (cobr/dup); cadastre o título à mão, se houver."),
    )
    return [reason for applies, reason in reasons if applies]


def _parcela(text: str, at: int) -> str:
    """``001`` is parcela 1; what is no number, or too long, gives way to its place among the duplicatas."""
    if text.isascii() and text.isdigit() and int(text) and len(str(int(text))) <= _PARCELA_MAX:
        return str(int(text))
    return str(at)


def _valor(text: str) -> Celula:
    return Decimal(text) if _VALOR.fullmatch(text) else text


def _refused(name: str, sentence: str) -> RegistroLido:
    return RegistroLido(name, {}, (Falha("", sentence),))


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _children(element: Element, name: str) -> Iterator[Element]:
    return (child for child in element if _local(child) == name)


def _find(element: Element, path: str) -> Element | None:
    found: Element | None = element
    for name in path.split("/"):
        found = next(_children(found, name), None) if found is not None else None
    return found


def _text(element: Element, path: str) -> str:
    found = _find(element, path)
    return " ".join((found.text or "").split()) if found is not None else ""
