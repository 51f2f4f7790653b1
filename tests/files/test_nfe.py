"""NF-e 4.00 in the shapes in which notas come."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from bancointegra.domain.errors import InputError
from bancointegra.domain.importacao import Campo, FormatoArquivo, RegistroLido
from bancointegra.files.office_files import OfficeFiles
from tests.files.sheets import CHAVE, duplicata, nfe, write_nfe, write_zip


def read(path: Path) -> list[RegistroLido]:
    files = OfficeFiles()
    assert files.formato(path) is FormatoArquivo.NFE
    return list(files.notas(path))


def faults(path: Path) -> list[str]:
    return [falha.mensagem for record in read(path) for falha in record.falhas]


def test_each_duplicata_is_a_titulo_of_the_addressee(tmp_path: Path) -> None:
    path = write_nfe(tmp_path / "n.xml", nfe(duplicata(), duplicata("002", "2027-01-22", "1250.5")))
    first, second = read(path)
    assert first.onde == "NF-e 1234 (n.xml), duplicata 1"
    assert first.emitente == "11222333000181"
    assert first.campos == {
        Campo.NUMERO: "1234",
        Campo.PARCELA: "1",
        Campo.EMISSAO: "2026-11-20",
        Campo.VENCIMENTO: "2026-12-23",
        Campo.VALOR: Decimal("1250.00"),
        Campo.SACADO: "MERCADO AURORA & FILHOS",
        Campo.DOCUMENTO: "12ABC34501DE35",
        Campo.LOGRADOURO: "Avenida Paulista",
        Campo.ENDERECO_NUMERO: "1000",
        Campo.COMPLEMENTO: "Loja 2",
        Campo.BAIRRO: "Bela Vista",
        Campo.CIDADE: "São Paulo",
        Campo.UF: "SP",
        Campo.CEP: "01310100",
        Campo.EMAIL: "fin@aurora.com.br;nfe@aurora.com.br",
        Campo.ID_EXTERNO: f"{CHAVE}-001",
    }
    assert (second.campos[Campo.PARCELA], second.campos[Campo.VALOR]) == ("2", Decimal("1250.5"))
    assert second.campos[Campo.ID_EXTERNO] == f"{CHAVE}-002"


def test_the_same_nota_with_prefixes_without_namespace_and_without_protocol(tmp_path: Path) -> None:
    plain = nfe(duplicata())
    prefixed = re.sub(r"<(/?)(?!\?)(?!Sign|/Sign)(\w)", r"<\1n:\2", plain).replace(
        'xmlns="http://www.portal', 'xmlns:n="http://www.portal'
    )
    bare = plain[plain.index("<NFe>") : plain.index("<protNFe")]
    lote = f"<enviNFe xmlns='http://www.portalfiscal.inf.br/nfe'><idLote>1</idLote>{bare}{bare}</enviNFe>"
    expected = read(write_nfe(tmp_path / "a.xml", plain))[0].campos
    assert read(write_nfe(tmp_path / "b.xml", prefixed))[0].campos == expected
    without_protocol = read(write_nfe(tmp_path / "c.xml", bare))
    assert [record.campos for record in without_protocol] == [expected]
    assert "protocolo" in without_protocol[0].avisos[0]
    assert [record.campos for record in read(write_nfe(tmp_path / "d.xml", lote))] == [expected, expected]


def test_a_cpf_and_parcelas_that_are_no_numbers(tmp_path: Path) -> None:
    text = nfe(duplicata("1234/A"), duplicata("1234/B"), documento="<CPF>52998224725</CPF>")
    records = read(write_nfe(tmp_path / "n.xml", text))
    assert [record.campos[Campo.PARCELA] for record in records] == ["1", "2"]
    assert records[0].campos[Campo.DOCUMENTO] == "52998224725"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (nfe(), "não traz duplicatas (cobr/dup); cadastre o título à mão, se houver."),
        (nfe(duplicata(), versao="3.10"), "layout 3.10; o programa lê o 4.00."),
        (nfe(duplicata(), status="110"), "não está autorizada pela SEFAZ: Autorizado o uso da NF-e."),
        (nfe(duplicata(), ide="<tpNF>0</tpNF>"), "é uma nota de entrada, e não de venda."),
        (nfe(duplicata(), ide="<finNFe>4</finNFe>"), "é uma nota de devolução."),
        (nfe(duplicata(), chave="123"), "a chave de acesso não tem o formato de uma NF-e."),
        (
            nfe(duplicata(), documento="<idEstrangeiro>X1</idEstrangeiro>"),
            "o destinatário é estrangeiro, sem CPF nem CNPJ.",
        ),
        (nfe(duplicata())[:900], "o XML está danificado ou incompleto."),
        ("<procEventoNFe/>", "não é uma NF-e: pode ser um evento, um CT-e ou uma nota de serviço."),
        (
            nfe(duplicata(), before='<!DOCTYPE x [<!ENTITY a "b">]>'),
            "o XML traz definições (DTD ou entidades) que não são aceitas por segurança.",
        ),
    ],
)
def test_what_makes_no_titulo_says_why(tmp_path: Path, text: str, sentence: str) -> None:
    assert faults(write_nfe(tmp_path / "n.xml", text)) == [sentence]


def test_a_zip_of_notas_passes_over_what_is_no_xml_and_tells_the_broken_one(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "notas.zip", a_xml=nfe(duplicata()), danfe_pdf="%PDF", b_XML="<NFe", c_xml=nfe())
    records = read(path)
    assert [record.onde for record in records] == ["NF-e 1234 (a.xml), duplicata 1", "b.XML", "NF-e 1234 (c.xml)"]
    assert [bool(record.falhas) for record in records] == [False, True, True]


def test_a_zip_without_xml_or_that_swells_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Não há arquivos XML"):
        read(write_zip(tmp_path / "a.zip", foto_jpg="x"))
    with pytest.raises(InputError, match="grande demais"):
        read(write_zip(tmp_path / "b.zip", n_xml=bytes(30_000_000)))


def test_a_zip_whose_content_does_not_agree_is_refused(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", n_xml=nfe(duplicata()))
    content = bytearray(path.read_bytes())
    content[100] ^= 0xFF
    path.write_bytes(content)
    with pytest.raises(InputError, match="está danificado"):
        read(path)
