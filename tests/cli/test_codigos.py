"""``linha``, ``calcular`` and ``documento`` as a script calls them: arguments, standard input, output, exit code."""

import argparse
import io
import json
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bancointegra.cli import codigos

VECTORS = Path(__file__).parents[1] / "vectors"


def rows_of(name):
    return json.loads((VECTORS / name).read_text(encoding="utf-8"))


@pytest.fixture
def run(monkeypatch, capsys):
    """Run one command line; returns exit code, the lines of stdout, and stderr."""

    def run_command(*arguments, stdin=b""):
        parser = argparse.ArgumentParser(prog="bancointegra")
        codigos.register(parser.add_subparsers(required=True))
        args = parser.parse_args(arguments)
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="ascii"))
        code = args.func(args)
        captured = capsys.readouterr()
        return code, captured.out.splitlines(), captured.err

    return run_command


@pytest.fixture
def run_json(run):
    def run_command(*arguments, stdin=b""):
        code, lines, _ = run(*arguments, stdin=stdin)
        return code, [json.loads(line) for line in lines]

    return run_command


def as_lines(texts):
    return "\r\n".join(texts).encode()


# ---- linha ----


def test_linha_answers_every_vector_in_order(run_json):
    rows = [row for row in rows_of("linha_digitavel.json") if row["codigo"]]
    stdin = as_lines(row["codigo"] for row in rows)
    code, answers = run_json("linha", "-", "--json", "--referencia", "2026-11-23", stdin=stdin)
    assert code == 1
    assert [answer["entrada"] for answer in answers] == [row["codigo"] for row in rows]
    assert [answer["valida"] for answer in answers] == [row["valido"] for row in rows]
    for row, answer in zip(rows, answers, strict=True):
        assert bool(answer["erros"]) != row["valido"]
        if row["valido"]:
            expected = row["esperado"]
            assert answer["tipo"] == expected["kind"]
            assert answer["codigo_barras"] == expected["codigo_barras"]
            assert answer["linha_digitavel"] == expected["linha_digitavel"]
            assert (answer["banco"], answer["segmento"]) == (expected.get("banco"), expected.get("segmento"))


def test_linha_has_exactly_the_documented_fields(run_json):
    code, [answer] = run_json(
        *("linha", "34191.10121 34567.880058 71234.570001 6 16670000012345", "--json", "--referencia", "2002-04-01")
    )
    assert code == 0
    assert answer == {
        "entrada": "34191.10121 34567.880058 71234.570001 6 16670000012345",
        "valida": True,
        "tipo": "cobranca",
        "banco": "341",
        "segmento": None,
        "codigo_barras": "34196166700000123451101234567880057123457000",
        "linha_digitavel": "34191101213456788005871234570001616670000012345",
        "valor": "123.45",
        "vencimento": "2002-05-01",
        "erros": [],
        "avisos": [],
    }


def test_linha_reading_day_changes_the_due_date(run_json):
    bar_code = "10499898100000214032006561000100040099726390"
    for referencia, vencimento in [("2022-04-01", "2022-05-10"), ("2040-01-01", "2046-12-30")]:
        _, [answer] = run_json("linha", bar_code, "--json", "--referencia", referencia)
        assert answer["vencimento"] == vencimento


def test_linha_reads_today_by_default(run_json):
    _, [answer] = run_json("linha", "34195134200000050001090000000161500052061000", "--json")
    assert answer["vencimento"] == "2026-01-30"


def test_linha_mixes_arguments_and_standard_input_and_skips_blank_lines(run_json):
    stdin = b"\xef\xbb\xbf123\r\n\r\n   \n456\n\xff\xfe\n"
    code, answers = run_json("linha", "111", "-", "222", "--json", stdin=stdin)
    assert code == 1
    assert [answer["entrada"] for answer in answers] == ["111", "123", "456", "\ufffd\ufffd", "222"]
    assert {answer["tipo"] for answer in answers} == {None}


def test_linha_for_people(run):
    code, lines, _ = run("linha", "81650000001234500422027011500000000000000000", "--referencia", "2026-11-23")
    text = "\n".join(lines)
    assert code == 0
    assert "Prefeituras" in text
    assert "81650000001-2 23450042202-2 70115000000-1 00000000000-0" in text
    assert "R$\u00a0123,45" in text
    assert "15/01/2027" in text
    code, lines, _ = run("linha", "34191.10129 34567.880058 71234.570001 6 16670000012345")
    assert code == 1
    assert lines[1:] == ["  O dígito do campo 1 não confere."]


@pytest.mark.parametrize(
    "arguments",
    [
        ("linha",),
        ("linha", "1", "--referencia", "23/11/2026"),
        ("linha", "1", "--referencia", "2026-02-30"),
        ("linha", "1", "--referencia", "20261123"),
        ("linha", "1", "--referencia", ""),
        ("calcular", "arquivo.json"),
        ("documento",),
    ],
)
def test_unusable_arguments_are_told_in_portuguese(run, arguments):
    code, lines, err = run(*arguments)
    assert (code, lines) == (2, [])
    assert re.search(r"Informe|AAAA-MM-DD|entrada padrão", err)


