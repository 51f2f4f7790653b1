"""The import service over real files and a real store: every kind of row, the choice, and the second time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from bancointegra.domain.conta import TipoCobranca
from bancointegra.domain.documentos import Documento
from bancointegra.domain.encargos import Juros, Multa, TipoJuros, TipoMulta
from bancointegra.domain.errors import InputError, JobCancelled
from bancointegra.domain.importacao import (
    Campo,
    FormatoData,
    Leitura,
    LinhaPrevia,
    Previa,
    SeparadorDecimal,
    SituacaoLinha,
)
from bancointegra.domain.reais import Reais
from bancointegra.domain.titulo import Titulo, TituloFilter, TituloSort
from bancointegra.files.office_files import OfficeFiles
from bancointegra.services.importacao import ImportacaoService, SemAndamento
from bancointegra.services.importacao_inteira import problemas
from bancointegra.store import open_store
from tests.builders import AURORA, ENTRY, KnownInstances, ManualClock, conta_itau, novo_titulo, plan, registrado_de
from tests.files.sheets import CHAVE, HEADER, duplicata, nfe, row, write_csv, write_nfe, write_xlsx
from tests.new_data import new_data_file

NOVA, JA_EXISTE, MUDOU, ERRADA = SituacaoLinha


class Desk:
    """A store with one account, and the service over it; a second one on the same folder finds what was stored."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = ManualClock()
        self.store = open_store(new_data_file(folder / "dados.sqlite3"), instances=KnownInstances(), clock=self.clock)
        self.conta = self.store.contas.by_mnemonico("ITAU01") or self.store.contas.save(conta_itau())
        tipos = self.store.contas.tipos_cobranca(self.conta.id)
        self.tipo = (
            tipos[0] if tipos else self.store.contas.save_tipo_cobranca(TipoCobranca(0, "BOLETO", self.conta.id))
        )
        self.service = ImportacaoService(
            files=OfficeFiles(), importacoes=self.store.importacoes, clock=self.clock, quem="maria"
        )

    def read(self, path: Path, leitura: Leitura | None = None) -> Previa:
        return self.service.ler([path], self.conta, leitura)

    def read_rows(self, *rows: tuple[object, ...], header: tuple[str, ...] = HEADER) -> tuple[LinhaPrevia, ...]:
        return self.read(write_csv(self.folder / "títulos.csv", *rows, header=header)).linhas

    def store_row(self, **changes: object) -> Titulo:
        """One título, imported."""
        previa = self.read(write_csv(self.folder / "um.csv", row(**changes)))
        gravacao = self.service.importar(previa, self.tipo.id)
        return self.store.titulos.get(gravacao.novos[0])

    def titulos(self) -> list[Titulo]:
        found = self.store.titulos.ids(TituloFilter(self.conta.id), TituloSort.TITULO, False)
        return [self.store.titulos.get(titulo_id) for titulo_id in found]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = Desk(tmp_path)
    yield opened
    opened.store.close()


def test_a_good_row_is_stored_as_it_stands_and_the_second_time_changes_nothing(desk: Desk) -> None:
    titulo = desk.store_row()
    assert (titulo.identificacao, titulo.valor, titulo.vencimento) == ("1001", Reais(125000), date(2026, 12, 23))
    assert titulo.sacado.nome == "MERCADO SÃO JORGE"
    assert titulo.sacado.endereco.uma_linha == "Rua Um, 1 - Centro - 13010-001 Campinas/SP"
    assert desk.store.titulos.history(titulo.id)[0].texto == "Importado de CSV"
    previa = desk.read(desk.folder / "um.csv")
    assert [(linha.situacao, linha.titulo_id) for linha in previa.linhas] == [(JA_EXISTE, titulo.id)]
    desk.clock.advance(days=60)  # the file has no emissão: the one stored counts, not today
    again = desk.read(desk.folder / "um.csv")
    assert not desk.service.importar(again, desk.tipo.id, range(len(again.linhas))).novos
    assert desk.titulos() == [titulo]


