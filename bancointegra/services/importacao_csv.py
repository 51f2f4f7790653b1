"""Títulos from a plain CSV file: every row is checked, and nothing is stored when one is wrong.

Columns (first row names them; ``;`` or ``,`` between; UTF-8 or Windows-1252): numero, vencimento, valor, sacado,
documento, logradouro, bairro, cidade, uf, cep are required; parcela, emissao, especie, observacao,
multa_percentual, multa_valor, juros_percentual_mes, juros_valor_dia, abatimento are optional. Dates as
``23/11/2026`` or ``2026-11-23``; amounts as ``1.250,00`` or ``1250.00``. What a row does not say of multa and juros
comes from the account.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from bancointegra.domain.boleto import Sacado
from bancointegra.domain.conta import ContaBancaria, Endereco
from bancointegra.domain.documentos import Documento
from bancointegra.domain.encargos import Encargos, Juros, Multa, TipoJuros, TipoMulta
from bancointegra.domain.errors import InputError
from bancointegra.domain.ports import Clock, TituloRepository
from bancointegra.domain.reais import ZERO, Reais
from bancointegra.domain.texto import fold
from bancointegra.domain.titulo import HistoryEntry, NovoTitulo, TituloRow

REQUIRED = ("numero", "vencimento", "valor", "sacado", "documento", "logradouro", "bairro", "cidade", "uf", "cep")
OPTIONAL = (
    "parcela",
    "emissao",
    "especie",
    "observacao",
    "multa_percentual",
    "multa_valor",
    "juros_percentual_mes",
    "juros_valor_dia",
    "abatimento",
)
MAX_BYTES = 50 * 1024 * 1024
_UFS = re.compile("A[CLMP]|BA|CE|DF|ES|GO|M[AGST]|P[ABEIR]|R[JNORS]|S[CEP]|TO")

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Falha:
    """What is wrong in the file: the line as an editor numbers it, the column's name, a sentence."""

    linha: int
    coluna: str
    mensagem: str

    def __str__(self) -> str:
        where = f"Linha {self.linha}" + (f", {self.coluna}" if self.coluna else "")
        return f"{where}: {self.mensagem}"


@dataclass(frozen=True, slots=True)
class Previa:
    """What the file holds. With any ``falhas`` nothing of it may be stored."""

    conta_id: int
    novos: tuple[NovoTitulo, ...]
    ja_existentes: int
    falhas: tuple[Falha, ...]

    @property
    def total(self) -> Reais:
        return Reais.total(novo.valor for novo in self.novos)


class ImportacaoCsvService:
    """Reads a file into a ``Previa``, and stores a faultless one."""

    def __init__(self, *, titulos: TituloRepository, clock: Clock, quem: str) -> None:
        self._titulos = titulos
        self._clock = clock
        self._quem = quem

    def ler(self, path: Path, conta: ContaBancaria) -> Previa:
        """Check every row. Raises ``InputError`` when the file as a whole cannot be read."""
        table = _Table(_decode(_read(path)))
        faults = list(table.faults)
        read: dict[tuple[str, str], tuple[int, NovoTitulo]] = {}
        for line, row in table.rows:
            novo, row_faults = _RowReader(line, row, conta.encargos_padrao, self._clock.today()).read()
            faults.extend(row_faults)
            if novo is None:
                continue
            key = (novo.numero, novo.parcela)
            if key in read:
                faults.append(Falha(line, "numero", f"repete o título da linha {read[key][0]}."))
            else:
                read[key] = (line, novo)
        known = self._titulos.existing(conta.id, list(read))
        novos = []
        for key, (line, novo) in read.items():
            if key not in known:
                novos.append(novo)
            elif not _is_same(novo, known[key]):
                faults.append(Falha(line, "numero", f"o título {known[key].titulo} já existe com outros dados."))
        return Previa(conta.id, tuple(novos), len(read) - len(novos), tuple(sorted(faults, key=lambda f: f.linha)))

    def importar(self, previa: Previa, tipo_cobranca_id: int) -> int:
        """Store all new títulos of a faultless ``Previa``; returns how many. Raises ``InputError``."""
        if previa.falhas:
            raise InputError(
                f"O arquivo tem {len(previa.falhas)} problema(s); nada foi importado.", code="arquivo_recusado"
            )
        if not previa.novos:
            return 0
        entry = HistoryEntry(self._clock.now(), "Importado de arquivo CSV", "", self._quem)
        return self._titulos.add_many(previa.conta_id, tipo_cobranca_id, previa.novos, entry)


