"""What an emission is refused for: 400 for shape, 422 for rules, with the field that is to blame."""

from __future__ import annotations

from datetime import timedelta

import pytest

PAGADOR = "pagador"
ENDERECO = "pagador.endereco"
PESSOA = "pagador.pessoa"
TIPO_PESSOA = "pagador.pessoa.tipo_pessoa"
CEM = {"codigo_tipo_multa": "02", "percentual_multa": "000000200000"}


def put(body, path, value):
    """Set ``value`` at a dotted path under ``data``; None removes the key, ``item.`` is the individual data."""
    node = body["data"]
    *parents, last = path.split(".")
    for name in parents:
        node = node["dados_individuais_boleto"][0] if name == "item" else node.setdefault(name, {})
    if value is None:
        node.pop(last, None)
    else:
        node[last] = value


def campos(answer):
    return [campo["campo"] for campo in answer.json()["campos"]]


D = "dado_boleto"
SHAPE = [
    ("etapa_processo_boleto", None),
    ("etapa_processo_boleto", "simulacao"),
    ("codigo_canal_operacao", "WEB"),
    ("beneficiario.id_beneficiario", "15000052061"),
    (f"{D}.descricao_instrumento_cobranca", "boleto_pix"),
    (f"{D}.tipo_boleto", "parcelado"),
    (f"{D}.codigo_carteira", "1090"),
    (f"{D}.codigo_especie", "10"),
    (f"{D}.codigo_especie", None),
    (f"{D}.data_emissao", None),
    (f"{D}.data_emissao", "23/11/2026"),
    (f"{D}.data_emissao", "2026-02-30"),
    (f"{D}.valor_abatimento", "10.00"),
    (f"{D}.forma_envio", "postagem"),
    (f"{D}.{PESSOA}.nome_pessoa", None),
    (f"{D}.{PESSOA}.nome_pessoa", "x" * 51),
    (f"{D}.{PESSOA}.nome_pessoa", "João"),
    (f"{D}.{PESSOA}.nome_pessoa", "Silva & Filhos"),
    (f"{D}.{PESSOA}.nome_pessoa", "javascript"),
    (f"{D}.{TIPO_PESSOA}.codigo_tipo_pessoa", "X"),
    (f"{D}.{TIPO_PESSOA}.numero_cadastro_pessoa_fisica", "12345678900"),
    (f"{D}.{TIPO_PESSOA}.numero_cadastro_pessoa_fisica", "11111111111"),
    (f"{D}.{TIPO_PESSOA}.numero_cadastro_pessoa_fisica", "123.456.789-09"),
    (f"{D}.{TIPO_PESSOA}.numero_cadastro_nacional_pessoa_juridica", "11222333000181"),
    (f"{D}.{ENDERECO}.nome_logradouro", "Rua Um, 10 / ap 2"),
    (f"{D}.{ENDERECO}.nome_logradouro", "x" * 46),
    (f"{D}.{ENDERECO}.nome_bairro", "x" * 16),
    (f"{D}.{ENDERECO}.nome_cidade", "x" * 21),
    (f"{D}.{ENDERECO}.nome_cidade", None),
    (f"{D}.{ENDERECO}.sigla_UF", "XX"),
    (f"{D}.{ENDERECO}.numero_CEP", "01001-000"),
    (f"{D}.item.numero_nosso_numero", None),
    (f"{D}.item.numero_nosso_numero", "1"),
    (f"{D}.item.numero_nosso_numero", "123456789"),
    (f"{D}.item.numero_nosso_numero", "00000000"),
    (f"{D}.item.data_vencimento", None),
    (f"{D}.item.valor_titulo", None),
    (f"{D}.item.valor_titulo", "000000000000005000"),
    (f"{D}.item.texto_seu_numero", "12345678901"),
    (f"{D}.item.texto_seu_numero", "FAT-1"),
    (f"{D}.item.texto_uso_beneficiario", "uso livre"),
    (f"{D}.multa", {"codigo_tipo_multa": "04"}),
    (f"{D}.multa.percentual_multa", "2.00000"),
    (f"{D}.juros", {"codigo_tipo_juros": "01", "valor_juros": "00000000000000010"}),
    (f"{D}.recebimento_divergente", {"codigo_tipo_autorizacao": "05"}),
    (f"{D}.protesto", {"protesto": True, "quantidade_dias_protesto": 100}),
    (f"{D}.protesto", {"protesto": "talvez"}),
    (f"{D}.negativacao", {"negativacao": True, "quantidade_dias_negativacao": 1}),
    (f"{D}.instrucao_cobranca", [{"codigo_instrucao_cobranca": 6}]),
    (f"{D}.instrucao_cobranca", [{"codigo_instrucao_cobranca": 8, "quantidade_dias_apos_vencimento": 100}]),
    (f"{D}.mensagens_cobranca", [{"mensagem": "x" * 101}]),
]


