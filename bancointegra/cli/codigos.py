"""Commands that only compute: ``linha``, ``calcular``, ``documento``. They need neither the store nor the bank.

Each prints one answer a line, in the order of the input, and returns 0 when everything was valid, 1 when something was
not, 2 when the arguments themselves cannot be used.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from bancointegra.domain import itau
from bancointegra.domain.arrecadacao import SEGMENTOS
from bancointegra.domain.codigo_barras import build_codigo_barras
from bancointegra.domain.documentos import Documento, TipoDocumento, apparent_tipo
from bancointegra.domain.errors import AppError, InputError
from bancointegra.domain.fator_vencimento import is_longe_demais
from bancointegra.domain.leitura_codigo import LeituraCodigo, TipoCodigo, read_codigo
from bancointegra.domain.linha_digitavel import format_linha, linha_of
from bancointegra.domain.reais import Reais

EXIT_OK = 0
EXIT_INVALID = 1
EXIT_USAGE = 2

_STDIN = "-"
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PLAIN_VALUE = re.compile(r"[0-9]{1,13}(\.[0-9]{1,2})?")
_CONTA = re.compile(r"(?P<conta>[0-9]{1,5})(?:-(?P<dac>[0-9]))?|(?P<conta_inteira>[0-9]{5})(?P<dac_junto>[0-9])")


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the three commands; each sets ``func``, a callable from the parsed arguments to an exit code."""
    linha = subparsers.add_parser("linha", help="lê linhas digitáveis e códigos de barras")
    linha.add_argument("codigos", nargs="*", metavar="CODIGO", help="linha ou código de barras; - lê da entrada padrão")
    linha.add_argument("--json", action="store_true", help="um objeto JSON por linha")
    linha.add_argument("--referencia", metavar="AAAA-MM-DD", help="dia da leitura (padrão: hoje)")
    linha.set_defaults(func=run_linha)

    calcular = subparsers.add_parser("calcular", help="calcula dígitos, código de barras e linha de boletos do Itaú")
    calcular.add_argument("entrada", nargs="?", default=_STDIN, metavar="-", help="objetos JSON, um por linha")
    calcular.add_argument("--json", action="store_true", help="a saída é sempre JSON; aceito por clareza")
    calcular.set_defaults(func=run_calcular)

    documento = subparsers.add_parser("documento", help="confere CPF e CNPJ")
    documento.add_argument("valores", nargs="*", metavar="VALOR", help="CPF ou CNPJ; - lê da entrada padrão")
    documento.add_argument("--json", action="store_true", help="um objeto JSON por linha")
    documento.set_defaults(func=run_documento)


# ---- linha ----


def run_linha(args: argparse.Namespace) -> int:
    """Read every code; with ``--json``, all fields of ``LeituraCodigo``, digits only, dates in ISO."""
    try:
        referencia = _parse_date(args.referencia) if args.referencia is not None else date.today()  # noqa: DTZ011 - the clerk's own day
    except InputError:
        return _usage("A data de --referencia deve ser escrita como AAAA-MM-DD.")
    if not args.codigos:
        return _usage("Informe ao menos uma linha ou código de barras, ou - para ler da entrada padrão.")
    all_valid = True
    for entrada in _inputs(args.codigos):
        leitura = read_codigo(entrada, referencia)
        all_valid &= leitura.valida
        if args.json:
            _print_json(_leitura_record(leitura))
        else:
            _print(_leitura_text(leitura))
    return EXIT_OK if all_valid else EXIT_INVALID


def _leitura_record(leitura: LeituraCodigo) -> dict[str, object]:
    return {
        "entrada": leitura.entrada,
        "valida": leitura.valida,
        "tipo": leitura.tipo.value if leitura.tipo else None,
        "banco": leitura.banco,
        "segmento": leitura.segmento,
        "codigo_barras": leitura.codigo_barras,
        "linha_digitavel": leitura.linha_digitavel,
        "valor": str(leitura.valor.decimal) if leitura.valor is not None else None,
        "vencimento": leitura.vencimento.isoformat() if leitura.vencimento else None,
        "erros": list(leitura.erros),
        "avisos": list(leitura.avisos),
    }


