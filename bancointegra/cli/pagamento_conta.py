"""``bancointegra pagamento conta``: listar, salvar, testar."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any

from bancointegra.cli import exit_codes
from bancointegra.cli.lote import opened_program
from bancointegra.cli.output import write_json, write_line
from bancointegra.cli.segredo import add_secret, read_secret
from bancointegra.domain.conta import Ambiente
from bancointegra.domain.conta_pagamento import Alcadas, ContaPagamento
from bancointegra.domain.documentos import Documento
from bancointegra.domain.errors import InputError
from bancointegra.domain.reais import Reais

_AMBIENTES = {"simulacao": Ambiente.SIMULACAO, "producao": Ambiente.PRODUCAO}
_SEM_LIMITE = "nenhum"


def register(commands: argparse._SubParsersAction[Any]) -> None:
    """Add ``conta`` to the commands of ``pagamento``."""
    conta = commands.add_parser("conta", help="Contas de Pagamento na Celcoin")
    actions = conta.add_subparsers(metavar="COMANDO", required=True)

    listar = actions.add_parser("listar", help="lista as contas; segredos nunca são mostrados")
    listar.add_argument("--json", action="store_true", help="um objeto JSON por linha")
    listar.set_defaults(func=_listar)

    salvar = actions.add_parser("salvar", help="cria uma conta, ou muda o que for informado")
    _add_fields(salvar)
    salvar.set_defaults(func=_salvar)

    testar = actions.add_parser("testar", help="pede um token e o saldo; nada muda na Celcoin")
    testar.add_argument("mnemonico", metavar="MNEMONICO")
    testar.add_argument("--json", action="store_true", help="um objeto JSON por linha")
    testar.set_defaults(func=_testar)


def _add_fields(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("mnemonico", metavar="MNEMONICO")
    parser.add_argument("--client-id", metavar="ID", help="o ClientID que a Celcoin enviou")
    parser.add_argument("--documento", metavar="CPF|CNPJ", help="de quem paga")
    parser.add_argument("--nome", metavar="NOME", help="de quem paga")
    parser.add_argument(
        "--terminal",
        metavar="NOME",
        help="deste escritório, diferente dos outros do mesmo ClientID; se faltar, o programa escolhe",
    )
    parser.add_argument("--ambiente", choices=sorted(_AMBIENTES))
    parser.add_argument("--servidor", dest="host", metavar="URL", help="https; vazio vale o de produção da Celcoin")
    parser.add_argument("--certificado", type=Path, metavar="ARQ.crt", help="se a Celcoin pedir")
    parser.add_argument("--chave", type=Path, metavar="ARQ.key", help="PKCS#8 cifrado com senha")
    parser.add_argument("--raiz", type=Path, metavar="ARQ.pem", help="raiz de confiança da SIMULAÇÃO")
    for name in ("pagamento", "dia", "sem-aprovacao"):
        parser.add_argument(f"--limite-{name}", type=_limite, metavar="1.000,00|nenhum")
    add_secret(parser, "--segredo-de", "o ClientSecret")
    add_secret(parser, "--senha-da-chave-de", "a senha da chave privada")
    parser.add_argument("--json", action="store_true", help="um objeto JSON por linha")


def _listar(args: argparse.Namespace) -> int:
    with opened_program(args) as program:
        for conta in program.services.pagamentos.conta.todas():
            if args.json:
                write_json(_conta_json(conta))
            else:
                write_line(f"{conta.mnemonico:20} {conta.resumo} · {conta.ambiente.value}")
    return exit_codes.OK


def _salvar(args: argparse.Namespace) -> int:
    secret = read_secret(args.segredo_de) if args.segredo_de else None
    passphrase = read_secret(args.senha_da_chave_de) if args.senha_da_chave_de else None
    with opened_program(args) as program:
        service = program.services.pagamentos.conta
        known = service.por_mnemonico(args.mnemonico)
        stored = service.salvar(_changed(known or _blank(args), args), secret, passphrase)
    if args.json:
        write_json(_conta_json(stored))
    else:
        write_line(f"Conta {stored.mnemonico} salva ({stored.resumo}, {stored.ambiente.value}).")
    return exit_codes.OK


def _testar(args: argparse.Namespace) -> int:
    with opened_program(args) as program:
        service = program.services.pagamentos.conta
        conta = service.por_mnemonico(args.mnemonico)
        if conta is None:
            raise InputError(f"Não há conta de pagamento com o mnemônico {args.mnemonico}.", field="MNEMONICO")
        saldo = service.testar(conta)
    if args.json:
        write_json({"ok": True, "saldo": str(saldo.disponivel.decimal)})
    else:
        write_line(f"A Celcoin respondeu. Saldo: {saldo.disponivel.com_simbolo}")
    return exit_codes.OK


def _blank(args: argparse.Namespace) -> ContaPagamento:
    """A new account, to be filled from ``args``."""
    documento = Documento.parse(args.documento or "")
    return ContaPagamento(0, args.mnemonico, Ambiente.SIMULACAO, "", documento, "", terminal="")


def _changed(conta: ContaPagamento, args: argparse.Namespace) -> ContaPagamento:
    """``conta`` with the options that were given."""
    given = {name: value for name, value in vars(args).items() if value is not None}
    changes: dict[str, Any] = {name: given[name] for name in ("client_id", "nome", "terminal", "host") if name in given}
    for option, field in (("certificado", "certificate_path"), ("chave", "key_path"), ("raiz", "ca_path")):
        if option in given:
            changes[field] = str(given[option].absolute())
    if args.documento is not None:
        changes["pagador"] = Documento.parse(args.documento)
    if args.ambiente:
        changes["ambiente"] = _AMBIENTES[args.ambiente]
    return replace(conta, **changes, alcadas=_alcadas(conta.alcadas, given))


def _alcadas(alcadas: Alcadas, given: dict[str, Any]) -> Alcadas:
    for option, field in (
        ("limite_pagamento", "por_pagamento"),
        ("limite_dia", "por_dia"),
        ("limite_sem_aprovacao", "sem_aprovacao"),
    ):
        if option in given:
            amount = None if given[option] == _SEM_LIMITE else given[option]
            alcadas = replace(alcadas, **{field: amount})
    return alcadas


def _limite(text: str) -> Reais | str:
    if text == _SEM_LIMITE:
        return text
    try:
        return Reais.parse(text)
    except InputError as error:
        raise argparse.ArgumentTypeError(error.message) from None


def _conta_json(conta: ContaPagamento) -> dict[str, Any]:
    alcadas = conta.alcadas
    return {
        "mnemonico": conta.mnemonico,
        "ambiente": conta.ambiente.name.lower(),
        "client_id": conta.client_id,
        "documento": conta.pagador.numero,
        "nome": conta.nome,
        "terminal": conta.terminal,
        "servidor": conta.host,
        "limite_pagamento": _plain(alcadas.por_pagamento),
        "limite_dia": _plain(alcadas.por_dia),
        "limite_sem_aprovacao": _plain(alcadas.sem_aprovacao),
    }


def _plain(amount: Reais | None) -> str | None:
    return None if amount is None else str(amount.decimal)
