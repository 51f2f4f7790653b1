"""Títulos from CSV, XLSX and NF-e: read into a ``Previa``, and stored when the clerk (or a rule) agrees.

``ler`` stores nothing. ``importar`` stores what was chosen in one transaction: interrupted at any point, nothing of it
is there; repeated, nothing of it is there twice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path

from bancointegra.domain.boleto import Sacado
from bancointegra.domain.conta import ContaBancaria
from bancointegra.domain.errors import InputError
from bancointegra.domain.importacao import (
    INDISPENSAVEIS,
    AlteracaoTitulo,
    Campo,
    Celula,
    Falha,
    FormatoArquivo,
    FormatoData,
    Gravacao,
    Leitura,
    LeituraGuardada,
    LinhaPrevia,
    LinhaTabela,
    Previa,
    RegistroLido,
    SeparadorDecimal,
    SituacaoLinha,
    Tabela,
    TituloGuardado,
)
from bancointegra.domain.ports import Clock
from bancointegra.domain.ports_importacao import Andamento, ImportacaoRepository, TituloFiles
from bancointegra.domain.titulo import HistoryEntry
from bancointegra.services.importacao_celulas import LeitorDeCelulas
from bancointegra.services.importacao_colunas import (
    find_header,
    guess_decimal,
    guess_formato_data,
    origem,
    propose,
    remembered,
    to_remember,
)
from bancointegra.services.importacao_titulo import Montagem, Rascunho, rascunhar

_SAMPLE = 200
_CHUNK = 500
_LONGEST_NAME = 60
_READING = "Lendo o arquivo"


class SemAndamento:
    """``Andamento`` for who neither watches nor stops."""

    def report(self, done: int, total: int, text: str = "") -> None: ...

    def check_cancelled(self) -> None: ...


class ImportacaoService:
    """Any thread may call it."""

    def __init__(self, *, files: TituloFiles, importacoes: ImportacaoRepository, clock: Clock, quem: str) -> None:
        self._files = files
        self._importacoes = importacoes
        self._clock = clock
        self._quem = quem

    def ler(
        self,
        arquivos: Sequence[Path],
        conta: ContaBancaria,
        leitura: Leitura | None = None,
        andamento: Andamento | None = None,
    ) -> Previa:
        """What the files hold for ``conta``: one table, or any number of NF-e.

        ``leitura`` says how to read a table; what it leaves open is as the last time for files with these columns, or
        guessed. Raises ``InputError`` when a file as a whole cannot be read, and ``JobCancelled``.
        """
        andamento = andamento or SemAndamento()
        formatos = {self._files.formato(arquivo) for arquivo in arquivos}
        if not arquivos or (len(arquivos) > 1 and formatos != {FormatoArquivo.NFE}):
            raise InputError(
                "Escolha uma planilha de cada vez, ou só arquivos de NF-e.",
                hint="Vários arquivos juntos: apenas XML de NF-e, ou zip deles.",
                code="varios_arquivos",
            )
        names = tuple(arquivo.name for arquivo in arquivos)
        reading = _Reading(self._importacoes, conta, self._clock, andamento)
        if formatos == {FormatoArquivo.NFE}:
            notas = chain.from_iterable(map(self._files.notas, arquivos))
            leitor = LeitorDeCelulas(FormatoData.DIA_MES_ANO, SeparadorDecimal.VIRGULA)
            linhas = reading.judge(notas, leitor, 0)
            return Previa(conta.id, FormatoArquivo.NFE, names, linhas)
        tabela = self._files.tabela(arquivos[0], leitura or Leitura())
        with closing(tabela.linhas):
            return self._ler_tabela(formatos.pop(), names, tabela, reading)

    def importar(
        self,
        previa: Previa,
        tipo_cobranca_id: int,
        posicoes: Collection[int] | None = None,
        andamento: Andamento | None = None,
    ) -> Gravacao:
        """Store the chosen rows of ``previa`` (positions; all that are NOVA without): new títulos, changed ones.

        Rows that are there already or wrong are passed over. Raises ``StoreError`` and ``JobCancelled``, and then
        nothing was stored.
        """
        chosen = previa.posicoes(SituacaoLinha.NOVA) if posicoes is None else sorted(posicoes)
        rows = [(at, previa.linhas[at]) for at in chosen]
        novos = {at: linha.novo for at, linha in rows if linha.novo and linha.situacao is SituacaoLinha.NOVA}
        alteracoes = {
            at: AlteracaoTitulo(linha.guardado, linha.novo, "; ".join(map(str, linha.mudancas)))
            for at, linha in rows
            if linha.novo and linha.guardado and linha.situacao is SituacaoLinha.MUDOU
        }
        gravacao = Gravacao({}, {}, {}, ())
        if novos or alteracoes:
            source = ", ".join(previa.arquivos[:3]) + (" …" if len(previa.arquivos) > 3 else "")
            entry = HistoryEntry(self._clock.now(), f"Importado de {previa.formato.value}", source, self._quem)
            emails = {
                linha.novo.sacado.documento.numero: linha.email for _, linha in rows if linha.novo and linha.email
            }
            gravacao = self._importacoes.gravar(
                previa.conta_id, tipo_cobranca_id, novos, alteracoes, emails, entry, andamento or SemAndamento()
            )
        if remembered_as := to_remember(previa.cabecalho, previa.leitura):
            self._importacoes.guardar_leitura(origem(previa.cabecalho), remembered_as)
        return gravacao

    def _ler_tabela(self, formato: FormatoArquivo, names: tuple[str, ...], tabela: Tabela, reading: _Reading) -> Previa:
        amostra = list(islice(tabela.linhas, _SAMPLE))
        at = _header_at(amostra, tabela.leitura)
        amostra[at : at + 1] = map(_as_header, amostra[at : at + 1])
        cabecalho = tuple(map(str, amostra[at].celulas)) if amostra else ()
        known = self._importacoes.leitura_de(origem(cabecalho))
        leitura = _completed(tabela.leitura, known, amostra[at:])
        linhas: tuple[LinhaPrevia, ...] = ()
        colunas = leitura.colunas or {}
        if all(campo in colunas for campo in INDISPENSAVEIS):
            registros = (
                _registro(linha, leitura, len(cabecalho), formato) for linha in chain(amostra[at + 1 :], tabela.linhas)
            )
            assert leitura.formato_data is not None and leitura.decimal is not None
            leitor = LeitorDeCelulas(leitura.formato_data, leitura.decimal)
            linhas = reading.judge(registros, leitor, tabela.tamanho)
        return Previa(reading.conta.id, formato, names, linhas, leitura, cabecalho, tabela.planilhas)


class _Reading:
    """One pass over the records of some files."""

    def __init__(
        self, importacoes: ImportacaoRepository, conta: ContaBancaria, clock: Clock, andamento: Andamento
    ) -> None:
        self.conta = conta
        self._importacoes = importacoes
        self._andamento = andamento
        self._montagem = Montagem(conta, clock.today())
        self._seen: dict[tuple[str, str], str] = {}
        self._seen_ids: dict[str, str] = {}
        self._pagadores: dict[str, Sacado] = {}

    def judge(
        self, registros: Iterator[RegistroLido], leitor: LeitorDeCelulas, tamanho: int
    ) -> tuple[LinhaPrevia, ...]:
        """Every record as a row of the preview, looking in the store for some hundred at a time."""
        linhas: list[LinhaPrevia] = []
        while chunk := [self._draft(registro, leitor) for registro in islice(registros, _CHUNK)]:
            self._andamento.check_cancelled()
            linhas += self._judge_chunk(chunk)
            self._andamento.report(len(linhas), max(tamanho, len(linhas)) if tamanho else 0, _READING)
        return tuple(linhas)

    def _draft(self, registro: RegistroLido, leitor: LeitorDeCelulas) -> Rascunho:
        rascunho = rascunhar(registro, leitor)
        chave, id_externo = rascunho.chave, rascunho.id_externo
        first = self._seen.get(chave) if chave[0] else None
        first = first or self._seen_ids.get(id_externo)
        if first is not None:
            rascunho.falhas.append(Falha(Campo.NUMERO.value, f"repete o título já lido ({first})."))
        elif chave[0]:
            self._seen[chave] = registro.onde
            if id_externo:
                self._seen_ids[id_externo] = registro.onde
        return rascunho

    def _judge_chunk(self, chunk: Sequence[Rascunho]) -> Iterator[LinhaPrevia]:
        guardados = self._importacoes.guardados(
            self.conta.id,
            [rascunho.chave for rascunho in chunk if rascunho.chave[0]],
            [rascunho.id_externo for rascunho in chunk if rascunho.id_externo],
        )
        by_key = {(g.titulo.numero, g.titulo.parcela): g for g in guardados}
        by_id = {g.id_externo: g for g in guardados if g.id_externo}
        documentos = {rascunho.documento.numero for rascunho in chunk if rascunho.documento}
        unknown = [numero for numero in documentos if numero not in self._pagadores]
        self._pagadores.update(self._importacoes.pagadores(unknown))
        for rascunho in chunk:
            guardado = _matching(rascunho, by_id, by_key)
            numero = rascunho.documento.numero if rascunho.documento else ""
            linha = self._montagem.julgar(rascunho, guardado, self._pagadores.get(numero))
            if linha.novo:
                self._pagadores.setdefault(numero, linha.novo.sacado)
            yield linha


def _matching(
    rascunho: Rascunho, by_id: dict[str, TituloGuardado], by_key: dict[tuple[str, str], TituloGuardado]
) -> TituloGuardado | None:
    """The stored título a record is about; two that contradict each other are a fault of the record."""
    same_key, same_id = by_key.get(rascunho.chave), by_id.get(rascunho.id_externo)
    other = same_key and rascunho.id_externo and same_key.id_externo and same_key is not same_id
    if other or (same_key and same_id and same_key is not same_id):
        assert same_key is not None
        sentence = f"o título {same_key.titulo.identificacao} já existe com outro id externo."
        rascunho.falhas.append(Falha(Campo.NUMERO.value, sentence))
    return same_id or same_key


def _header_at(amostra: Sequence[LinhaTabela], leitura: Leitura) -> int:
    asked = [at for at, linha in enumerate(amostra) if linha.numero == leitura.linha_cabecalho]
    return asked[0] if asked else find_header(amostra)


def _as_header(linha: LinhaTabela) -> LinhaTabela:
    """Names, none longer than anybody would read: they are shown side by side."""
    return replace(linha, celulas=tuple(str(celula)[:_LONGEST_NAME] for celula in linha.celulas))


def _completed(asked: Leitura, known: LeituraGuardada | None, amostra: Sequence[LinhaTabela]) -> Leitura:
    """How the table is read in the end; ``amostra`` begins with the header.

    What was asked for comes first, then what the cells themselves tell, then the last time.
    """
    cabecalho = amostra[0] if amostra else LinhaTabela(0, ())
    colunas = asked.colunas
    if colunas is None:
        colunas = remembered(cabecalho.celulas, known) if known else propose(cabecalho.celulas)
    formato_data = asked.formato_data or guess_formato_data(_column(amostra, colunas, Campo.VENCIMENTO, Campo.EMISSAO))
    decimal = asked.decimal or guess_decimal(_column(amostra, colunas, Campo.VALOR))
    return replace(
        asked,
        linha_cabecalho=cabecalho.numero,
        colunas={campo: at for campo, at in colunas.items() if at < len(cabecalho.celulas)},
        formato_data=formato_data or (known.formato_data if known else FormatoData.DIA_MES_ANO),
        decimal=decimal or (known.decimal if known else SeparadorDecimal.VIRGULA),
    )


def _column(amostra: Sequence[LinhaTabela], colunas: Mapping[Campo, int], *campos: Campo) -> list[Celula]:
    places = [colunas[campo] for campo in campos if campo in colunas]
    return [linha.celulas[at] for linha in amostra[1:] for at in places if at < len(linha.celulas)]


def _registro(linha: LinhaTabela, leitura: Leitura, width: int, formato: FormatoArquivo) -> RegistroLido:
    """The cells by field. A CSV row that is too short or long has slipped: its cells cannot be trusted."""
    celulas, falha = linha.celulas, linha.falha
    if not falha and formato is FormatoArquivo.CSV and (len(celulas) < width or any(celulas[width:])):
        falha = f"tem {len(celulas)} colunas em vez de {width}."
    colunas = leitura.colunas or {}
    campos = {campo: celulas[at] for campo, at in colunas.items() if at < len(celulas)}
    return RegistroLido(f"Linha {linha.numero}", campos, (Falha("", falha),) if falha else ())