def test_every_fault_is_named_by_row_and_column_and_stops_no_good_row(desk: Desk) -> None:
    linhas = desk.read_rows(
        row(),
        row(numero="", valor="abc", vencimento="31/02/2027"),
        row(numero="1002", documento="11.222.333/0001-82", uf="XX", cep="123"),
        row(numero="1003", vencimento="22/11/2026"),
        row(numero="1004", valor="0"),
        row(numero="1001"),
        ("1005", "23/12/2026"),
        row(numero="1006", sacado="", bairro="", documento="529.982.247-25"),
        row(numero="1007", valor="10,005"),
        row(numero="1008", documento="529.982.247-25"),
    )
    assert [linha.onde for linha in linhas] == [f"Linha {n}" for n in range(2, 12)]
    assert [linha.situacao for linha in linhas] == [NOVA, *[ERRADA] * 8, NOVA]
    assert [linha.explicacao for linha in linhas[1:-1]] == [
        "numero: está vazio. vencimento: “31/02/2027” não é uma data como 23/11/2026. "
        "valor: “abc” não é um valor em reais.",
        "documento: Os dígitos do CNPJ não conferem. uf: “XX” não é uma UF. cep: o CEP deve ter 8 dígitos.",
        "vencimento: é anterior à emissão.",
        "valor: o valor deve ser maior que zero.",
        "numero: repete o título já lido (Linha 2).",
        "tem 2 colunas em vez de 10.",
        "sacado: está vazio. bairro: está vazio.",
        "valor: “10,005” não é um valor em reais.",
    ]


def test_a_spreadsheet_gives_exact_money_real_dates_and_the_zeros_back(desk: Desk) -> None:
    day = datetime(2026, 12, 23)
    path = write_xlsx(
        desk.folder / "t.xlsx",
        row(numero=1001, vencimento=day, valor=0.1 + 0.2, documento=11222333000181, cep=1310100),
        row(numero=1002, vencimento=46379, valor=1250, documento=7444210000118),
        row(numero=1003, vencimento=day, valor=1.005, cep=1310100),
        row(numero=1004, vencimento=day, valor=10, documento=191),
    )
    linhas = desk.read(path).linhas
    assert [linha.situacao for linha in linhas] == [NOVA, NOVA, ERRADA, ERRADA]
    first, second = linhas[0].novo, linhas[1].novo
    assert first and second
    assert (first.numero, first.vencimento, first.valor) == ("1001", date(2026, 12, 23), Reais(30))
    assert (first.sacado.documento.numero, first.sacado.endereco.cep) == ("11222333000181", "01310100")
    assert (second.vencimento, second.sacado.documento.numero) == (date(2026, 12, 23), "07444210000118")
    assert linhas[2].explicacao == "valor: O valor tem frações de centavo."
    assert "perdeu zeros" in linhas[3].explicacao


def test_headers_of_other_programs_are_understood(desk: Desk) -> None:
    header = ("Nº Título", "Vencto.", "Valor (R$)", "Razão Social", "CNPJ/CPF", "Endereço", "Bairro", "Município")
    path = desk.folder / "erp.csv"
    lines = ["Relatório de títulos;;", "", ";".join((*header, "Estado", "CEP", "Vendedor")), ";".join((*row(), "Ana"))]
    path.write_text("\n".join(lines), encoding="cp1252")
    previa = desk.read(path)
    assert previa.leitura.linha_cabecalho == 3
    assert (previa.faltando, previa.ignoradas) == ((), ("Vendedor",))
    assert [linha.situacao for linha in previa.linhas] == [NOVA]


