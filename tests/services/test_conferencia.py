"""After an old copy is restored nothing is registered twice: the bank is asked what the copy has forgotten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from bancointegra.domain.boleto import SituacaoNoBanco
from bancointegra.domain.conferencia import FOLGA
from bancointegra.domain.errors import BankUnavailable, OutcomeUnknown, StoreError
from bancointegra.domain.order import Desfecho
from bancointegra.domain.reais import Reais
from bancointegra.domain.situacao import Situacao
from bancointegra.services.envio import OrderSender
from bancointegra.store.restauracao import restore_store
from tests.builders import JOAO, novo_titulo
from tests.services.office import Office

Restore = Callable[..., None]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return tmp_path / "cópia.sqlite3"


@pytest.fixture
def restore(office: Office, tmp_path: Path, copy: Path) -> Restore:
    """Goes back to the copy; without ``present`` on a computer that has nothing else."""
    data = tmp_path / "dados.sqlite3"

    def go_back(*, present: bool = True) -> None:
        office.store.close()
        if not present:
            data.unlink()
        restore_store(
            data, copy, aside=tmp_path / "antes.sqlite3", now=office.clock.now(), shown_after=OrderSender.shown_after
        )
        office.reopen()

    return go_back


def registered_numbers(office: Office) -> list[str]:
    return [pedido.nosso_numero for pedido, _ in office.bank.requests]


def once_each(office: Office) -> bool:
    """Whether no título was registered under two numbers: the bank holds one boleto for each."""
    owners = [consulta.seu_numero for consulta in office.bank.boletos.values()]
    return len(owners) == len(set(owners))


@pytest.mark.parametrize("present", [True, False], ids=["with the present data", "on an empty computer"])
def test_what_was_registered_after_the_copy_is_found_and_not_registered_again(
    office: Office, copy: Path, restore: Restore, present: bool
) -> None:
    first, second = office.add(novo_titulo(1001), novo_titulo(1002))
    office.store.copias.write(copy)
    office.registro.registrar(first, gerar_pdf=False)
    restore(present=present)

    refused = office.registro.registrar(first, gerar_pdf=False)
    assert (refused.desfecho, refused.codigo) == (Desfecho.NAO_ENVIADA, "conta_a_conferir")
    assert office.reconciliacao.verificar_todas() == ()  # too early: the bank may not show it yet
    assert office.titulo(first).situacao is Situacao.PENDENTE

    office.clock.advance(hours=2, minutes=1)
    [found] = office.reconciliacao.verificar_todas()
    assert (found.titulo_id, found.desfecho) == (first, Desfecho.CONFIRMADA)
    assert office.titulo(first).situacao is Situacao.REGISTRADO
    assert office.registro.registrar(first, gerar_pdf=False).desfecho is Desfecho.NAO_ENVIADA
    assert office.registro.registrar(second, gerar_pdf=False).desfecho is Desfecho.CONFIRMADA
    assert len(office.bank.boletos) == 2
    assert once_each(office)


def test_a_copy_that_has_forgotten_nothing_holds_nothing_up(office: Office, copy: Path, restore: Restore) -> None:
    first, second = office.add(novo_titulo(1001), novo_titulo(1002))
    office.registro.registrar(first, gerar_pdf=False)
    office.store.copias.write(copy)
    restore()
    assert office.conferencia.abertas() == ()
    assert office.registro.registrar(second, gerar_pdf=False).desfecho is Desfecho.CONFIRMADA


def test_a_titulo_that_comes_again_after_the_restore_gets_the_boleto_it_has(
    office: Office, copy: Path, restore: Restore
) -> None:
    office.add(novo_titulo(1001))
    office.store.copias.write(copy)
    [later] = office.add(novo_titulo(2001))
    office.registro.registrar(later, gerar_pdf=False)
    restore()
    office.clock.advance(hours=3)
    assert office.reconciliacao.verificar_todas() == ()
    [again] = office.add(novo_titulo(2001))
    resultado = office.registro.registrar(again, gerar_pdf=False)
    assert resultado.desfecho is Desfecho.CONFIRMADA
    assert "Já estava registrado" in resultado.mensagem
    assert len(office.bank.requests) == 1


def test_a_doubtful_order_of_the_copy_is_not_sent_again_under_its_old_number(
    office: Office, copy: Path, restore: Restore
) -> None:
    """After the copy it was settled as never arrived, refused, corrected and registered under another number."""
    [titulo_id] = office.add(novo_titulo(1001))
    office.bank.fail_next(OutcomeUnknown("caiu"))
    office.registro.registrar(titulo_id, gerar_pdf=False)
    office.store.copias.write(copy)
    office.bank.refused_sacados.add(novo_titulo().sacado.documento.numero)
    office.reconciliacao.verificar_todas()
    office.bank.refused_sacados.clear()
    office.clock.advance(hours=3)
    assert office.registro.registrar(titulo_id, gerar_pdf=False).desfecho is Desfecho.CONFIRMADA
    restore()
    sent = len(office.bank.requests)
    [doubtful] = office.reconciliacao.verificar_todas()
    assert (doubtful.desfecho, len(office.bank.requests)) == (Desfecho.A_CONFIRMAR, sent)
    office.clock.advance(hours=3)
    office.reconciliacao.verificar_todas()
    assert office.titulo(titulo_id).situacao is Situacao.REGISTRADO
    assert office.order_in_doubt(titulo_id) is None
    assert len(office.bank.requests) == sent


def test_a_boleto_changed_and_paid_meanwhile_comes_back_as_the_bank_has_it(
    office: Office, copy: Path, restore: Restore
) -> None:
    [titulo_id] = office.add(novo_titulo(1001))
    office.store.copias.write(copy)
    office.registro.registrar(titulo_id, gerar_pdf=False)
    [(key, boleto)] = office.bank.boletos.items()
    changed = replace(boleto.registrado, valor=Reais(9900), vencimento=date(2027, 1, 20))
    office.bank.boletos[key] = replace(boleto, registrado=changed)
    office.bank.say(key[1], SituacaoNoBanco.LIQUIDADO)
    restore()
    office.clock.advance(hours=3)
    office.reconciliacao.verificar_todas()
    titulo = office.titulo(titulo_id)
    assert (titulo.situacao, titulo.valor, titulo.vencimento) == (
        Situacao.LIQUIDADO,
        Reais(9900),
        date(2027, 1, 20),
    )


def test_a_search_the_bank_interrupts_goes_on_where_it_was(office: Office, copy: Path, restore: Restore) -> None:
    ids = office.add(*(novo_titulo(1000 + n) for n in range(1, 6)))
    office.store.copias.write(copy)
    for titulo_id in ids:
        office.registro.registrar(titulo_id, gerar_pdf=False)
    restore(present=False)
    office.clock.advance(hours=3)
    real = office.bank.consultar
    asked = []

    def consultar(carteira: str, nosso_numero: str):  # type: ignore[no-untyped-def]
        asked.append(nosso_numero)
        if len(asked) == 3:
            raise BankUnavailable("Sem conexão.")
        return real(carteira, nosso_numero)

    office.bank.consultar = consultar  # type: ignore[method-assign]
    assert len(office.conferencia.conferir()) == 2
    assert office.conferencia.abertas()[0].proximo == 3
    assert len(office.conferencia.conferir()) == 3
    assert asked.count("00000001") == 1
    assert office.conferencia.abertas() == ()
    assert office.store.contas.get(office.conta.id).ultimo_nosso_numero == 5 + FOLGA


def test_the_clerk_who_knows_the_last_number_makes_the_search_go_that_far(
    office: Office, copy: Path, restore: Restore
) -> None:
    """So many refusals in a row that the search alone would have ended before the last boleto."""
    [titulo_id] = office.add(novo_titulo(1001))
    office.store.copias.write(copy)
    office.store.contas.advance_ultimo_nosso_numero(office.conta.id, FOLGA + 50)
    office.registro.registrar(titulo_id, gerar_pdf=False)
    restore(present=False)
    office.store.contas.advance_ultimo_nosso_numero(office.conta.id, FOLGA + 60)
    office.clock.advance(hours=3)
    [found] = office.reconciliacao.verificar_todas()
    assert found.titulo_id == titulo_id


def test_going_back_twice_still_looks_for_what_the_first_time_forgot(
    office: Office, copy: Path, restore: Restore, tmp_path: Path
) -> None:
    first, second = office.add(novo_titulo(1001), novo_titulo(1002, sacado=JOAO))
    office.store.copias.write(copy)
    office.registro.registrar(first, gerar_pdf=False)
    restore()
    (tmp_path / "antes.sqlite3").unlink()
    restore()
    office.clock.advance(hours=3)
    office.reconciliacao.verificar_todas()
    assert office.titulo(first).situacao is Situacao.REGISTRADO
    assert office.registro.registrar(second, gerar_pdf=False).desfecho is Desfecho.CONFIRMADA
    assert once_each(office)


def test_damaged_data_are_kept_aside_and_the_bank_is_asked(
    office: Office, copy: Path, restore: Restore, tmp_path: Path
) -> None:
    [titulo_id] = office.add(novo_titulo(1001))
    office.store.copias.write(copy)
    office.registro.registrar(titulo_id, gerar_pdf=False)
    office.store.close()
    damaged = b"SQLite format 3\0" + b"\xff" * 8000
    (tmp_path / "dados.sqlite3").write_bytes(damaged)
    restore()
    assert (tmp_path / "antes.sqlite3").read_bytes() == damaged
    office.clock.advance(hours=3)
    office.reconciliacao.verificar_todas()
    assert office.titulo(titulo_id).situacao is Situacao.REGISTRADO


def test_a_restore_that_fails_leaves_the_data_as_they_were(office: Office, restore: Restore, copy: Path) -> None:
    [titulo_id] = office.add(novo_titulo(1001))
    copy.write_bytes(b"nada disso")
    with pytest.raises(StoreError, match="danificada"):
        restore()
    office.reopen()
    assert office.titulo(titulo_id).situacao is Situacao.PENDENTE
    assert [path for path in copy.parent.iterdir() if "restaurando" in path.name] == []


def test_the_time_is_counted_from_the_last_order_that_left(office: Office, copy: Path, restore: Restore) -> None:
    [titulo_id] = office.add(novo_titulo(1001))
    office.store.copias.write(copy)
    office.registro.registrar(titulo_id, gerar_pdf=False)
    sent = office.clock.now()
    office.clock.advance(days=1)
    restore()
    [aberta] = office.conferencia.abertas()
    assert aberta.nao_antes == sent + timedelta(hours=2)
    assert [found.titulo_id for found in office.conferencia.conferir()] == [titulo_id]


def test_a_carteira_changed_since_the_copy_is_the_one_asked_about(office: Office, copy: Path, restore: Restore) -> None:
    [titulo_id] = office.add(novo_titulo(1001))
    office.store.copias.write(copy)
    office.store.contas.save(replace(office.store.contas.get(office.conta.id), carteira="112"))
    office.registro.registrar(titulo_id, gerar_pdf=False)
    restore()
    assert office.store.contas.get(office.conta.id).carteira == "112"
    office.clock.advance(hours=3)
    assert [found.titulo_id for found in office.reconciliacao.verificar_todas()] == [titulo_id]
    assert once_each(office)
