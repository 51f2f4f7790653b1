"""What the bank keeps: the beneficiary's account and the boleto with its whole life.

Money is integer cents, percentages are integers of hundred-thousandths of one per cent (see ``formats``); blocks keep
the bank's own key names.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from enum import Enum
from typing import Any


@dataclass(frozen=True, slots=True)
class Account:
    """A beneficiary's account: agência 4 digits, conta 5, DAC 1, the carteiras of the contract."""

    agencia: str
    conta: str
    dac: str
    carteiras: tuple[str, ...]
    nome: str
    documento: str

    @property
    def id_beneficiario(self) -> str:
        return f"{self.agencia}{self.conta.zfill(7)}{self.dac}"

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Account:
        content = json.loads(text)
        return cls(**{**content, "carteiras": tuple(content["carteiras"])})


class Situacao(Enum):
    """Where a boleto stands. DEVOLVIDO: a payment bounced, the boleto is payable again."""

    ABERTO = "aberto"
    DEVOLVIDO = "devolvido"
    PAGO = "pago"
    LIQUIDADO = "liquidado"
    BAIXADO = "baixado"

    @property
    def is_payable(self) -> bool:
        return self in (Situacao.ABERTO, Situacao.DEVOLVIDO)

    @property
    def is_closed(self) -> bool:
        return self in (Situacao.LIQUIDADO, Situacao.BAIXADO)


class Etapa(Enum):
    """How far a protest or a negativação went. ``codigo`` is the bank's codigo_situacao_…, 0 for not started."""

    NENHUMA = 0
    INSTRUIDA = -1
    EM_ANDAMENTO = 1
    CONCLUIDA = 2


@dataclass(slots=True)
class Cobranca:
    """Protest, or negativação: ordered ``dias`` after the due date; ``desde`` is the day the present stage began.

    ``tipo`` is the numbering of answers: 1 do it, 2 do not, 3 cancelled, 0 never asked for.
    """

    etapa: Etapa = Etapa.NENHUMA
    tipo: int = 0
    dias: int = 0
    desde: date | None = None

    @property
    def is_running(self) -> bool:
        return self.etapa in (Etapa.EM_ANDAMENTO, Etapa.CONCLUIDA)

    def order(self, dias: int, today: date) -> None:
        self.etapa, self.tipo, self.dias, self.desde = Etapa.INSTRUIDA, 1, dias, today

    def cancel(self, tipo: int, today: date) -> None:
        self.etapa, self.tipo, self.dias, self.desde = Etapa.NENHUMA, tipo, 0, today

    def advance(self, etapa: Etapa, today: date) -> None:
        self.etapa, self.desde = etapa, today


@dataclass(slots=True)
class Boleto:
    """One registered boleto. ``fechado_em`` is the day it was settled or written off."""

    id_beneficiario: str
    carteira: str
    nosso_numero: str
    dac: str
    id_boleto: str
    id_individual: str
    registrado_em: str
    emissao: date
    vencimento: date
    limite: date
    valor: int
    abatimento: int
    especie: str
    seu_numero: str
    uso_beneficiario: str
    pagador: dict[str, Any]
    sacador: dict[str, Any] | None
    multa: dict[str, Any] | None
    juros: dict[str, Any] | None
    desconto: dict[str, Any] | None
    recebimento: dict[str, Any]
    instrucoes: list[dict[str, Any]]
    mensagens: list[str]
    extras: dict[str, Any]
    codigo_barras: str = ""
    linha_digitavel: str = ""
    protesto: Cobranca = field(default_factory=Cobranca)
    negativacao: Cobranca = field(default_factory=Cobranca)
    situacao: Situacao = Situacao.ABERTO
    alteracoes_vencimento: int = 0
    pagamentos: list[dict[str, Any]] = field(default_factory=list)
    historico: list[dict[str, Any]] = field(default_factory=list)
    baixa: dict[str, Any] | None = None
    fechado_em: date | None = None
    seq: int = 0

    def to_json(self) -> str:
        # Not asdict: its deep copy would be the costliest step of an emission.
        content = {item.name: getattr(self, item.name) for item in fields(self) if item.name != "seq"}
        return json.dumps(content, ensure_ascii=False, default=_plain)

    @classmethod
    def from_json(cls, text: str, seq: int) -> Boleto:
        content = json.loads(text)
        for name in ("emissao", "vencimento", "limite"):
            content[name] = date.fromisoformat(content[name])
        content["fechado_em"] = _optional_date(content["fechado_em"])
        content["situacao"] = Situacao(content["situacao"])
        for name in ("protesto", "negativacao"):
            content[name] = _cobranca(content[name])
        return cls(**{**content, "seq": seq})


def _cobranca(content: dict[str, Any]) -> Cobranca:
    return Cobranca(Etapa(content["etapa"]), content["tipo"], content["dias"], _optional_date(content["desde"]))


def _optional_date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Cobranca):
        return asdict(value)
    raise TypeError(f"{type(value).__name__} cannot be kept")
