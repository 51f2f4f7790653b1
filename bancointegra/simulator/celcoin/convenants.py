"""Who collects bills of type 1. The first three are Celcoin's own examples; the others, and all openings, invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import Any

from bancointegra.simulator.celcoin.lines import company_of
from bancointegra.simulator.celcoin.windows import Window

_OPENS = time(8)
_DEFAULT_WINDOW = Window(_OPENS, time(20))

# segment, company, closing hour, UFs (empty: national), name
_TABLE = """
3 0221 19:00 SP CONSIGAZ - SP
7 3466 16:00 MG Minas Gerais Multa
2 1699 19:00 RJ AGUAS DO RIO 4 RJ
5 0385 17:00 - TRIBUTOS FEDERAIS (SIMULACAO)
5 0179 17:00 - FUNDO DO TRABALHADOR (SIMULACAO)
5 0270 17:00 - PREVIDENCIA SOCIAL (SIMULACAO)
5 0432 16:00 SP IPVA SAO PAULO (SIMULACAO)
5 0433 16:00 MG IPVA MINAS (SIMULACAO)
5 0434 16:00 RS IPVA RIO GRANDE (SIMULACAO)
5 0435 16:00 PR,SC IPVA SUL (SIMULACAO)
1 1021 18:00 SP IPTU CAPITAL (SIMULACAO)
1 1022 18:00 RJ IPTU CARIOCA (SIMULACAO)
1 1023 18:00 MG IPTU BELO HORIZONTE (SIMULACAO)
1 1024 18:00 BA IPTU SALVADOR (SIMULACAO)
1 1025 18:00 PE ISS RECIFE (SIMULACAO)
2 1601 20:00 SP SANEAMENTO PAULISTA (SIMULACAO)
2 1602 20:00 MG SANEAMENTO MINEIRO (SIMULACAO)
2 1603 20:00 PR SANEAMENTO DO PARANA (SIMULACAO)
2 1604 20:00 CE,PI AGUAS DO NORDESTE (SIMULACAO)
2 1605 20:00 DF AGUAS DO CERRADO (SIMULACAO)
3 0048 21:00 SP ENERGIA PAULISTA (SIMULACAO)
3 0053 21:00 RJ LUZ DO RIO (SIMULACAO)
3 0138 21:00 MG ENERGIA DE MINAS (SIMULACAO)
3 0111 21:00 PR ENERGIA DO PARANA (SIMULACAO)
3 0074 21:00 BA,SE ENERGIA DO RECONCAVO (SIMULACAO)
3 0057 19:00 SP,RJ GAS ENCANADO (SIMULACAO)
4 0082 22:00 - TELEFONIA NACIONAL (SIMULACAO)
4 0109 22:00 - CELULAR NACIONAL (SIMULACAO)
4 0162 22:00 - INTERNET E TV (SIMULACAO)
4 0247 22:00 SP FIBRA PAULISTA (SIMULACAO)
4 0296 22:00 AM,PA REDE AMAZONICA (SIMULACAO)
7 3467 16:00 SP MULTAS SAO PAULO (SIMULACAO)
7 3468 16:00 - MULTAS RODOVIAS FEDERAIS (SIMULACAO)
7 3469 16:00 RS MULTAS GAUCHAS (SIMULACAO)
9 0801 18:00 - CARNE DO BANCO (SIMULACAO)
"""


@dataclass(frozen=True, slots=True)
class Convenant:
    name: str
    segment: str
    company: str
    window: Window
    ufs: tuple[str, ...]

    @property
    def mask(self) -> str:
        """Laid over the 48 digits of the line: product and segment, then the company code."""
        return f"8{self.segment}{'_' * 14}{self.company}{'_' * 28}"

    @property
    def scope(self) -> str:
        return "ESTADUAL" if self.ufs else "NACIONAL"

    def content(self) -> dict[str, Any]:
        return {
            "timeLimit": f"{self.window.closes:%H:%M}",
            "mask": self.mask,
            "Nomeconvenant": self.name,
            "Tipoconvenant": self.scope,
            "statesconvenant": list(self.ufs),
        }


def _row(text: str) -> Convenant:
    segment, company, closes, ufs, name = text.split(" ", 4)
    window = Window(_OPENS, time.fromisoformat(closes))
    return Convenant(name, segment, company, window, () if ufs == "-" else tuple(ufs.split(",")))


CONVENANTS = tuple(_row(text) for text in _TABLE.strip().splitlines())
_BY_KEY = {(convenant.segment, convenant.company): convenant for convenant in CONVENANTS}


def convenant_of(line: str) -> Convenant:
    """Who collects a type 1 line; one without a row is taken for a small company with ordinary hours."""
    key = line[1], company_of(line)
    return _BY_KEY.get(key) or Convenant(f"CONVENIO {key[1]} (SIMULACAO)", *key, _DEFAULT_WINDOW, ())