# ---- calcular ----


def calcular(run_json, *records):
    stdin = as_lines(record if isinstance(record, str) else json.dumps(record) for record in records)
    return run_json("calcular", "-", "--json", stdin=stdin)


INPUT_FIELDS = ("agencia", "conta", "carteira", "nosso_numero", "vencimento", "valor", "seu_numero", "codigo_cliente")
OUTPUT_FIELDS = ("dac_conta", "dac_nosso_numero", "campo_livre", "codigo_barras", "linha_digitavel")
USUAL = {
    "agencia": "1500",
    "conta": "05206-1",
    "carteira": "109",
    "nosso_numero": "00000001",
    "vencimento": "2026-01-30",
    "valor": "50.00",
}
USUAL_ANSWER = {
    "dac_conta": "1",
    "dac_nosso_numero": "6",
    "campo_livre": "1090000000161500052061000",
    "codigo_barras": "34195134200000050001090000000161500052061000",
    "linha_digitavel": "34191090080000016150500520610007513420000005000",
}


def test_calcular_answers_every_vector_whose_digits_are_right(run_json):
    rows = [row for row in rows_of("itau_boletos.json") if not row.get("flags")]
    assert len(rows) >= 37
    code, answers = calcular(run_json, *({k: row[k] for k in INPUT_FIELDS if k in row} for row in rows))
    assert code == 0
    for row, answer in zip(rows, answers, strict=True):
        assert list(answer) == list(OUTPUT_FIELDS)
        expected = {"dac_conta": row["conta_dac"], **{name: row[name] for name in OUTPUT_FIELDS[1:]}}
        if row["linha_digitavel"]:
            expected["linha_digitavel"] = re.sub(r"\D", "", row["linha_digitavel"])
        # Computed beyond what the row states: fine. Stated by the row: must agree.
        assert {name: answer[name] for name, wanted in expected.items() if wanted} == {
            name: wanted for name, wanted in expected.items() if wanted
        }


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"conta": "05206"},
        {"conta": "5206"},
        {"conta": "5206-1"},
        {"conta": "052061"},
        {"conta": 5206, "agencia": 1500, "carteira": 109, "nosso_numero": 1},
        {"nosso_numero": " 1 "},
        {"valor": 50},
        {"valor": 50.0},
        {"valor": "50"},
        {"valor": "50,00"},
        {"seu_numero": None, "codigo_cliente": None, "outro": [1, 2]},
    ],
)
def test_calcular_accepts_the_usual_writings(run_json, change):
    assert calcular(run_json, {**USUAL, **change}) == (0, [USUAL_ANSWER])


def test_calcular_without_due_date_writes_no_factor(run_json):
    without = {name: value for name, value in USUAL.items() if name != "vencimento"}
    _, answers = calcular(run_json, {**USUAL, "vencimento": None}, without)
    assert answers[0] == answers[1]
    assert answers[0]["codigo_barras"][5:19] == "00000000005000"


def test_calcular_large_value_takes_the_place_of_the_factor(run_json):
    _, [answer] = calcular(run_json, {**USUAL, "valor": "100000000.00"})
    assert answer["linha_digitavel"].endswith("00010000000000")


def test_calcular_keeps_large_json_numbers_exact(run_json):
    line = json.dumps(USUAL).replace('"50.00"', "99999999.99")
    _, [answer] = calcular(run_json, line)
    assert answer["codigo_barras"][9:19] == "9999999999"


def test_calcular_gives_what_null_fields_still_determine(run_json):
    code, answers = calcular(
        run_json,
        {**USUAL, "agencia": None, "conta": None, "carteira": "131", "valor": None},
        {**USUAL, "agencia": None, "conta": None, "carteira": "122", "seu_numero": "39", "codigo_cliente": "12345"},
    )
    assert code == 0
    assert answers[0]["dac_nosso_numero"]
    assert answers[0]["campo_livre"] is answers[0]["codigo_barras"] is None
    assert answers[1]["dac_nosso_numero"] is None
    assert answers[1]["codigo_barras"][19:] == answers[1]["campo_livre"]