def _is_same(novo: NovoTitulo, row: TituloRow) -> bool:
    return (novo.valor, novo.vencimento, novo.sacado.documento.formatado) == (row.valor, row.vencimento, row.documento)


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError("O arquivo tem mais de 50 MB.", hint="Divida-o em arquivos menores.")
        return path.read_bytes()
    except OSError as error:
        raise InputError(
            f"O arquivo {path.name} não pôde ser lido.", hint="Confira o nome e a permissão.", code="arquivo_ilegivel"
        ) from error


def _decode(data: bytes) -> str:
    if b"\0" in data:
        raise InputError("O arquivo não é um CSV de texto.", hint="Na planilha, salve como CSV.", code="nao_e_csv")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


class _Table:
    """The rows of the text by column name, with their line numbers."""

    def __init__(self, text: str) -> None:
        first = text.partition("\n")[0]
        self._reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in first else ",", strict=True)
        self.faults: list[Falha] = []
        self.rows: list[tuple[int, dict[str, str]]] = []
        try:
            self._header = self._read_header(next(self._reader, []))
            self._read_rows()
        except csv.Error:
            self.faults.append(Falha(self._reader.line_num, "", "as aspas não fecham ou o campo é longo demais."))

    def _read_header(self, cells: list[str]) -> list[str]:
        header = [fold(cell).replace(" ", "_") for cell in cells]
        missing = [name for name in REQUIRED if name not in header]
        if missing:
            raise InputError(
                f"Faltam colunas no arquivo: {', '.join(missing)}.",
                hint=f"A primeira linha deve trazer os nomes das colunas: {', '.join(REQUIRED)}.",
                code="colunas_faltando",
            )
        unknown = [name for name in header if name not in REQUIRED + OPTIONAL]
        if unknown:
            raise InputError(f"Colunas desconhecidas: {', '.join(unknown)}.", code="colunas_desconhecidas")
        if len(set(header)) < len(header):
            raise InputError("Há colunas repetidas no arquivo.", code="colunas_repetidas")
        return header

    def _read_rows(self) -> None:
        for cells in self._reader:
            line = self._reader.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(self._header):
                self.faults.append(Falha(line, "", f"tem {len(cells)} colunas em vez de {len(self._header)}."))
            else:
                self.rows.append((line, dict(zip(self._header, (cell.strip() for cell in cells), strict=True))))


