"""The registration that the benchmarks vary."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from bancointegra.domain.boleto import PedidoRegistro, Sacado
from bancointegra.domain.conta import Beneficiario, Endereco
from bancointegra.domain.documentos import Documento
from bancointegra.domain.encargos import Encargos, Juros, Multa, TipoJuros, TipoMulta
from bancointegra.domain.reais import Reais

PEDIDO = PedidoRegistro(
    agencia="1500",
    conta="05206",
    dac="1",
    carteira="109",
    nosso_numero="00000001",
    beneficiario=Beneficiario(
        "EMPRESA EXEMPLO LTDA",
        Documento("11222333000181"),
        Endereco("Rua das Palmeiras, 341", "Centro", "São Paulo", "SP", "01310100"),
    ),
    sacado=Sacado(
        "MERCADO AURORA LTDA",
        Documento("12ABC34501DE35"),
        Endereco("Rua das Acácias, 45", "Jardim América", "Ribeirão Preto", "SP", "14020260"),
    ),
    seu_numero="1001",
    especie="01",
    aceite=False,
    emissao=date(2026, 11, 3),
    vencimento=date(2026, 12, 1),
    valor=Reais(125_000),
    encargos=Encargos(
        multa=Multa(TipoMulta.PERCENTUAL, percentual=Decimal(2)),
        juros=Juros(TipoJuros.PERCENTUAL_AO_MES, percentual=Decimal(1)),
    ),
    titulo="1001/1",
)
