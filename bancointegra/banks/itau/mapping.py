"""From the domain to the JSON of the emission (``POST /boletos``). Pure; reading the answer is ``reading.py``.

Fields and limits: the bank's OpenAPI "API Boletos - Emissão e Instrução" 2.75.147 and its portal field guide.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from bancointegra.banks.itau.options import ItauOptions
from bancointegra.domain.boleto import PedidoRegistro, Sacado
from bancointegra.domain.conta import Endereco
from bancointegra.domain.documentos import TipoDocumento
from bancointegra.domain.encargos import Desconto, Juros, Multa, TipoDesconto, TipoJuros, TipoMulta
from bancointegra.domain.reais import Reais

Json = dict[str, object]

NOME, LOGRADOURO, BAIRRO, CIDADE = 50, 45, 15, 20
"""The longest text the bank takes in each field."""

_MULTA = {TipoMulta.VALOR: "01", TipoMulta.PERCENTUAL: "02", TipoMulta.NENHUMA: "03"}
_JUROS = {
    TipoJuros.NENHUM: "05",
    TipoJuros.PERCENTUAL_AO_MES: "90",
    TipoJuros.PERCENTUAL_AO_DIA: "91",
    TipoJuros.PERCENTUAL_AO_ANO: "92",
    TipoJuros.VALOR_POR_DIA: "93",
}
_DESCONTO = {
    TipoDesconto.NENHUM: "00",
    TipoDesconto.VALOR_ATE_DATA: "01",
    TipoDesconto.PERCENTUAL_ATE_DATA: "02",
    TipoDesconto.PERCENTUAL_POR_DIA_ANTECIPADO: "90",
    TipoDesconto.VALOR_POR_DIA_ANTECIPADO: "91",
}
_DESCONTO_EM_VALOR = (TipoDesconto.VALOR_ATE_DATA, TipoDesconto.VALOR_POR_DIA_ANTECIPADO)
_DASHES = re.compile(r"[/‐-―−]")
_UNSAFE = re.compile(r"[^A-Za-z0-9 .,-]")
_SPACES = re.compile(r" +")


def id_beneficiario(agencia: str, conta: str, dac: str) -> str:
    """The 12 digits of the account: agência (4), conta padded to 7, DAC (1)."""
    return f"{agencia}{conta:0>7}{dac}"


def chave_boleto(beneficiario: str, carteira: str, nosso_numero: str) -> str:
    """The bank's key of a boleto in instructions, 23 characters (not the UUID of the answers)."""
    return f"{beneficiario}{carteira}{nosso_numero}"


def safe_text(text: str, limit: int) -> str:
    """``text`` as the bank takes it: without accents, only letters, digits, ``. , -`` and single spaces, cut.

    Slashes and dashes become ``-`` (house 10/12 is not house 1012); what else is not allowed, a space.
    """
    decomposed = unicodedata.normalize("NFKD", _DASHES.sub("-", text))
    unaccented = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _SPACES.sub(" ", _UNSAFE.sub(" ", unaccented)).strip()[:limit].rstrip()


def money17(amount: Reais) -> str:
    """R$ 50,00 as ``00000000000005000``."""
    return f"{amount.centavos:017d}"


def pct12(percent: Decimal) -> str:
    """1 % as ``000000100000``: 7 digits and 5 decimals."""
    scaled = (percent * 100_000).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return f"{int(scaled):012d}"


def dotted_money(amount: Reais) -> str:
    """R$ 50,00 as ``50.00``."""
    return str(amount.decimal)


def dotted_percent(percent: Decimal) -> str:
    """2 % as ``2.00000``."""
    return str(percent.quantize(Decimal("0.00001"), rounding=ROUND_HALF_UP))


@dataclass(frozen=True, slots=True)
class Formato:
    """How one call of the bank writes money and percentages."""

    money: Callable[[Reais], str]
    percent: Callable[[Decimal], str]


DIGITOS = Formato(money17, pct12)
DECIMAIS = Formato(dotted_money, dotted_percent)


