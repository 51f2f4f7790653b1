"""The bank's answers in every shape the sources show."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bancointegra.banks.http import UnreadableAnswer
from bancointegra.banks.itau.reading import read_consulta, read_registro
from bancointegra.domain.boleto import ConsultaBoleto, ProtestoNoBanco, SituacaoNoBanco
from bancointegra.domain.encargos import Encargos, Multa, TipoMulta
from bancointegra.domain.reais import Reais

BARRAS = "34195134200000050001090000000161500052061000"
LINHA = "34191090080000016150500520610007513420000005000"
NOW = datetime(2026, 2, 1, 12, 0, tzinfo=UTC)


def registro(**individual):
    fields = {
        "id_boleto_individual": "b0f8f1ac-0000-0000-0000-000000000000",
        "numero_nosso_numero": "00000001",
        "dac_titulo": "6",
        "data_vencimento": "2026-01-30",
        "valor_titulo": "00000000000005000",
        "data_limite_pagamento": "2036-01-30",
        "codigo_barras": BARRAS,
        "numero_linha_digitavel": LINHA,
        "campo_que_ninguem_conhece": {"a": [1]},
    }
    return {"dado_boleto": {"dados_individuais_boleto": [fields | individual]}}


class TestRegistro:
    @pytest.mark.parametrize(
        "wrap", [lambda b: {"data": b}, lambda b: b, lambda b: {"data": [b]}, lambda b: {"DATA": b}]
    )
    def test_with_and_without_envelope(self, pedido, wrap):
        boleto = read_registro(wrap(registro()), pedido)
        assert boleto.chave == "15000005206110900000001"
        assert (boleto.codigo_barras, boleto.linha_digitavel) == (BARRAS, LINHA)
        assert (boleto.nosso_numero, boleto.dac_nosso_numero, boleto.carteira) == ("00000001", "6", "109")
        assert (boleto.valor, boleto.vencimento, boleto.data_limite) == (
            Reais(5000),
            date(2026, 1, 30),
            date(2036, 1, 30),
        )

    @pytest.mark.parametrize(
        "changed",
        [
            {"dac_titulo": 6},
            {"dac_titulo": ""},
            {"numero_nosso_numero": "1"},
            {"numero_nosso_numero": 1},
            {"numero_nosso_numero": None},
            {"valor_titulo": "50.00"},
            {"valor_titulo": Decimal("50.0")},
            {"valor_titulo": 50},
            {"valor_titulo": "5000"},
            {"valor_titulo": None},
            {"data_vencimento": ""},
            {"data_vencimento": "2026-01-30T00:00:00"},
            {"numero_linha_digitavel": "34191.09008 00000.161505 00520.610007 5 13420000005000"},
        ],
    )
    def test_tolerates(self, pedido, changed):
        assert read_registro({"data": registro(**changed)}, pedido) == read_registro({"data": registro()}, pedido)

    def test_individual_data_as_object_and_keys_in_any_case(self, pedido):
        body = registro()
        body["dado_boleto"]["Dados_Individuais_Boleto "] = {
            key.upper(): value for key, value in body["dado_boleto"].pop("dados_individuais_boleto")[0].items()
        }
        assert read_registro(body, pedido).codigo_barras == BARRAS

    @pytest.mark.parametrize(
        "body",
        [
            None,
            [],
            "texto",
            {},
            {"data": None},
            {"data": {"codigo": "200"}},
            {"data": registro(codigo_barras="")},
            {"data": registro(numero_linha_digitavel=None)},
            {"data": registro(codigo_barras=BARRAS[:-1])},
            {"data": registro(numero_nosso_numero="00000002")},
            {"data": registro(valor_titulo="cinquenta")},
            {"data": registro(valor_titulo=Decimal("NaN"))},
            {"data": registro(data_vencimento="30/01/2026")},
        ],
    )
    def test_what_is_no_registration_is_unreadable(self, pedido, body):
        with pytest.raises(UnreadableAnswer):
            read_registro(body, pedido)


def item(situacao="Em Aberto", *, individual=None, pessoa=None, **dado):
    fields = {
        "situacao_geral_boleto": situacao,
        "numero_nosso_numero": "00000001",
        "dac_titulo": 6,
        "data_vencimento": "2026-01-30",
        "valor_titulo": "50.00",
        "codigo_barras": BARRAS,
        "numero_linha_digitavel": LINHA,
    } | (individual or {})
    pessoa = pessoa or {"codigo_tipo_pessoa": "F", "numero_cadastro_pessoa_fisica": "12345678909"}
    return {
        "id_boleto": "uuid",
        "dado_boleto": {
            "codigo_carteira": "109",
            "pagador": {"pessoa": {"nome_pessoa": "JOSE", "tipo_pessoa": pessoa}},
            "dados_individuais_boleto": [fields],
        }
        | dado,
    }


def read(*items, key="page"):
    return read_body({"data": list(items), key: {"page": 0, "total_pages": 1}})


def read_body(body):
    exact = json.loads(json.dumps(body), parse_float=Decimal)
    return read_consulta(exact, "150000052061", "109", "00000001", NOW)


PAGO = {
    "valor_pago_total_cobranca": "50.00",
    "data_inclusao_pagamento": "2026-01-28",
    "descricao_canal_pagamento": "BANKFONE",
    "descricao_meio_pagamento": "DÉBITO EM CONTA",
}
MOTIVO_LIQUIDADO = {"motivo_baixa": "Baixa por ter sido liquidado", "data_inclusao_alteracao_baixa": "2026-01-29"}
MOTIVO_PEDIDO = {
    "motivo_baixa": "Baixa a pedido do beneficiário",
    "data_hora_inclusao_alteracao_baixa": "2026-01-29T10:00",
}
PAGO_NADA = PAGO | {"valor_pago_total_cobranca": "0.00"}


class TestConsulta:
    @pytest.mark.parametrize("key", ["page", "pagination"])
    def test_open_boleto(self, key):
        consulta = read(item(), key=key)
        assert consulta.situacao is SituacaoNoBanco.ABERTO
        assert consulta.texto == "Em Aberto"
        assert consulta.registrado.chave == "15000005206110900000001"
        assert consulta.registrado.codigo_barras == BARRAS
        assert consulta.registrado.dac_nosso_numero == "6"
        assert consulta.registrado.valor == Reais(5000)
        assert consulta.registrado.vencimento == date(2026, 1, 30)
        assert (consulta.sacado_documento, consulta.sacado_nome) == ("12345678909", "JOSE")
        assert consulta.consultado_em == NOW
        assert (consulta.pagamentos, consulta.motivo_baixa, consulta.data_baixa) == ((), "", None)

    @pytest.mark.parametrize("body", [{"data": []}, {"data": None}, [], {"data": [], "page": {}}])
    def test_not_found(self, body):
        assert read_body(body) is None

    @pytest.mark.parametrize("body", [item(), [item()], {"data": item()}])
    def test_other_envelopes(self, body):
        assert read_body(body).situacao is SituacaoNoBanco.ABERTO

    @pytest.mark.parametrize(
        "body",
        [
            {},
            "texto",
            7,
            {"codigo": "200"},
            {"data": "texto"},
            {"data": [{}]},
            {"data": [{"id_boleto": "x"}]},
            {"data": [item(individual={"valor_titulo": None})]},
            {"data": [item(individual={"data_vencimento": ""})]},
            {"data": [item(individual={"codigo_barras": "123"})]},
            {"data": [item(pagamentos_cobranca=[PAGO | {"valor_pago_total_cobranca": "?"}])]},
        ],
    )
    def test_unreadable_is_never_not_found(self, body):
        with pytest.raises(UnreadableAnswer):
            read_body(body)

    def test_answer_about_another_boleto_is_not_believed(self):
        with pytest.raises(UnreadableAnswer):
            read(item(individual={"numero_nosso_numero": "00000002"}))
        with pytest.raises(UnreadableAnswer):
            read(item(codigo_carteira="112"))

    def test_reused_number_takes_the_last_of_ours(self):
        consulta = read(
            item("Baixada"), item("Paga"), item("Em Aberto", individual={"numero_nosso_numero": "00000002"})
        )
        assert consulta.texto == "Paga"

    @pytest.mark.parametrize("number", ["1", 1, "00000001", " 00000001 "])
    def test_number_with_and_without_zeros(self, number):
        assert read(item(individual={"numero_nosso_numero": number})) is not None

    def test_individual_data_as_object(self):
        body = item()
        body["dado_boleto"]["dados_individuais_boleto"] = body["dado_boleto"]["dados_individuais_boleto"][0]
        assert read(body).registrado.codigo_barras == BARRAS

    def test_codes_may_be_missing(self):
        registrado = read(item(individual={"codigo_barras": None, "numero_linha_digitavel": ""})).registrado
        assert (registrado.codigo_barras, registrado.linha_digitavel) == ("", "")

    @pytest.mark.parametrize(
        ("value", "cents"),
        [("2100.00", 210000), ("2100.5", 210050), ("2100", 210000), ("00000000000005000", 5000), (2100.5, 210050)],
    )
    def test_money_formats(self, value, cents):
        assert read(item(individual={"valor_titulo": value})).registrado.valor == Reais(cents)

    @pytest.mark.parametrize(
        ("texto", "situacao"),
        [
            ("Em Aberto", "ABERTO"),
            ("EM ABERTO", "ABERTO"),
            ("Aguardando Pagamento", "ABERTO"),
            ("Paga", "PAGO"),
            ("pago", "PAGO"),
            ("Aguardando Crédito", "PAGO"),
            ("AGUARDANDO CREDITO", "PAGO"),
            ("Liquidada", "LIQUIDADO"),
            ("Liquidado", "LIQUIDADO"),
            ("Creditado", "LIQUIDADO"),
            ("Pagamento Rejeitado", "PAGAMENTO_DEVOLVIDO"),
            ("Pagamento  Devolvido ", "PAGAMENTO_DEVOLVIDO"),
            ("Baixada", "BAIXADO"),
            ("BAIXADO", "BAIXADO"),
            ("Em análise jurídica", "DESCONHECIDA"),
            ("Não Paga", "DESCONHECIDA"),
            ("", "DESCONHECIDA"),
        ],
    )
    def test_vocabularies(self, texto, situacao):
        consulta = read(item(texto))
        assert consulta.situacao is SituacaoNoBanco[situacao]
        assert consulta.texto == texto.strip()

    @pytest.mark.parametrize(
        ("dado", "situacao"),
        [
            ({}, "BAIXADO"),
            ({"baixa": MOTIVO_PEDIDO}, "BAIXADO"),
            ({"baixa": MOTIVO_LIQUIDADO}, "BAIXADO_POR_LIQUIDACAO"),
            ({"baixa": MOTIVO_LIQUIDADO, "pagamentos_cobranca": [PAGO]}, "LIQUIDADO"),
            ({"baixa": MOTIVO_LIQUIDADO, "pagamentos_cobranca": PAGO}, "LIQUIDADO"),
            ({"pagamentos_cobranca": [PAGO]}, "LIQUIDADO"),
            (
                {"baixa": MOTIVO_PEDIDO, "pagamentos_cobranca": [PAGO_NADA]},
                "BAIXADO",
            ),
            ({"baixa": None, "pagamentos_cobranca": []}, "BAIXADO"),
        ],
    )
    def test_baixada_told_apart(self, dado, situacao):
        assert read(item("Baixada", **dado)).situacao is SituacaoNoBanco[situacao]

    def test_baixa_block_of_an_open_boleto_is_no_baixa(self):
        consulta = read(item("Em Aberto", baixa=MOTIVO_LIQUIDADO))
        assert consulta.situacao is SituacaoNoBanco.ABERTO
        assert (consulta.motivo_baixa, consulta.data_baixa) == ("", None)

    @pytest.mark.parametrize("baixa", [MOTIVO_LIQUIDADO, MOTIVO_PEDIDO])
    def test_baixa_of_a_baixado(self, baixa):
        consulta = read(item("Baixada", baixa=baixa))
        assert (consulta.motivo_baixa, consulta.data_baixa) == (baixa["motivo_baixa"], date(2026, 1, 29))

    @pytest.mark.parametrize("day", ["2026-01-28", "2026-01-28T09:30:00.000Z", "2026-01-28T23:59:59-03:00"])
    def test_payment_record(self, day):
        (pagamento,) = read(item("Paga", pagamentos_cobranca=[PAGO | {"data_inclusao_pagamento": day}])).pagamentos
        assert (pagamento.valor, pagamento.data) == (Reais(5000), date(2026, 1, 28))
        assert (pagamento.canal, pagamento.meio) == ("BANKFONE", "DÉBITO EM CONTA")

    def test_several_payments_add_up(self):
        consulta = read(item("Paga", pagamentos_cobranca=[PAGO, PAGO | {"data_inclusao_pagamento": "2026-01-31"}]))
        assert (consulta.valor_pago, consulta.data_pagamento) == (Reais(10000), date(2026, 1, 31))

    @pytest.mark.parametrize(
        ("protesto", "stage"),
        [
            (None, ProtestoNoBanco.NENHUM),
            ({}, ProtestoNoBanco.NENHUM),
            ({"codigo_tipo_protesto": 1}, ProtestoNoBanco.INSTRUIDO),
            ({"codigo_tipo_protesto": 2}, ProtestoNoBanco.NENHUM),
            ({"codigo_tipo_protesto": "03"}, ProtestoNoBanco.SUSTADO),
            ({"codigo_situacao_protesto": 1}, ProtestoNoBanco.EM_PROTESTO),
            ({"codigo_situacao_protesto": "01"}, ProtestoNoBanco.EM_PROTESTO),
            ([{"codigo_situacao_protesto": "2"}], ProtestoNoBanco.PROTESTADO),
        ],
    )
    def test_protest(self, protesto, stage):
        assert read(item(protesto=protesto)).protesto is stage

    @pytest.mark.parametrize(
        ("canal", "meio", "por_pix", "em_cartorio"),
        [
            ("BANKFONE", "DÉBITO EM CONTA", False, False),
            ("PIX", "PIX", True, False),
            ("Internet", "QR Code Pix", True, False),
            ("BOLECODE", None, True, False),
            ("CARTÓRIO", "DINHEIRO", False, True),
            (None, "Liquidação em cartório", False, True),
            ("TABELIONATO DE PROTESTO", "", False, True),
            ("PIXEL", "CARTAO", False, False),
            (None, None, False, False),
            (61, 10, False, False),
        ],
    )
    def test_how_it_was_paid(self, canal, meio, por_pix, em_cartorio):
        words = {"descricao_canal_pagamento": canal, "descricao_meio_pagamento": meio}
        (pagamento,) = read(item("Paga", pagamentos_cobranca=[PAGO | words])).pagamentos
        assert (pagamento.por_pix, pagamento.em_cartorio) == (por_pix, em_cartorio)

    @pytest.mark.parametrize(
        ("shown", "seu_numero"), [("PED1", "PED1"), ("PED1   ", "PED1"), (1001, "1001"), (None, "")]
    )
    def test_seu_numero(self, shown, seu_numero):
        assert read(item(individual={"texto_seu_numero": shown})).seu_numero == seu_numero

    def test_charges(self):
        multa = {"codigo_tipo_multa": "02", "percentual_multa": "2.00000", "data_multa": "2026-02-01"}
        assert read(item(multa=multa)).encargos == Encargos(
            multa=Multa(TipoMulta.PERCENTUAL, percentual=Decimal(2), dias=2)
        )

    def test_charges_not_shown(self):
        assert read(item()).encargos is None

    def test_charges_that_make_no_sense_do_not_hide_the_payment(self):
        consulta = read(item("Paga", pagamentos_cobranca=[PAGO], juros={"codigo_tipo_juros": "77"}))
        assert (consulta.encargos, consulta.situacao) == (None, SituacaoNoBanco.PAGO)

    @pytest.mark.parametrize(
        ("tipo_pessoa", "documento"),
        [
            ({"codigo_tipo_pessoa": "F", "numero_cadastro_pessoa_fisica": "123.456.789-09"}, "12345678909"),
            ({"numero_cadastro_pessoa_fisica": 1234567890}, "01234567890"),
            ({"codigo_tipo_pessoa": "F", "numero_cadastro_pessoa_fisica": "00012345678909"}, "12345678909"),
            ({"codigo_tipo_pessoa": "J", "numero_cadastro_nacional_pessoa_juridica": 191}, "00000000000191"),
            (
                {"codigo_tipo_pessoa": "J", "numero_cadastro_nacional_pessoa_juridica": "12.abc.345/01de-35"},
                "12ABC34501DE35",
            ),
            (
                {
                    "codigo_tipo_pessoa": "J",
                    "numero_cadastro_pessoa_fisica": "",
                    "numero_cadastro_nacional_pessoa_juridica": "11222333000181",
                },
                "11222333000181",
            ),
            ({"codigo_tipo_pessoa": "J"}, ""),
        ],
    )
    def test_payer_document(self, tipo_pessoa, documento):
        assert read(item(pessoa=tipo_pessoa)).sacado_documento == documento


ODD = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.decimals(allow_nan=True)
    | st.text()
    | st.from_regex(r"[0-9.,-]{1,30}"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)


class TestOddValues:
    """Whatever stands in a field, it is read, ignored or called unreadable: nothing else ever comes out."""

    @given(
        individual=st.dictionaries(
            st.sampled_from([*item()["dado_boleto"]["dados_individuais_boleto"][0], "data_limite_pagamento"]), ODD
        ),
        dado=st.dictionaries(
            st.sampled_from(
                [
                    "pagador",
                    "pagamentos_cobranca",
                    "baixa",
                    "protesto",
                    "codigo_carteira",
                    "multa",
                    "juros",
                    "desconto",
                    "valor_abatimento",
                ]
            ),
            ODD,
        ),
    )
    def test_fields(self, individual, dado):
        try:
            consulta = read_consulta(
                item("Paga", individual=individual, **dado), "150000052061", "109", "00000001", NOW
            )
        except UnreadableAnswer:
            return
        assert isinstance(consulta, ConsultaBoleto)

    @given(ODD)
    def test_whole_body(self, body):
        try:
            assert read_consulta(body, "150000052061", "109", "00000001", NOW) is None
        except UnreadableAnswer:
            return
        assert body is None or body == [] or not body["data"]

    def test_absurd_lengths(self):
        with pytest.raises(UnreadableAnswer):
            read(item(individual={"numero_nosso_numero": "9" * 5000}))
        with pytest.raises(UnreadableAnswer):
            read(item(individual={"valor_titulo": "9" * 5000}))
