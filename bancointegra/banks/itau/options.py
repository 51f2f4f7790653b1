"""Where the sources about Itaú's API contradict each other, the choice is here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ItauOptions:
    """Choices between shapes that both circulate; the defaults follow the newest official file and most clients.

    * ``encargos_por_data``: multa and juros start at ``data_multa``/``data_juros`` (OpenAPI 2.75), left out for the
      day after the due date; False sends ``quantidade_dias_multa``/``quantidade_dias_juros`` (older).
    * ``desconto_por_data``: each desconto has ``data_desconto`` (required by OpenAPI 2.75); False sends
      ``quantidade_dias_desconto`` (ACBr).
    * ``decimais_na_emissao``: money and percent of the emission as dotted decimals (field descriptions of
      OpenAPI 2.75); False sends 17 and 12 digits (its example, and all production clients).
    * ``encargos_por_data_na_instrucao``: the same choice in the instructions on multa and juros; False, as in the
      bank's own Postman snippets, for a start counted in days also moves with the due date.
    * ``desconto_por_data_na_instrucao``: as ``desconto_por_data``, in the instruction.
    * ``encargos_em_bloco``: the bodies of multa and juros are ``{"multa": {…}}`` (Postman snippets, ACBr); False
      sends the content of the block alone (one client).
    * ``codigo_protestar``, ``codigo_sustar_protesto``: what the instruction on protest sends to order one and to take
      it back, whether it runs already or not (ACBr, Odoo); OpenAPI 1.2.9 counts 1 and 3, which we take for the
      numbering of answers.
    * ``view``: what the query asks for; ``specific`` brings payments, history and baixa.
    * ``versao_renovacao``: of the path that renews certificates, ``v1`` or ``v2`` (three clients each).
    """

    encargos_por_data: bool = True
    desconto_por_data: bool = True
    decimais_na_emissao: bool = False
    encargos_por_data_na_instrucao: bool = False
    desconto_por_data_na_instrucao: bool = True
    encargos_em_bloco: bool = True
    codigo_protestar: int = 1
    codigo_sustar_protesto: int = 9
    view: str = "specific"
    versao_renovacao: str = "v1"