def test_dates_and_amounts_written_the_other_way_are_guessed_or_asked_for(desk: Desk) -> None:
    american = write_csv(desk.folder / "a.csv", row(vencimento="12/23/2026", valor="1,250.00"))
    previa = desk.read(american)
    assert (previa.leitura.formato_data, previa.leitura.decimal) == (FormatoData.MES_DIA_ANO, SeparadorDecimal.PONTO)
    assert previa.linhas[0].novo == replace(desk.read_rows(row())[0].novo)  # type: ignore[type-var]
    doubtful = write_csv(desk.folder / "b.csv", row(vencimento="10/12/2026"))
    asked = desk.read(doubtful, Leitura(formato_data=FormatoData.MES_DIA_ANO))
    assert [linha.explicacao for linha in asked.linhas] == ["vencimento: é anterior à emissão."]


def test_a_mapping_is_remembered_for_files_with_the_same_columns(desk: Desk) -> None:
    header = ("Cobrar em", "Código", *HEADER[2:])
    cells = ("10/01/2027", "77", *row()[2:])
    path = write_csv(desk.folder / "a.csv", cells, header=header)
    previa = desk.read(path)
    assert previa.impedida
    assert previa.faltando == (Campo.NUMERO, Campo.VENCIMENTO)
    chosen = replace(
        previa.leitura,
        formato_data=FormatoData.MES_DIA_ANO,
        colunas={**(previa.leitura.colunas or {}), Campo.VENCIMENTO: 0, Campo.NUMERO: 1},
    )
    desk.service.importar(desk.read(path, chosen), desk.tipo.id)
    assert [titulo.vencimento for titulo in desk.titulos()] == [date(2027, 10, 1)]
    turned = write_csv(
        desk.folder / "b.csv", ("78", "10/01/2027", *row()[2:]), header=(header[1], header[0], *HEADER[2:])
    )
    again = desk.read(turned).linhas[0].novo
    assert again and (again.numero, again.vencimento) == ("78", date(2027, 10, 1))


def test_what_the_file_says_of_charges_wins_and_zero_means_none(desk: Desk) -> None:
    header = (*HEADER, "multa_percentual", "multa_valor", "juros_percentual_mes", "juros_valor_dia", "abatimento")
    linhas = desk.read_rows(
        (*row(), "2,00", "", "1,5%", "0,30", "5,00"), (*row(numero="1002"), "0", "0,00", "", "", ""), header=header
    )
    first, second = linhas[0].novo, linhas[1].novo
    assert first and second
    assert first.encargos.multa.tipo is TipoMulta.PERCENTUAL
    assert first.encargos.juros == Juros(TipoJuros.VALOR_POR_DIA, valor=Reais(30))
    assert first.encargos.abatimento == Reais(500)
    assert (second.encargos.multa, second.encargos.juros) == (Multa(), desk.conta.encargos_padrao.juros)


def test_a_pagador_already_stored_stays_and_the_difference_is_told(desk: Desk) -> None:
    desk.store.titulos.add_many(desk.conta.id, desk.tipo.id, [novo_titulo(1)], ENTRY)
    changed = row(documento=AURORA.documento.formatado, sacado="AURORA SUPERMERCADOS", cep="")
    linha = desk.read_rows(changed)[0]
    assert linha.situacao is NOVA
    assert linha.novo and linha.novo.sacado == AURORA
    assert "no arquivo, nome “AURORA SUPERMERCADOS”, logradouro “Rua Um, 1”" in linha.explicacao
    desk.service.importar(desk.read(desk.folder / "títulos.csv"), desk.tipo.id)
    assert {titulo.sacado.nome for titulo in desk.titulos()} == {AURORA.nome}


def test_only_a_new_pagador_gets_the_email_of_the_file(desk: Desk) -> None:
    desk.store.titulos.add_many(desk.conta.id, desk.tipo.id, [novo_titulo(1)], ENTRY)
    header = (*HEADER, "E-mail")
    sheet = write_csv(
        desk.folder / "a.csv",
        (*row(), "fin@jorge.com.br, outro@jorge.com.br"),
        (*row(numero="2", documento=AURORA.documento.formatado), "novo@aurora.com.br"),
        (*row(numero="3"), "isto não é"),
        header=header,
    )
    previa = desk.read(sheet)
    assert previa.linhas[2].explicacao == "email: Isto não é um endereço de e-mail."
    desk.service.importar(previa, desk.tipo.id)
    emails = {p.sacado.nome: p.email for p in desk.store.pagadores.search("", 10)}
    assert emails == {"MERCADO SÃO JORGE": "fin@jorge.com.br", AURORA.nome: ""}