@pytest.mark.parametrize("path, value", SHAPE)
def test_shape(simulator, client, emission, path, value):
    body = emission()
    body["data"][D]["multa"] = dict(CEM)
    put(body, path, value)
    answer = client.emit(body)
    assert answer.status_code == 400
    assert answer.json()["mensagem"] == "Erro na validação de Campos"
    blamed = "data." + path.replace("item", "dados_individuais_boleto[0]")
    assert any(campo.startswith(blamed) for campo in campos(answer))
    assert simulator.bank.registration_count("00000001") == 0


@pytest.mark.parametrize(
    "block, content, blamed",
    [
        ("multa", {"codigo_tipo_multa": "01"}, "multa.valor_multa"),
        ("multa", {"codigo_tipo_multa": "02", "valor_multa": "00000000000000100"}, "multa.percentual_multa"),
        ("juros", {"codigo_tipo_juros": "90"}, "juros.percentual_juros"),
        ("juros", {"codigo_tipo_juros": "93", "percentual_juros": "000000100000"}, "juros.valor_juros"),
        ("desconto", {"codigo_tipo_desconto": "01"}, "desconto.descontos"),
        ("desconto", {"codigo_tipo_desconto": "01", "descontos": {}}, "desconto.descontos"),
        ("desconto", {"codigo_tipo_desconto": "02", "descontos": [{}] * 4}, "desconto.descontos"),
        (
            "recebimento_divergente",
            {"codigo_tipo_autorizacao": "02", "codigo_tipo_recebimento": "V", "valor_minimo": "00000000000000100"},
            "recebimento_divergente.valor_maximo",
        ),
        ("recebimento_divergente", {"codigo_tipo_autorizacao": "04"}, "recebimento_divergente.codigo_tipo_recebimento"),
    ],
)
def test_codes_demand_their_values(client, emission, block, content, blamed):
    body = emission()
    body["data"][D][block] = content
    answer = client.emit(body)
    assert answer.status_code == 400
    assert f"data.{D}.{blamed}" in campos(answer)


def test_all_faults_are_told_at_once(client, emission):
    body = emission()
    put(body, f"{D}.codigo_especie", "10")
    put(body, f"{D}.{ENDERECO}.numero_CEP", "1")
    put(body, f"{D}.item.valor_titulo", "50,00")
    assert len(campos(client.emit(body))) == 3


@pytest.mark.parametrize("body", [{}, [], "texto", {"data": []}, {"etapa_processo_boleto": "efetivacao"}])
def test_the_envelope_is_demanded(client, body):
    assert client.emit(body).status_code == 400


def test_one_boleto_a_request(client, emission):
    body = emission()
    body["data"][D]["dados_individuais_boleto"] *= 2
    assert client.emit(body).status_code == 400


def test_no_json(simulator, client):
    headers = client.headers() | {"Content-Type": "application/json"}
    answer = client.http.post(f"{simulator.hosts.emissao}/boletos", content=b'{"data": ', headers=headers)
    assert answer.status_code == 400


