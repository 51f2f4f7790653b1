"""A data file of a large office: many títulos over three years, the same ones at every build.

What a search never reads is left small (the content of each order) or out (the history), so that the file is built
in about a minute; indices and the rows a search touches are as in real life.
"""

from __future__ import annotations

import hashlib
import inspect
import json
import random
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, islice
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, create_engine

from bancointegra.domain.conta import ContaBancaria, TipoCobranca
from bancointegra.domain.documentos import Documento
from bancointegra.domain.situacao import Situacao
from bancointegra.domain.texto import fold
from bancointegra.store import open_store
from bancointegra.store.codec import encargos_to_json, pedido_to_json
from bancointegra.store.migration import MIGRATIONS
from bancointegra.store.schema import (
    Base,
    BoletoRecord,
    OrderRecord,
    PagadorRecord,
    TituloRecord,
)
from bancointegra.system.clock import SystemClock
from benchmarks.samples import PEDIDO

HOJE = date(2026, 11, 23)
FIRST_VENCIMENTO = date(2024, 1, 1)
LAST_VENCIMENTO = date(2026, 12, 31)
CONTAS = ("ITAU-MATRIZ", "ITAU-FILIAL")
_SHARE_OF_FIRST_CONTA = 0.7
_ORDERS_IN_DOUBT = 40
_CHUNK = 20_000
_SEED = 341

_SURNAMES = (
    "Silva",
    "Santos",
    "Oliveira",
    "Souza",
    "Ferreira",
    "Alves",
    "Lima",
    "Gomes",
    "Costa",
    "Ribeiro",
    "Carvalho",
    "Gonçalves",
    "Araújo",
    "Brandão",
)
_GIVEN = (
    "Ana",
    "João",
    "Maria",
    "José",
    "Antônio",
    "Francisca",
    "Paulo",
    "Adriana",
    "Pedro",
    "Márcia",
    "Rafael",
    "Letícia",
    "Cláudia",
    "Otávio",
)
_TRADES = (
    "Comercial",
    "Mercado",
    "Padaria",
    "Distribuidora",
    "Transportes",
    "Farmácia",
    "Metalúrgica",
    "Papelaria",
    "Clínica",
    "Laticínios",
)
_STREETS = ("Rua das Acácias", "Avenida Paulista", "Rua Sete de Setembro", "Travessa do Comércio", "Rua da Praia")
_CITIES = (("São Paulo", "SP"), ("Ribeirão Preto", "SP"), ("Curitiba", "PR"), ("Belém", "PA"), ("Goiânia", "GO"))

_ENCARGOS = json.dumps(encargos_to_json(PEDIDO.encargos))
_EFFECT = json.dumps(pedido_to_json(PEDIDO))
_SHARES: dict[str, tuple[tuple[Situacao, float], ...]] = {
    "old": (
        (Situacao.LIQUIDADO, 0.91),
        (Situacao.BAIXADO, 0.06),
        (Situacao.REGISTRADO, 0.018),
        (Situacao.PROTESTADO, 0.01),
        (Situacao.PENDENTE, 0.002),
    ),
    "recent": (
        (Situacao.LIQUIDADO, 0.60),
        (Situacao.REGISTRADO, 0.30),
        (Situacao.PENDENTE, 0.05),
        (Situacao.BAIXADO, 0.05),
    ),
    "coming": (
        (Situacao.REGISTRADO, 0.70),
        (Situacao.PENDENTE, 0.25),
        (Situacao.LIQUIDADO, 0.05),
    ),
}
"""How the títulos of an age are spread: due more than a month ago, since then, and from today on."""


@dataclass(frozen=True, slots=True)
class Size:
    titulos: int
    pagadores: int


MILLION = Size(1_000_000, 20_000)
HUNDRED_THOUSAND = Size(100_000, 5_000)


class NobodyElse:
    """``Instances`` of a program that runs alone."""

    current = "bench"

    def is_alive(self, instance: str) -> bool:
        return instance == self.current


def data_file(folder: Path, size: Size) -> Path:
    """The data file of that size in ``folder``, built when it is missing or of another schema."""
    path = folder / f"titulos-{size.titulos}-{_fingerprint(size)}.sqlite3"
    if not path.exists():
        print(f"building a data file of {size.titulos:,} títulos …", file=sys.stderr, flush=True)
        folder.mkdir(parents=True, exist_ok=True)
        for outdated in folder.glob(f"titulos-{size.titulos}-*"):
            outdated.unlink()
        unfinished = path.with_suffix(".building")
        _build(unfinished, size)
        unfinished.rename(path)
    return path


