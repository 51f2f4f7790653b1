"""Files as offices have them, written for tests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

HEADER = ("numero", "vencimento", "valor", "sacado", "documento", "logradouro", "bairro", "cidade", "uf", "cep")
GOOD = (
    "1001",
    "23/12/2026",
    "1.250,00",
    "MERCADO SÃO JORGE",
    "11.222.333/0001-81",
    "Rua Um, 1",
    "Centro",
    "Campinas",
    "SP",
    "13010-001",
)
CHAVE = "35261111222333000181550010000012341000012347"


def row(**changes: Any) -> tuple[Any, ...]:
    """``GOOD`` with some cells changed."""
    return tuple(changes.get(name, cell) for name, cell in zip(HEADER, GOOD, strict=True))


def write_csv(path: Path, *rows: Sequence[Any], header: Sequence[str] = HEADER, encoding: str = "utf-8") -> Path:
    lines = [";".join(map(str, cells)) for cells in (header, *rows)]
    path.write_bytes("\r\n".join(lines).encode(encoding))
    return path


def write_xlsx(path: Path, *rows: Iterable[Any], header: Sequence[str] = HEADER) -> Path:
    book = Workbook()
    for cells in (header, *rows):
        book.active.append(list(cells))
    book.save(path)
    return path


def duplicata(numero: str = "001", vencimento: str = "2026-12-23", valor: str = "1250.00") -> str:
    return f"<dup><nDup>{numero}</nDup><dVenc>{vencimento}</dVenc><vDup>{valor}</vDup></dup>"


def nfe(
    *duplicatas: str,
    documento: str = "<CNPJ>12ABC34501DE35</CNPJ>",
    chave: str = CHAVE,
    versao: str = "4.00",
    ide: str = "<tpNF>1</tpNF><finNFe>1</finNFe>",
    before: str = "",
    status: str = "100",
) -> str:
    """A nota with its protocol, of the layout the SEFAZ uses; ``before`` stands in front of the root."""
    cobr = f"<cobr><fat><nFat>1234</nFat><vLiq>2500.00</vLiq></fat>{''.join(duplicatas)}</cobr>" if duplicatas else ""
    return f"""<?xml version="1.0" encoding="UTF-8"?>{before}
<nfeProc xmlns="http://www.portalfiscal.inf.br/nfe" versao="4.00"><NFe><infNFe Id="NFe{chave}" versao="{versao}">
<ide><cUF>35</cUF><mod>55</mod><serie>1</serie><nNF>1234</nNF><dhEmi>2026-11-20T09:15:00-03:00</dhEmi>{ide}</ide>
<emit><CNPJ>11222333000181</CNPJ><xNome>Rezende Distribuidora Ltda.</xNome></emit>
<dest>{documento}<xNome>MERCADO AURORA &amp; FILHOS</xNome><enderDest><xLgr>Avenida Paulista</xLgr><nro>1000</nro>
<xCpl>Loja 2</xCpl><xBairro>Bela Vista</xBairro><cMun>3550308</cMun><xMun>São Paulo</xMun><UF>SP</UF>
<CEP>01310100</CEP></enderDest><indIEDest>1</indIEDest>
<email>fin@aurora.com.br;nfe@aurora.com.br</email></dest>
<det nItem="1"><prod><cProd>1</cProd><xProd>CAFÉ</xProd></prod></det>
<total><ICMSTot><vNF>2500.00</vNF></ICMSTot></total>{cobr}<pag><detPag><tPag>15</tPag></detPag></pag>
</infNFe><Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignedInfo/></Signature></NFe>
<protNFe versao="4.00"><infProt><cStat>{status}</cStat><xMotivo>Autorizado o uso da NF-e</xMotivo></infProt></protNFe>
</nfeProc>"""


def write_nfe(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def write_zip(path: Path, **contents: str | bytes) -> Path:
    """A zip of ``name_xml="…"``; the last underscore of a name is its dot."""
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(".".join(name.rsplit("_", 1)), content)
    return path