@pytest.mark.parametrize(
    ("record", "sentence"),
    [
        ({**USUAL, "conta": "05206-2"}, "não confere"),
        ({**USUAL, "conta": "052062"}, "não confere"),
        ({**USUAL, "conta": "0520-61"}, "conta"),
        ({**USUAL, "agencia": "15000"}, "agencia"),
        ({**USUAL, "agencia": None}, "agencia"),
        ({**USUAL, "agencia": True}, "agencia"),
        ({**USUAL, "carteira": "106"}, "manuais"),
        ({**USUAL, "carteira": None}, "carteira"),
        ({**USUAL, "carteira": "198"}, "seu número"),
        ({**USUAL, "nosso_numero": "123456789"}, "nosso_numero"),
        ({**USUAL, "nosso_numero": "1234567é"}, "nosso_numero"),
        ({**USUAL, "nosso_numero": ""}, "nosso_numero"),
        ({**USUAL, "vencimento": "30/01/2026"}, "AAAA-MM-DD"),
        ({**USUAL, "vencimento": "2026-02-30"}, "AAAA-MM-DD"),
        ({**USUAL, "vencimento": "1999-01-01"}, "03/07/2000"),
        ({**USUAL, "vencimento": 20260130}, "AAAA-MM-DD"),
        ({**USUAL, "valor": "-1.00"}, "1250.00"),
        ({**USUAL, "valor": -1}, "negativo"),
        ({**USUAL, "valor": 0.001}, "frações"),
        ({**USUAL, "valor": "1.250"}, "1250.00"),
        ({**USUAL, "valor": "mil"}, "1250.00"),
        ({**USUAL, "valor": "\ud800,"}, "não é um valor"),
        ({**USUAL, "valor": []}, "valor"),
        ({**USUAL, "valor": "9999999999999.99"}, "não cabe"),
        ({k: v for k, v in USUAL.items() if k != "valor"}, "Falta o campo valor"),
        ({k: v for k, v in USUAL.items() if k != "agencia"}, "Falta o campo agencia"),
        (json.dumps(USUAL).replace('"50.00"', "1e999999"), "grande demais"),
        (json.dumps(USUAL).replace('"50.00"', "1e-999999"), "frações"),
        (json.dumps(USUAL).replace('"50.00"', "9" * 5000), "grande demais"),
        (json.dumps(USUAL).replace('"50.00"', "1e99999999999999999999"), "JSON"),
        (json.dumps(USUAL).replace('"50.00"', "NaN"), "valor"),
        ({}, "Falta o campo"),
        ([], "JSON"),
        ("null", "JSON"),
        ("{", "JSON"),
        ("agencia=1500", "JSON"),
        ("[" * 100_000, "JSON"),
    ],
)
def test_calcular_refuses_with_a_sentence_and_goes_on(run_json, record, sentence):
    code, answers = calcular(run_json, record, USUAL)
    assert code == 1
    assert list(answers[0]) == ["erro"]
    assert sentence in answers[0]["erro"]
    assert answers[1] == USUAL_ANSWER


def test_calcular_computes_a_far_due_date_but_warns(run):
    stdin = json.dumps({**USUAL, "vencimento": "2049-10-13"}).encode()
    code, [line], err = run("calcular", "-", "--json", stdin=stdin)
    assert code == 0
    assert json.loads(line)["codigo_barras"][5:9] == "9999"
    assert ("13/10/2049" in err) == ((date(2049, 10, 13) - date.today()).days > 5500)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(INPUT_FIELDS),
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.lists(st.integers()),
    )
    | st.recursive(st.none() | st.text(max_size=5), st.lists, max_leaves=5)
)
def test_calcular_answers_anything(run_json, record):
    _, answers = calcular(run_json, json.dumps({**USUAL, **record} if isinstance(record, dict) else record))
    assert len(answers) == 1
    assert tuple(answers[0]) in (("erro",), OUTPUT_FIELDS)


# ---- documento ----


def test_documento_answers_every_vector(run_json):
    rows = rows_of("documents.json")
    code, answers = run_json("documento", "-", "--json", stdin=as_lines(row["numero"] for row in rows))
    assert code == 1
    assert [answer["entrada"] for answer in answers] == [row["numero"] for row in rows]
    for row, answer in zip(rows, answers, strict=True):
        assert list(answer) == ["entrada", "valido", "tipo", "formatado", "erro"]
        assert answer["valido"] == row["valido"]
        assert (answer["formatado"] is not None) == row["valido"]
        assert (answer["erro"] is None) == row["valido"]
        if row["valido"]:
            assert answer["tipo"] == row["tipo"]


def test_documento_formats(run_json):
    code, answers = run_json("documento", "12abc34501de35", "52998224725", "--json")
    assert code == 0
    assert [(a["tipo"], a["formatado"]) for a in answers] == [
        ("cnpj", "12.ABC.345/01DE-35"),
        ("cpf", "529.982.247-25"),
    ]


def test_documento_for_people(run):
    code, lines, _ = run("documento", "12abc34501de35", "52998224726")
    assert code == 1
    assert lines == ["12.ABC.345/01DE-35: CNPJ válido", "52998224726: Os dígitos do CPF não conferem."]


def test_an_argument_that_is_not_utf_8_is_refused_in_writing(run_json):
    code, [answer] = run_json("documento", "529\udcff982", "--json")
    assert (code, answer["valido"], answer["entrada"]) == (1, False, "529?982")