@dataclass(frozen=True, slots=True)
class EncargosMapper:
    """The blocks multa, juros and desconto, in the two shapes that circulate.

    ``por_data``: multa and juros start at a date, else so many days after the due date; ``desconto_por_data``: each
    desconto ends at a date, else so many days before it.
    """

    formato: Formato
    por_data: bool
    desconto_por_data: bool

    def multa(self, multa: Multa, vencimento: date) -> Json:
        fields: Json = {"codigo_tipo_multa": _MULTA[multa.tipo]}
        if multa.tipo is TipoMulta.NENHUMA:
            return fields
        if multa.tipo is TipoMulta.VALOR:
            fields["valor_multa"] = self.formato.money(multa.valor)
        else:
            fields["percentual_multa"] = self.formato.percent(multa.percentual)
        return fields | self._start("multa", multa.dias, vencimento)

    def juros(self, juros: Juros, vencimento: date) -> Json:
        fields: Json = {"codigo_tipo_juros": _JUROS[juros.tipo]}
        if juros.tipo is TipoJuros.NENHUM:
            return fields
        if juros.tipo is TipoJuros.VALOR_POR_DIA:
            fields["valor_juros"] = self.formato.money(juros.valor)
        else:
            fields["percentual_juros"] = self.formato.percent(juros.percentual)
        return fields | self._start("juros", juros.dias, vencimento)

    def desconto(self, tipo: TipoDesconto, descontos: tuple[Desconto, ...], vencimento: date) -> Json:
        fields: Json = {"codigo_tipo_desconto": _DESCONTO[tipo]}
        if tipo is TipoDesconto.NENHUM:
            return fields
        return fields | {"descontos": [self._desconto(desconto, tipo, vencimento) for desconto in descontos]}

    def _start(self, encargo: str, dias: int, vencimento: date) -> Json:
        if self.por_data and dias == 1:
            # Left out, it starts the day after the due date, and goes along when the due date is changed.
            return {}
        if self.por_data:
            return {f"data_{encargo}": (vencimento + timedelta(days=dias)).isoformat()}
        return {f"quantidade_dias_{encargo}": dias}

    def _desconto(self, desconto: Desconto, tipo: TipoDesconto, vencimento: date) -> Json:
        fields: Json = (
            {"data_desconto": desconto.ate.isoformat()}
            if self.desconto_por_data
            else {"quantidade_dias_desconto": (vencimento - desconto.ate).days}
        )
        if tipo in _DESCONTO_EM_VALOR:
            return fields | {"valor_desconto": self.formato.money(desconto.valor)}
        return fields | {"percentual_desconto": self.formato.percent(desconto.percentual)}


class RegistroMapper:
    """Writes the body of a registration."""

    def __init__(self, options: ItauOptions) -> None:
        self._formato = DECIMAIS if options.decimais_na_emissao else DIGITOS
        self._blocks = EncargosMapper(self._formato, options.encargos_por_data, options.desconto_por_data)

    def corpo(self, pedido: PedidoRegistro) -> Json:
        """The body that registers ``pedido`` for good (``efetivacao``)."""
        individual: Json = {
            "numero_nosso_numero": pedido.nosso_numero,
            "data_vencimento": pedido.vencimento.isoformat(),
            "valor_titulo": self._formato.money(pedido.valor),
        }
        if pedido.seu_numero:
            individual["texto_seu_numero"] = pedido.seu_numero
        dado_boleto: Json = {
            "descricao_instrumento_cobranca": "boleto",
            "forma_envio": "impressao",
            "tipo_boleto": "a vista",
            "codigo_carteira": pedido.carteira,
            "codigo_tipo_vencimento": 3,
            "valor_total_titulo": self._formato.money(pedido.valor),
            "codigo_especie": pedido.especie,
            "codigo_aceite": "S" if pedido.aceite else "N",
            "data_emissao": pedido.emissao.isoformat(),
            "pagador": _pagador(pedido.sacado),
            "dados_individuais_boleto": [individual],
            "desconto_expresso": False,
            **self._encargos(pedido),
        }
        beneficiario = id_beneficiario(pedido.agencia, pedido.conta, pedido.dac)
        return {
            "data": {
                "etapa_processo_boleto": "efetivacao",
                "codigo_canal_operacao": "API",
                "beneficiario": {"id_beneficiario": beneficiario},
                "dado_boleto": dado_boleto,
            }
        }

    def _encargos(self, pedido: PedidoRegistro) -> Json:
        """Multa and juros are always said, also when there are none: silence could mean the account's defaults."""
        encargos, vencimento = pedido.encargos, pedido.vencimento
        fields: Json = {
            "multa": self._blocks.multa(encargos.multa, vencimento),
            "juros": self._blocks.juros(encargos.juros, vencimento),
        }
        if encargos.abatimento:
            fields["valor_abatimento"] = self._formato.money(encargos.abatimento)
        if encargos.tipo_desconto is not TipoDesconto.NENHUM:
            fields["desconto"] = self._blocks.desconto(encargos.tipo_desconto, encargos.descontos, vencimento)
        return fields


def _pagador(sacado: Sacado) -> Json:
    documento = sacado.documento
    tipo_pessoa: Json = (
        {"codigo_tipo_pessoa": "F", "numero_cadastro_pessoa_fisica": documento.numero}
        if documento.tipo is TipoDocumento.CPF
        else {"codigo_tipo_pessoa": "J", "numero_cadastro_nacional_pessoa_juridica": documento.numero}
    )
    return {
        "pessoa": {"nome_pessoa": safe_text(sacado.nome, NOME), "tipo_pessoa": tipo_pessoa},
        "endereco": _endereco(sacado.endereco),
    }


def _endereco(endereco: Endereco) -> Json:
    return {
        "nome_logradouro": safe_text(endereco.logradouro, LOGRADOURO),
        "nome_bairro": safe_text(endereco.bairro, BAIRRO),
        "nome_cidade": safe_text(endereco.cidade, CIDADE),
        "sigla_UF": endereco.uf.upper(),
        "numero_CEP": endereco.cep,
    }