def rule_cases():
    """(what to change, given today; field to blame)."""
    individual = "data.dado_boleto.dados_individuais_boleto[0]"
    return [
        (lambda t: {f"{D}.item.valor_titulo": "0"}, f"{individual}.valor_titulo"),
        (lambda t: {f"{D}.item.valor_titulo": "00000001000000001"}, "COD-RET"),
        (lambda t: {f"{D}.data_emissao": f"{t + timedelta(days=1)}"}, "data.dado_boleto.data_emissao"),
        (
            lambda t: {f"{D}.data_emissao": f"{t}", f"{D}.item.data_vencimento": f"{t - timedelta(days=1)}"},
            "data.dado_boleto.data_emissao",
        ),
        (
            lambda t: {
                f"{D}.data_emissao": f"{t - timedelta(days=400)}",
                f"{D}.item.data_vencimento": f"{t - timedelta(days=361)}",
            },
            f"{individual}.data_vencimento",
        ),
        (lambda t: {f"{D}.item.data_limite_pagamento": f"{t}"}, f"{individual}.data_limite_pagamento"),
        (
            lambda t: {f"{D}.item.data_limite_pagamento": f"{t.replace(day=1, year=t.year + 11)}"},
            f"{individual}.data_limite_pagamento",
        ),
        (lambda t: {f"{D}.valor_abatimento": "00000000000005000"}, "data.dado_boleto.valor_abatimento"),
        (
            lambda t: {
                f"{D}.valor_abatimento": "00000000000003000",
                f"{D}.desconto": {
                    "codigo_tipo_desconto": "02",
                    "descontos": [{"data_desconto": f"{t}", "percentual_desconto": "000004000000"}],
                },
            },
            "data.dado_boleto.valor_abatimento",
        ),
        (
            lambda t: {
                f"{D}.desconto": {
                    "codigo_tipo_desconto": "01",
                    "descontos": [
                        {"data_desconto": f"{t + timedelta(days=31)}", "valor_desconto": "00000000000000100"}
                    ],
                }
            },
            "data.dado_boleto.desconto",
        ),
        (
            lambda t: {f"{D}.multa": {"codigo_tipo_multa": "01", "valor_multa": "00000000000000001"}},
            "data.dado_boleto.multa",
        ),
        (
            lambda t: {f"{D}.juros": {"codigo_tipo_juros": "93", "valor_juros": "00000000000000001"}},
            "data.dado_boleto.juros",
        ),
        (
            lambda t: {f"{D}.juros": {"codigo_tipo_juros": "90", "percentual_juros": "000003100000"}},
            "COD-RET",
        ),
        (
            lambda t: {f"{D}.pagamento_parcial": True, f"{D}.quantidade_maximo_parcial": 2},
            "data.dado_boleto.pagamento_parcial",
        ),
        (lambda t: {f"{D}.codigo_carteira": "110"}, "data.dado_boleto.codigo_carteira"),
        (lambda t: {f"{D}.{ENDERECO}.sigla_UF": "RS"}, "COD-RET"),
        (
            lambda t: {f"{D}.item.texto_seu_numero": None, f"{D}.protesto": PROTESTO},
            "COD-RET",
        ),
        (
            lambda t: {f"{D}.protesto": PROTESTO, f"{D}.negativacao": NEGATIVACAO},
            "COD-RET",
        ),
    ]


PROTESTO = {"protesto": True, "quantidade_dias_protesto": 5}
NEGATIVACAO = {"negativacao": True, "quantidade_dias_negativacao": 5}


@pytest.mark.parametrize("changes, blamed", rule_cases())
def test_rules(simulator, client, emission, changes, blamed):
    body = emission()
    for path, value in changes(simulator.bank.clock.today()).items():
        put(body, path, value)
    answer = client.emit(body)
    assert answer.status_code == 422
    assert answer.json()["mensagem"] == "Regra de negócio não atendida"
    assert blamed in campos(answer)
    assert simulator.bank.registration_count("00000001") == 0


def test_account_dac(simulator, make_client, emission):
    client = make_client(simulator.provision(dac="7"))
    body = emission()
    put(body, "beneficiario.id_beneficiario", "150000052067")
    assert campos(client.emit(body)) == ["data.beneficiario.id_beneficiario"]


def test_past_due_is_an_option(simulator, client, emission):
    yesterday = (simulator.bank.clock.today() - timedelta(days=1)).isoformat()
    body = emission(data_vencimento=yesterday)
    put(body, f"{D}.data_emissao", yesterday)
    simulator.bank.switch(allow_past_due=False)
    assert client.emit(body).status_code == 422
    simulator.bank.switch(allow_past_due=True)
    assert client.emit(body).status_code == 200