def _leitura_text(leitura: LeituraCodigo) -> str:
    if not leitura.linha_digitavel:
        return "\n".join([f"{leitura.entrada}: inválido", *(f"  {erro}" for erro in leitura.erros)])
    if leitura.tipo is TipoCodigo.COBRANCA:
        origem = f"Boleto do banco {leitura.banco}"
    else:
        origem = f"Conta ou tributo: {SEGMENTOS[leitura.segmento or '']}"
    lines = [
        f"{leitura.entrada}: válido",
        f"  {origem}",
        f"  Linha digitável: {format_linha(leitura.linha_digitavel)}",
        f"  Código de barras: {leitura.codigo_barras}",
        f"  Valor: {leitura.valor.com_simbolo if leitura.valor else 'não informado'}",
        f"  Vencimento: {f'{leitura.vencimento:%d/%m/%Y}' if leitura.vencimento else 'não informado'}",
    ]
    return "\n".join([*lines, *(f"  Atenção: {aviso}" for aviso in leitura.avisos)])


# ---- calcular ----


def run_calcular(args: argparse.Namespace) -> int:
    """Compute the digits of each JSON object of standard input."""
    if args.entrada != _STDIN:
        return _usage("O comando calcular lê objetos JSON da entrada padrão; escreva: calcular - --json")
    all_valid = True
    for number, line in enumerate(_inputs([_STDIN]), start=1):
        try:
            record = _parse_object(line)
            _print_json(_calcular(record))
            _warn_if_too_far(number, record)
        except AppError as error:
            all_valid = False
            _print_json({"erro": str(error)})
    return EXIT_OK if all_valid else EXIT_INVALID


def _parse_object(line: str) -> dict[str, object]:
    try:
        record = json.loads(line, parse_float=Decimal, parse_int=Decimal)
    except (ValueError, ArithmeticError, RecursionError):
        raise InputError("A linha não é um objeto JSON.") from None
    if not isinstance(record, dict):
        raise InputError("A linha não é um objeto JSON.")
    return record


def _calcular(record: dict[str, object]) -> dict[str, str | None]:
    """What the given fields determine; None for what needs a field that was explicitly null.

    A field that is missing altogether is an oversight and refused, except ``vencimento`` and the two of the 15-digit
    carteiras.
    """
    for name in ("agencia", "conta", "carteira", "nosso_numero", "valor"):
        if name not in record:
            raise InputError(f"Falta o campo {name}.", field=name)
    carteira = _digits(record, "carteira", itau.TAMANHO_CARTEIRA)
    nosso_numero = _digits(record, "nosso_numero", itau.TAMANHO_NOSSO_NUMERO)
    if carteira is None or nosso_numero is None:
        raise InputError("Informe carteira e nosso_numero.", field="carteira" if carteira is None else "nosso_numero")
    agencia = _digits(record, "agencia", itau.TAMANHO_AGENCIA)
    conta = _conta(record, agencia)
    vencimento = _vencimento(record)
    valor = _valor(record)

    dac_conta = itau.dac_conta(agencia, conta) if agencia and conta else None
    dac_nosso_numero = None
    if dac_conta or not itau.needs_conta_for_dac(carteira):
        dac_nosso_numero = itau.dac_nosso_numero(carteira, nosso_numero, agencia or "", conta or "")
    campo_livre = None
    if carteira in itau.CARTEIRAS_DE_15_DIGITOS:
        campo_livre = _campo_livre_15_digitos(record, carteira, nosso_numero)
    elif agencia and conta and dac_conta and dac_nosso_numero:
        campo_livre = itau.campo_livre_padrao(carteira, nosso_numero, dac_nosso_numero, agencia, conta, dac_conta)
    codigo = None
    if campo_livre and valor is not None:
        codigo = build_codigo_barras(itau.BANCO_ITAU, campo_livre, vencimento, valor)
    if not (campo_livre or dac_nosso_numero):
        raise InputError("Informe agencia e conta.", field="agencia")
    return {
        "dac_conta": dac_conta,
        "dac_nosso_numero": dac_nosso_numero,
        "campo_livre": campo_livre,
        "codigo_barras": codigo,
        "linha_digitavel": linha_of(codigo) if codigo else None,
    }


def _campo_livre_15_digitos(record: dict[str, object], carteira: str, nosso_numero: str) -> str:
    seu_numero = _digits(record, "seu_numero", itau.TAMANHO_SEU_NUMERO)
    codigo_cliente = _digits(record, "codigo_cliente", itau.TAMANHO_CODIGO_CLIENTE)
    return itau.campo_livre_15_digitos(carteira, nosso_numero, seu_numero or "", codigo_cliente or "")


def _text(record: dict[str, object], name: str) -> str | None:
    value = record.get(name)
    if value is None:
        return None
    if isinstance(value, str | Decimal):
        return _printable(str(value)).strip()
    raise InputError(f"O campo {name} deve ser texto ou número.", field=name)


