"""Títulos from a file: the fields it may bring, how a table is read, and what was found before anything is stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum

from bancointegra.domain.reais import Reais
from bancointegra.domain.titulo import NovoTitulo, Titulo

Celula = str | date | Decimal
"""One cell: text, or what a spreadsheet gives with its type; empty text when nothing is there."""


class Campo(Enum):
    """What a file may say of a título. The value is the column's own name (``docs/cli.md``)."""

    NUMERO = "numero"
    PARCELA = "parcela"
    EMISSAO = "emissao"
    VENCIMENTO = "vencimento"
    VALOR = "valor"
    SACADO = "sacado"
    DOCUMENTO = "documento"
    LOGRADOURO = "logradouro"
    ENDERECO_NUMERO = "endereco_numero"
    COMPLEMENTO = "complemento"
    BAIRRO = "bairro"
    CIDADE = "cidade"
    UF = "uf"
    CEP = "cep"
    EMAIL = "email"
    ESPECIE = "especie"
    OBSERVACAO = "observacao"
    MULTA_PERCENTUAL = "multa_percentual"
    MULTA_VALOR = "multa_valor"
    JUROS_PERCENTUAL_MES = "juros_percentual_mes"
    JUROS_VALOR_DIA = "juros_valor_dia"
    ABATIMENTO = "abatimento"
    ID_EXTERNO = "id_externo"


INDISPENSAVEIS = (Campo.NUMERO, Campo.VENCIMENTO, Campo.VALOR, Campo.DOCUMENTO)
"""Without these no row can be read."""
DO_PAGADOR = (Campo.SACADO, Campo.LOGRADOURO, Campo.BAIRRO, Campo.CIDADE, Campo.UF, Campo.CEP)
"""May be left out of the row of a pagador who is already stored."""
OBRIGATORIOS = INDISPENSAVEIS + DO_PAGADOR
OPCIONAIS = tuple(campo for campo in Campo if campo not in OBRIGATORIOS)


class FormatoArquivo(Enum):
    """What kind of file it is, by its content. The value is the word on the screen."""

    CSV = "CSV"
    XLSX = "XLSX"
    NFE = "NF-e"


class FormatoData(Enum):
    """How a date written with bars is meant; ``2026-12-23`` is always understood."""

    DIA_MES_ANO = "dia/mês/ano"
    MES_DIA_ANO = "mês/dia/ano"


class SeparadorDecimal(Enum):
    """What stands before the cents. With VIRGULA an amount such as ``1250.00`` is understood, too."""

    VIRGULA = "vírgula (1.250,00)"
    PONTO = "ponto (1,250.00)"


@dataclass(frozen=True, slots=True)
class Leitura:
    """How a table is read; what is empty or None is to be guessed.

    ``linha_cabecalho`` is numbered as an editor does. ``colunas`` says in which column, from 0, a field stands.
    """

    codificacao: str = ""
    separador: str = ""
    planilha: str = ""
    linha_cabecalho: int = 0
    colunas: Mapping[Campo, int] | None = None
    formato_data: FormatoData | None = None
    decimal: SeparadorDecimal | None = None


@dataclass(frozen=True, slots=True)
class LeituraGuardada:
    """How files of one origin were read the last time; ``colunas`` by the header's name: any order will do."""

    colunas: Mapping[Campo, str]
    formato_data: FormatoData
    decimal: SeparadorDecimal


@dataclass(frozen=True, slots=True)
class LinhaTabela:
    """A row as it stands in a table; ``falha`` says why its cells cannot be read."""

    numero: int
    celulas: tuple[Celula, ...]
    falha: str = ""


@dataclass(frozen=True, slots=True)
class Tabela:
    """An opened table: how it is read, the sheets to choose from, about how many rows, and the rows as they come.

    ``linhas`` reads on in the file; its consumer closes it (``contextlib.closing``).
    """

    leitura: Leitura
    planilhas: tuple[str, ...]
    tamanho: int
    linhas: Generator[LinhaTabela, None, None]


@dataclass(frozen=True, slots=True)
class Falha:
    """What is wrong in a row: the column's name, or empty for the whole row, and a sentence."""

    coluna: str
    mensagem: str


@dataclass(frozen=True, slots=True)
class RegistroLido:
    """One título of a file, not yet understood: where it stands and the cell of each field.

    ``emitente`` is who issued the nota fiscal it comes from, empty for other files.
    """

    onde: str
    campos: Mapping[Campo, Celula]
    falhas: tuple[Falha, ...] = ()
    avisos: tuple[str, ...] = ()
    emitente: str = ""