def _fingerprint(size: Size) -> str:
    digest = hashlib.sha256(repr(size).encode())
    digest.update(inspect.getsource(sys.modules[__name__]).encode())
    for script in sorted((MIGRATIONS / "versions").glob("*.py")):
        digest.update(script.read_bytes())
    return digest.hexdigest()[:12]


def _build(path: Path, size: Size) -> None:
    store = open_store(path, instances=NobodyElse(), clock=SystemClock())
    contas = [_add_conta(store, mnemonico) for mnemonico in CONTAS]
    store.close()
    engine = create_engine(URL.create("sqlite", database=str(path)))
    chance = random.Random(_SEED)
    indices = [index for table in Base.metadata.sorted_tables for index in table.indexes]
    with engine.begin() as connection:
        # A build that is cut short is thrown away, so nothing needs to survive it.
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -262144"):
            connection.exec_driver_sql(f"PRAGMA {pragma}")
        for index in indices:
            index.drop(connection)
        _insert(connection, PagadorRecord, _pagadores(size.pagadores, chance))
        for kind, rows in _titulos(size, contas, chance):
            _insert(connection, kind, rows)
        for index in indices:
            index.create(connection)
    engine.dispose()


def _add_conta(store: Any, mnemonico: str) -> tuple[int, int]:
    conta = store.contas.save(ContaBancaria(0, mnemonico, "341", "1500", "05206", "1", "109", PEDIDO.beneficiario))
    return conta.id, store.contas.save_tipo_cobranca(TipoCobranca(0, "BOLETO ITAÚ", conta.id)).id


def _insert(connection: Connection, record: type[Any], rows: Iterable[dict[str, Any]]) -> None:
    """Rows as the driver takes them: a million of them would wait long for SQLAlchemy's conversions."""
    pending = iter(rows)
    while chunk := list(islice(pending, _CHUNK)):
        names = tuple(chunk[0])
        columns, values = ", ".join(names), ", ".join(f":{name}" for name in names)
        connection.exec_driver_sql(f"INSERT INTO {record.__tablename__} ({columns}) VALUES ({values})", chunk)


def _pagadores(number: int, chance: random.Random) -> Iterator[dict[str, Any]]:
    for pagador_id in range(1, number + 1):
        company = chance.random() < 0.6
        documento = _cnpj(pagador_id) if company else _cpf(pagador_id)
        nome = f"{chance.choice(_GIVEN)} {chance.choice(_SURNAMES)} {chance.choice(_SURNAMES)}"
        if company:
            nome = f"{chance.choice(_TRADES)} {nome} Ltda".upper()
        cidade, uf = chance.choice(_CITIES)
        yield {
            "id": pagador_id,
            "nome": nome,
            "documento": documento.numero,
            "logradouro": f"{chance.choice(_STREETS)}, {chance.randrange(1, 3000)}",
            "bairro": "Centro",
            "cidade": cidade,
            "uf": uf,
            "cep": f"{chance.randrange(1_000_000, 99_999_999):08d}",
            "busca": fold(f"{nome} {documento.numero} {documento.formatado}"),
        }