class _RowReader:
    """One row to a ``NovoTitulo``, collecting every fault instead of stopping at the first."""

    def __init__(self, line: int, row: Mapping[str, str], padrao: Encargos, hoje: date) -> None:
        self._line = line
        self._row = row
        self._padrao = padrao
        self._hoje = hoje
        self._faults: list[Falha] = []

    def read(self) -> tuple[NovoTitulo | None, list[Falha]]:
        numero = self._field("numero", _text(20))
        vencimento = self._field("vencimento", _date)
        valor = self._field("valor", _amount)
        sacado = self._sacado()
        emissao = self._optional("emissao", _date, self._hoje)
        parcela = self._optional("parcela", _text(5), "")
        especie = self._optional("especie", _especie, "01")
        observacao = self._optional("observacao", _text(200), "")
        encargos = self._encargos()
        if emissao and vencimento and vencimento < emissao:
            self._faults.append(Falha(self._line, "vencimento", "é anterior à emissão."))
        if self._faults or not (numero and vencimento and valor and sacado and emissao and encargos):
            return None, self._faults
        novo = NovoTitulo(
            numero=numero,
            parcela=parcela or "",
            sacado=sacado,
            emissao=emissao,
            vencimento=vencimento,
            valor=valor,
            encargos=encargos,
            especie=especie or "01",
            observacao=observacao or "",
        )
        return novo, []

    def _sacado(self) -> Sacado | None:
        nome = self._field("sacado", _text(120))
        documento = self._field("documento", Documento.parse)
        parts = [
            self._field("logradouro", _text(120)),
            self._field("bairro", _text(60)),
            self._field("cidade", _text(60)),
            self._field("uf", _uf),
            self._field("cep", _cep),
        ]
        if nome is None or documento is None or None in parts:
            return None
        return Sacado(nome, documento, Endereco(*(part or "" for part in parts)))

    def _encargos(self) -> Encargos | None:
        multa, juros = self._padrao.multa, self._padrao.juros
        if value := self._optional("multa_percentual", _percent, None):
            multa = Multa(TipoMulta.PERCENTUAL, percentual=value)
        if amount := self._optional("multa_valor", _amount, None):
            multa = Multa(TipoMulta.VALOR, valor=amount)
        if value := self._optional("juros_percentual_mes", _percent, None):
            juros = Juros(TipoJuros.PERCENTUAL_AO_MES, percentual=value)
        if amount := self._optional("juros_valor_dia", _amount, None):
            juros = Juros(TipoJuros.VALOR_POR_DIA, valor=amount)
        abatimento = self._optional("abatimento", _amount, ZERO)
        return replace(self._padrao, multa=multa, juros=juros, abatimento=abatimento or ZERO)

    def _field(self, column: str, parse: Callable[[str], Value]) -> Value | None:
        text = self._row.get(column, "")
        if not text:
            self._faults.append(Falha(self._line, column, "está vazio."))
            return None
        return self._parsed(column, text, parse)

    def _optional(self, column: str, parse: Callable[[str], Value], default: Value | None) -> Value | None:
        text = self._row.get(column, "")
        return self._parsed(column, text, parse) if text else default

    def _parsed(self, column: str, text: str, parse: Callable[[str], Value]) -> Value | None:
        try:
            return parse(text)
        except InputError as error:
            self._faults.append(Falha(self._line, column, error.message))
            return None


def _text(limit: int) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if len(text) > limit:
            raise InputError(f"passa de {limit} caracteres.")
        if any(ord(char) < 32 for char in text):
            raise InputError("tem caracteres de controle.")
        return " ".join(text.split())

    return parse


def _date(text: str) -> date:
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    raise InputError(f"“{text[:20]}” não é uma data como 23/11/2026.")


def _amount(text: str) -> Reais:
    amount = Reais.parse(text)
    if amount <= ZERO:
        raise InputError("o valor deve ser maior que zero.")
    return amount


def _percent(text: str) -> Decimal:
    if not re.fullmatch(r"\d{1,3}([.,]\d{1,5})?", text, re.ASCII):
        raise InputError(f"“{text[:20]}” não é um percentual como 2,00.")
    return Decimal(text.replace(",", "."))


def _uf(text: str) -> str:
    uf = text.upper()
    if not _UFS.fullmatch(uf):
        raise InputError(f"“{text[:10]}” não é uma UF.")
    return uf


def _cep(text: str) -> str:
    if not re.fullmatch(r"\d{5}-?\d{3}", text, re.ASCII):
        raise InputError("o CEP deve ter 8 dígitos.")
    return text.replace("-", "")


def _especie(text: str) -> str:
    if not re.fullmatch(r"\d{1,2}", text, re.ASCII):
        raise InputError("a espécie é um código de 2 dígitos, como 01.")
    return text.zfill(2)