class SituacaoLinha(Enum):
    """What a row of a file is to the store. The value is the word on the screen."""

    NOVA = "NOVO"
    JA_EXISTE = "JÁ EXISTE"
    MUDOU = "MUDOU"
    ERRADA = "ERRADO"


@dataclass(frozen=True, slots=True)
class Mudanca:
    """A field in which the file differs from the título stored."""

    campo: Campo
    de: str
    para: str

    def __str__(self) -> str:
        return f"{self.campo.value}: {self.de} → {self.para}"


@dataclass(frozen=True, slots=True)
class TituloGuardado:
    """A título already stored, as an import sees it. ``alteravel``: no byte of it ever left for the bank."""

    titulo: Titulo
    id_externo: str
    alteravel: bool


@dataclass(frozen=True, slots=True)
class LinhaPrevia:
    """One row of the file, judged: no more of it than is shown or stored, for there may be tens of thousands.

    ``textos`` are the cells as they stand there, for a row without ``novo``. ``titulo_id`` is the título of the store
    that the row is about, if any, and ``guardado`` how it is there, if the row differs from it. ``email`` is for a
    pagador not yet stored.
    """

    onde: str
    situacao: SituacaoLinha
    textos: Mapping[Campo, str]
    novo: NovoTitulo | None = None
    titulo_id: int | None = None
    guardado: TituloGuardado | None = None
    falhas: tuple[Falha, ...] = ()
    mudancas: tuple[Mudanca, ...] = ()
    avisos: tuple[str, ...] = ()
    email: str = ""

    @property
    def identificacao(self) -> str:
        """``1001/1``, or the number alone when there is no parcela; as it stands in the file when it was not read."""
        numero = self.novo.numero if self.novo else self.textos.get(Campo.NUMERO, "")
        parcela = self.novo.parcela if self.novo else self.textos.get(Campo.PARCELA, "")
        return f"{numero}/{parcela}" if parcela else numero

    @property
    def explicacao(self) -> str:
        """All there is to say of the row, in one line."""
        faults = [f"{falha.coluna}: {falha.mensagem}" if falha.coluna else falha.mensagem for falha in self.falhas]
        return " ".join([*faults, *map(str, self.mudancas), *self.avisos])


@dataclass(frozen=True, slots=True)
class Previa:
    """What files hold, before anything is stored. ``leitura`` is complete: how the table was read in the end."""

    conta_id: int
    formato: FormatoArquivo
    arquivos: tuple[str, ...]
    linhas: tuple[LinhaPrevia, ...]
    leitura: Leitura = field(default_factory=Leitura)
    cabecalho: tuple[str, ...] = ()
    planilhas: tuple[str, ...] = ()

    @property
    def faltando(self) -> tuple[Campo, ...]:
        """Required columns that the table does not have."""
        return tuple(campo for campo in OBRIGATORIOS if campo not in self._colunas)

    @property
    def impedida(self) -> bool:
        """Whether a column is missing without which no row could be read; then there are no rows."""
        return any(campo in INDISPENSAVEIS for campo in self.faltando)

    @property
    def ignoradas(self) -> tuple[str, ...]:
        """Columns of the table that are not imported."""
        used = set(self._colunas.values())
        return tuple(nome for at, nome in enumerate(self.cabecalho) if nome and at not in used)

    @property
    def contagem(self) -> Mapping[SituacaoLinha, int]:
        return Counter(linha.situacao for linha in self.linhas)

    def total(self, posicoes: Sequence[int]) -> Reais:
        """The sum of the values of these rows."""
        return Reais.total(novo.valor for at in posicoes if (novo := self.linhas[at].novo))

    def posicoes(self, *situacoes: SituacaoLinha) -> tuple[int, ...]:
        """The rows in one of these situations, as positions in ``linhas``."""
        return tuple(at for at, linha in enumerate(self.linhas) if linha.situacao in situacoes)

    @property
    def _colunas(self) -> Mapping[Campo, int]:
        if self.formato is FormatoArquivo.NFE:
            return {campo: at for at, campo in enumerate(OBRIGATORIOS)}
        return self.leitura.colunas or {}


@dataclass(frozen=True, slots=True)
class AlteracaoTitulo:
    """A stored título to be changed to ``novo``, provided that it is still as ``guardado`` shows it."""

    guardado: TituloGuardado
    novo: NovoTitulo
    descricao: str


@dataclass(frozen=True, slots=True)
class Gravacao:
    """What one import stored. The maps go from a position of the ``Previa`` to the id of its título.

    ``ja_existiam``: somebody else had stored it meanwhile; ``recusadas``: it changed meanwhile and was left alone.
    """

    novos: Mapping[int, int]
    alterados: Mapping[int, int]
    ja_existiam: Mapping[int, int]
    recusadas: tuple[int, ...]