def _titulos(
    size: Size, contas: list[tuple[int, int]], chance: random.Random
) -> Iterator[tuple[type[Any], list[dict[str, Any]]]]:
    """Chunks of títulos in the order they were issued, each followed by its orders and boletos."""
    popularity = list(accumulate(1 / (rank + 20) for rank in range(size.pagadores)))
    payers = range(1, size.pagadores + 1)
    days = (LAST_VENCIMENTO - FIRST_VENCIMENTO).days + 1
    in_doubt = 0
    for start in range(0, size.titulos, _CHUNK):
        titulos, orders, boletos = [], [], []
        count = min(_CHUNK, size.titulos - start)
        chosen = chance.choices(payers, cum_weights=popularity, k=count)
        for offset in range(count):
            position = start + offset
            emissao = FIRST_VENCIMENTO + timedelta(days=position * days // size.titulos - 30)
            vencimento = min(emissao + timedelta(days=chance.choice((15, 28, 30, 30, 45))), LAST_VENCIMENTO)
            titulo = _titulo(position, chosen[offset], contas, emissao, vencimento, chance)
            titulos.append(titulo)
            if titulo["situacao"] != Situacao.PENDENTE.value:
                titulo["boleto_id"] = titulo["id"]
                orders.append(_order(titulo, "confirmada"))
                boletos.append(_boleto(titulo))
                titulo["nosso_numero"] = f"109/{titulo['id']:08d}-0"
                titulo["busca"] += f" {titulo['nosso_numero']}"
            elif in_doubt < _ORDERS_IN_DOUBT:
                in_doubt += 1
                orders.append(_order(titulo, "indefinida"))
        yield TituloRecord, titulos
        yield OrderRecord, orders
        yield BoletoRecord, boletos


def _titulo(
    position: int,
    pagador_id: int,
    contas: list[tuple[int, int]],
    emissao: date,
    vencimento: date,
    chance: random.Random,
) -> dict[str, Any]:
    conta_id, tipo_id = contas[0] if chance.random() < _SHARE_OF_FIRST_CONTA else contas[1]
    situacao = _situacao(vencimento, chance)
    valor = round(10 ** chance.uniform(3.5, 6.0))
    numero, parcela = str(100_001 + position // 3), str(position % 3 + 1)
    paid = situacao is Situacao.LIQUIDADO
    return {
        "id": position + 1,
        "conta_id": conta_id,
        "tipo_cobranca_id": tipo_id,
        "pagador_id": pagador_id,
        "numero": numero,
        "parcela": parcela,
        "emissao": emissao.isoformat(),
        "vencimento": vencimento.isoformat(),
        "valor": valor,
        "especie": "01",
        "aceite": False,
        "encargos": _ENCARGOS,
        "observacao": "",
        "situacao": situacao.value,
        "situacao_em": f"{emissao.isoformat()} 12:00:00.000000",
        "situacao_fonte": "" if situacao is Situacao.PENDENTE else "banco",
        "boleto_id": None,
        "nosso_numero": "",
        "liquidado_em": min(vencimento, HOJE).isoformat() if paid else None,
        "valor_pago": valor if paid else 0,
        "ultima_operacao": "Importado" if situacao is Situacao.PENDENTE else "Consultado no banco",
        "pdf_path": "",
        "busca": f"{numero}/{parcela}",
    }


def _situacao(vencimento: date, chance: random.Random) -> Situacao:
    age = "coming" if vencimento >= HOJE else "recent" if vencimento >= HOJE - timedelta(days=30) else "old"
    drawn = chance.random()
    for situacao, share in _SHARES[age]:
        drawn -= share
        if drawn < 0:
            return situacao
    return _SHARES[age][0][0]


def _order(titulo: dict[str, Any], state: str) -> dict[str, Any]:
    moment = titulo["situacao_em"]
    is_open = state != "confirmada"
    return {
        "id": titulo["id"],
        "titulo_id": titulo["id"],
        "open_titulo_id": titulo["id"] if is_open else None,
        "conta_id": titulo["conta_id"],
        "operacao": "REGISTRAR",
        "state": state,
        "correlation_id": f"{titulo['id']:032x}",
        "carteira": "109",
        "nosso_numero": f"{titulo['id']:08d}",
        "effect": _EFFECT if is_open else "{}",
        "claim": "bench",
        "instance": "bench",
        "attempts": 1,
        "created_at": moment,
        "sent_at": moment,
        "closed_at": None if is_open else moment,
        "reason": "",
    }


def _boleto(titulo: dict[str, Any]) -> dict[str, Any]:
    digits = f"{titulo['id']:044d}"
    return {
        "id": titulo["id"],
        "titulo_id": titulo["id"],
        "order_id": titulo["id"],
        "chave": digits[-36:],
        "carteira": "109",
        "nosso_numero": f"{titulo['id']:08d}",
        "dac_nosso_numero": "0",
        "codigo_barras": digits,
        "linha_digitavel": f"000{digits}",
        "valor": titulo["valor"],
        "vencimento": titulo["vencimento"],
        "data_limite": None,
        "registrado_em": titulo["situacao_em"],
        "situacao_no_banco": "ABERTO",
        "texto_do_banco": "",
        "consultado_em": None,
    }


def _cpf(number: int) -> Documento:
    digits = [int(digit) for digit in f"{number:09d}"]
    for length in (9, 10):
        digits.append(sum(d * (length + 1 - i) for i, d in enumerate(digits[:length])) * 10 % 11 % 10)
    return Documento("".join(map(str, digits)))


def _cnpj(number: int) -> Documento:
    digits = [int(digit) for digit in f"{number:08d}0001"]
    weights = (6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)
    for length in (12, 13):
        digits.append(sum(d * w for d, w in zip(digits[:length], weights[-length:], strict=True)) % 11 * 10 % 11 % 10)
    return Documento("".join(map(str, digits)))
