"""Where the sources about Itaú's API contradict each other, the choice is here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ItauOptions:
    """Choices between shapes that both circulate; the defaults follow the newest official file and most clients.

    * ``encargos_por_data``: multa and juros start at ``data_multa``/``data_juros`` (OpenAPI 2.75); False sends
      ``quantidade_dias_multa``/``quantidade_dias_juros`` (older).
    * ``desconto_por_data``: each desconto has ``data_desconto`` (required by OpenAPI 2.75); False sends
      ``quantidade_dias_desconto`` (ACBr).
    * ``decimais_na_emissao``: money and percent of the emission as dotted decimals (field descriptions of
      OpenAPI 2.75); False sends 17 and 12 digits (its example, and all production clients).
    * ``view``: what the query asks for; ``specific`` brings payments, history and baixa.
    """

    encargos_por_data: bool = True
    desconto_por_data: bool = True
    decimais_na_emissao: bool = False
    view: str = "specific"