def test_a_new_pagador_is_who_the_first_row_says(desk: Desk) -> None:
    linhas = desk.read_rows(row(), row(numero="1002", sacado="OUTRO NOME"))
    assert linhas[1].novo and linhas[1].novo.sacado.nome == "MERCADO SÃO JORGE"
    assert "Fica o pagador do cadastro; no arquivo, nome “OUTRO NOME”." in linhas[1].avisos


def test_a_pending_titulo_changes_only_when_chosen_and_shows_from_and_to(desk: Desk) -> None:
    titulo = desk.store_row()
    previa = desk.read(write_csv(desk.folder / "b.csv", row(vencimento="30/12/2026", documento="529.982.247-25")))
    assert [linha.situacao for linha in previa.linhas] == [MUDOU]
    assert previa.linhas[0].explicacao == (
        "vencimento: 23/12/2026 → 30/12/2026 documento: 11.222.333/0001-81 → 529.982.247-25"
    )
    assert not desk.service.importar(previa, desk.tipo.id).alterados
    assert desk.titulos() == [titulo]
    assert desk.service.importar(previa, desk.tipo.id, [0]).alterados == {0: titulo.id}
    now = desk.store.titulos.get(titulo.id)
    assert (now.vencimento, now.sacado.documento.formatado) == (date(2026, 12, 30), "529.982.247-25")
    assert desk.store.titulos.history(titulo.id)[0].texto == "Alterado pela importação"
    assert desk.service.importar(previa, desk.tipo.id, [0]).recusadas == (0,), "seen before the change"


def test_what_is_at_the_bank_is_never_changed_by_a_file(desk: Desk) -> None:
    titulo = desk.store_row()
    journal = desk.store.journal
    order = journal.prepare_registro(titulo.id, plan, "meu")
    seen = desk.read(write_csv(desk.folder / "b.csv", row(valor="99,00")))
    journal.mark_enviada(order.id, "meu")
    doubtful = desk.read(desk.folder / "b.csv").linhas[0]
    assert doubtful.explicacao == (
        "valor: o título 1001 está a confirmar no banco com outros dados; mude-o pelo banco, em Enviar Alteração. "
        "valor: 1.250,00 → 99,00"
    )
    assert desk.service.importar(seen, desk.tipo.id, [0]).recusadas == (0,)
    journal.confirm_registro(order.id, registrado_de(order.registro), ENTRY)
    registered = desk.read(desk.folder / "b.csv").linhas[0]
    assert (registered.situacao, registered.titulo_id) == (ERRADA, titulo.id)
    assert "está REGISTRADO com outros dados" in registered.explicacao
    assert desk.read(desk.folder / "um.csv").linhas[0].situacao is JA_EXISTE
    noted = write_csv(desk.folder / "c.csv", (*row(), "outra nota"), header=(*HEADER, "observacao"))
    assert desk.read(noted).linhas[0].situacao is JA_EXISTE, "a note is no matter of the bank"


def test_a_registration_prepared_before_the_change_can_no_longer_leave(desk: Desk) -> None:
    titulo = desk.store_row()
    order = desk.store.journal.prepare_registro(titulo.id, plan, "meu")
    previa = desk.read(write_csv(desk.folder / "b.csv", row(valor="99,00")))
    assert desk.service.importar(previa, desk.tipo.id, [0]).alterados
    with pytest.raises(Exception, match="outra janela"):
        desk.store.journal.mark_enviada(order.id, "meu")