def _digits(record: dict[str, object], name: str, length: int) -> str | None:
    text = _text(record, name)
    if text is None:
        return None
    if not re.fullmatch(rf"[0-9]{{1,{length}}}", text):
        raise InputError(f"O campo {name} deve ter até {length} dígitos.", field=name)
    return text.zfill(length)


def _conta(record: dict[str, object], agencia: str | None) -> str | None:
    text = _text(record, "conta")
    if text is None:
        return None
    match = _CONTA.fullmatch(text)
    if not match:
        raise InputError("O campo conta deve ter até 5 dígitos, com ou sem o dígito: 05206-1.", field="conta")
    conta = (match["conta"] or match["conta_inteira"]).zfill(itau.TAMANHO_CONTA)
    dac = match["dac"] or match["dac_junto"]
    if agencia and dac:
        itau.require_dac_conta(agencia, conta, dac)
    return conta


def _vencimento(record: dict[str, object]) -> date | None:
    text = _text(record, "vencimento")
    return _parse_date(text) if text is not None else None


def _valor(record: dict[str, object]) -> Reais | None:
    value = record.get("valor")
    if isinstance(value, Decimal):
        valor = Reais.from_decimal(value)
    else:
        text = _text(record, "valor")
        if text is None:
            return None
        # "1.250" could be a thousand for a clerk and one and a quarter for a program: only clear forms are read.
        if not (_PLAIN_VALUE.fullmatch(text) or "," in text):
            raise InputError("O campo valor deve ser escrito como 1250.00.", field="valor")
        valor = Reais.parse(text)
    if valor.centavos < 0:
        raise InputError("O valor não pode ser negativo.", field="valor")
    return valor


def _warn_if_too_far(number: int, record: dict[str, object]) -> None:
    vencimento = _vencimento(record)
    if vencimento and is_longe_demais(vencimento, date.today()):  # noqa: DTZ011 - the clerk's own day
        sys.stderr.write(
            f"Objeto {number}: o vencimento {vencimento:%d/%m/%Y} está longe demais; um banco leria outra data.\n"
        )


# ---- documento ----


def run_documento(args: argparse.Namespace) -> int:
    """Check every CPF and CNPJ."""
    if not args.valores:
        return _usage("Informe ao menos um CPF ou CNPJ, ou - para ler da entrada padrão.")
    all_valid = True
    for entrada in _inputs(args.valores):
        try:
            documento, erro = Documento.parse(entrada), ""
        except InputError as error:
            documento, erro = None, str(error)
            all_valid = False
        tipo = documento.tipo if documento else apparent_tipo(entrada)
        formatado = documento.formatado if documento else None
        if args.json:
            _print_json(_documento_record(entrada, tipo, formatado, erro))
        else:
            _print(f"{entrada}: {erro}" if erro else f"{formatado}: {tipo.name if tipo else ''} válido")
    return EXIT_OK if all_valid else EXIT_INVALID


def _documento_record(entrada: str, tipo: TipoDocumento | None, formatado: str | None, erro: str) -> dict[str, object]:
    return {
        "entrada": entrada,
        "valido": not erro,
        "tipo": tipo.value if tipo else None,
        "formatado": formatado,
        "erro": erro or None,
    }


# ---- input and output ----


def _inputs(arguments: Iterable[str]) -> Iterator[str]:
    for argument in arguments:
        if argument == _STDIN:
            yield from _lines_of_stdin()
        else:
            yield _printable(argument)


def _lines_of_stdin() -> Iterator[str]:
    # Bytes, so that the encoding is UTF-8 on every system; a text stream without them only occurs in tests.
    stream: Iterable[bytes | str] = getattr(sys.stdin, "buffer", sys.stdin)
    for raw in stream:
        line = raw.decode("utf-8", errors="replace") if isinstance(raw, bytes) else raw
        line = line.rstrip("\r\n").removeprefix("\ufeff")
        if line.strip():
            yield line


def _printable(text: str) -> str:
    """``text`` without lone surrogates, which cannot be printed; odd arguments and JSON escapes bring them."""
    return text.encode("utf-8", errors="replace").decode()


def _parse_date(text: str) -> date:
    try:
        if _ISO_DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise InputError("A data deve existir e ser escrita como AAAA-MM-DD.", field="vencimento")


def _print(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def _print_json(record: Mapping[str, object]) -> None:
    _print(json.dumps(record, ensure_ascii=False))


def _usage(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return EXIT_USAGE