def test_the_external_id_is_the_titulo_whatever_its_number(desk: Desk) -> None:
    header = (*HEADER, "id_externo")
    path = write_csv(desk.folder / "a.csv", (*row(), "ERP-1"), header=header)
    titulo_id = desk.service.importar(desk.read(path), desk.tipo.id).novos[0]
    linhas = desk.read_rows(
        (*row(numero="1001-A"), "ERP-1"), (*row(numero="1001"), "ERP-2"), (*row(numero="7"), "ERP-1"), header=header
    )
    assert [(linha.situacao, linha.titulo_id) for linha in linhas] == [
        (MUDOU, titulo_id),
        (ERRADA, titulo_id),
        (ERRADA, titulo_id),
    ]
    assert linhas[1].explicacao == "numero: o título 1001 já existe com outro id externo."


def test_notas_become_titulos_and_a_foreign_emitente_is_told(desk: Desk) -> None:
    first = write_nfe(desk.folder / "1.xml", nfe(duplicata(), duplicata("002", "2027-01-22")))
    second = write_nfe(desk.folder / "2.xml", nfe(chave=CHAVE.replace("1234", "9999")))
    previa = desk.service.ler([first, second], desk.conta)
    assert [linha.situacao for linha in previa.linhas] == [NOVA, NOVA, ERRADA]
    desk.service.importar(previa, desk.tipo.id)
    assert [titulo.identificacao for titulo in desk.titulos()] == ["1234/1", "1234/2"]
    assert desk.titulos()[0].sacado.endereco.logradouro == "Avenida Paulista, 1000 - Loja 2"
    assert {linha.situacao for linha in desk.read(first).linhas} == {JA_EXISTE}
    other = replace(
        desk.conta, beneficiario=replace(desk.conta.beneficiario, documento=Documento.parse("07.444.210/0001-18"))
    )
    assert "A nota é de outro emitente (11222333000181)" in desk.service.ler([first], other).linhas[0].explicacao


def test_several_files_must_all_be_notas(desk: Desk) -> None:
    nota = write_nfe(desk.folder / "1.xml", nfe(duplicata()))
    for chosen in ([], [nota, write_csv(desk.folder / "a.csv", row())]):
        with pytest.raises(InputError) as refused:
            desk.service.ler(chosen, desk.conta)
        assert refused.value.code == "varios_arquivos"


class StopAt(SemAndamento):
    """Asks to stop at the given look."""

    def __init__(self, look: int) -> None:
        self.looks_left = look

    def check_cancelled(self) -> None:
        self.looks_left -= 1
        if self.looks_left < 0:
            raise JobCancelled


def test_a_stop_in_the_middle_leaves_nothing_behind(desk: Desk) -> None:
    previa = desk.read(write_csv(desk.folder / "a.csv", *[row(numero=str(n)) for n in range(900)]))
    with pytest.raises(JobCancelled):
        desk.service.importar(previa, desk.tipo.id, andamento=StopAt(2))
    assert desk.titulos() == []
    assert len(desk.service.importar(previa, desk.tipo.id).novos) == 900
    assert len(desk.service.importar(previa, desk.tipo.id).ja_existiam) == 900, "agreed to twice"


def test_all_or_nothing_refuses_what_nobody_would_see(desk: Desk) -> None:
    desk.store_row()
    previa = desk.read(write_csv(desk.folder / "b.csv", row(valor="1,00"), row(numero="2", uf="??"), row(numero="3")))
    assert problemas(previa) == (
        "Linha 2, numero: o título 1001 já existe com outros dados.",
        "Linha 3, uf: “??” não é uma UF.",
    )
    with pytest.raises(InputError, match="Faltam colunas no arquivo: valor"):
        problemas(desk.read(write_csv(desk.folder / "c.csv", row()[:2] + row()[3:], header=HEADER[:2] + HEADER[3:])))
    with pytest.raises(InputError, match="Colunas desconhecidas: cor"):
        problemas(desk.read(write_csv(desk.folder / "d.csv", (*row(), "azul"), header=(*HEADER, "cor"))))
