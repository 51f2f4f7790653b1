"""The watched folder: dropped files are imported, registered and answered, once, whatever interrupts the work."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bancointegra.domain.boleto import SituacaoNoBanco
from bancointegra.domain.errors import BankRefused, BankUnavailable, InputError, OutcomeUnknown
from bancointegra.domain.ponte import PreferenciasPasta
from bancointegra.files.office_files import OfficeFiles
from bancointegra.services.importacao import ImportacaoService
from bancointegra.services.pasta_monitorada import ArquivoTratado, PastaMonitoradaService
from bancointegra.services.ponte import PonteService
from bancointegra.system.watched_folder import WatchedFolder
from tests.services.office import Office
from tests.services.small_bank import Killed

HEADER = "numero;parcela;vencimento;valor;sacado;documento;logradouro;bairro;cidade;uf;cep;id_externo"
AURORA = "MERCADO AURORA LTDA;12.ABC.345/01DE-35;Rua das Flores, 120;Centro;São Paulo;SP;01310-100"


def row(numero: int, *, valor: str = "1.250,00", id_externo: str = "") -> str:
    return f"{numero};1;20/12/2026;{valor};{AURORA};{id_externo or f'ERP-{numero}'}"


class Box:
    """A watched folder of the office, and the program next door that uses it."""

    def __init__(self, office: Office, folder: Path) -> None:
        self.office = office
        self.pasta = folder / "entrada de títulos"
        self.pasta.mkdir()
        self.preferencias = PreferenciasPasta(True, self.pasta, "ITAU01", "boleto", registrar=True)
        self.service = self.start()

    def start(self) -> PastaMonitoradaService:
        """The program anew on the same data."""
        office = self.office
        ponte = PonteService(
            importacao=ImportacaoService(
                files=OfficeFiles(), importacoes=office.store.importacoes, clock=office.clock, quem="maria"
            ),
            titulos=office.store.titulos,
            registro=office.registro,
            impressao=office.impressao,
            clock=office.clock,
            executar=map,
        )

        def open_folder(path: Path) -> WatchedFolder:
            return WatchedFolder(path, office.store.identity)

        self.service = PastaMonitoradaService(
            ponte=ponte, contas=office.store.contas, abrir=open_folder, clock=office.clock
        )
        return self.service

    def restart(self) -> None:
        self.office.restart()
        self.start()

    def drop(self, *rows: str, nome: str = "pedidos.csv") -> Path:
        path = self.pasta / nome
        path.write_text("\n".join((HEADER, *rows)), encoding="utf-8")
        return path

    def rounds(self, count: int = 2) -> list[ArquivoTratado]:
        """Two looks are needed before a file is taken."""
        return [each for _ in range(count) for each in self.service.processar(self.preferencias)]

    def answer(self, nome: str = "pedidos.csv") -> dict[str, Any]:
        content: dict[str, Any] = json.loads((self.pasta / f"{nome}.resultado.json").read_bytes())
        return content

    def files(self) -> list[str]:
        """Everything in the folder but its lock."""
        found = (path.relative_to(self.pasta).as_posix() for path in self.pasta.rglob("*") if path.is_file())
        return sorted(name for name in found if not name.endswith(".lock"))


@pytest.fixture
def box(office: Office, tmp_path: Path) -> Box:
    return Box(office, tmp_path)


def test_a_dropped_file_becomes_boletos_pdfs_and_an_answer(box: Box) -> None:
    box.drop(row(1001), row(1002))
    [treated] = box.rounds()
    assert (treated.mudou, treated.path.relative_to(box.pasta).as_posix()) == (True, "processados/pedidos.csv")
    answer = box.answer()
    assert (answer["completo"], answer["conta"], answer["erro"]) == (True, "ITAU01", "")
    first, second = answer["linhas"]
    assert {
        "linha": 2,
        "id_externo": "ERP-1001",
        "titulo": "1001/1",
        "resultado": "novo",
        "situacao": "REGISTRADO",
        "pendente": False,
        "nosso_numero": "00000001",
        "valor": "1250.00",
        "vencimento": "2026-12-20",
        "erro": "",
    }.items() <= first.items()
    assert len(first["codigo_barras"]) == 44
    assert first["linha_digitavel"]
    assert Path(first["pdf"]).is_file()
    assert second["nosso_numero"] == "00000002"
    assert box.files() == ["pedidos.csv.resultado.json", "processados/pedidos.csv"]


def test_the_same_file_and_the_same_external_id_make_one_boleto(box: Box) -> None:
    box.drop(row(1001))
    box.rounds()
    box.drop(row(1001), nome="de novo.csv")
    box.rounds()
    [again] = box.answer("de novo.csv")["linhas"]
    [first] = box.answer()["linhas"]
    assert (again["resultado"], again["nosso_numero"], again["pdf"]) == ("existente", "00000001", first["pdf"])
    box.drop(row(1001, valor="99,00"), nome="outro valor.csv")
    box.rounds()
    [changed] = box.answer("outro valor.csv")["linhas"]
    assert (changed["resultado"], changed["erro"], changed["nosso_numero"]) == ("recusado", "linha_errada", "00000001")
    assert "Enviar Alteração" in changed["mensagem"]
    assert len(box.office.bank.requests) == 1


def test_a_bad_row_stops_no_good_one_and_brings_the_file_to_the_errors(box: Box) -> None:
    box.drop(row(1001), row(1002, valor="abc"), row(1003))
    box.rounds()
    good, bad, other = box.answer()["linhas"]
    assert [good["situacao"], other["situacao"]] == ["REGISTRADO", "REGISTRADO"]
    assert (bad["linha"], bad["resultado"], bad["situacao"], bad["titulo"]) == (3, "recusado", None, "1002/1")
    assert "valor" in bad["mensagem"]
    assert "com-erro/pedidos.csv" in box.files()


@pytest.mark.parametrize(
    ("content", "erro"),
    [
        (b"\0\1\2\3", ""),
        (b"numero;vencimento\n1;2", "colunas_faltando"),
        (f"{HEADER};surpresa\n{row(1)};x".encode(), "colunas_desconhecidas"),
        (b"", ""),
    ],
)
def test_a_file_that_cannot_be_read_is_answered(box: Box, content: bytes, erro: str) -> None:
    (box.pasta / "ruim.csv").write_bytes(content)
    box.rounds()
    answer = box.answer("ruim.csv")
    assert answer["erro"] == erro or (not erro and answer["erro"])
    assert answer["mensagem"].endswith(".")
    assert answer["linhas"] == []
    assert "com-erro/ruim.csv" in box.files()


def test_what_is_still_being_written_waits(box: Box) -> None:
    path = box.drop(row(1001))
    (box.pasta / "outro.csv.tmp").write_text(HEADER, encoding="utf-8")
    (box.pasta / ".escondido.csv").write_text(HEADER, encoding="utf-8")
    assert box.rounds(1) == []
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n{row(1002)}")
    assert box.rounds(1) == []
    [treated] = box.rounds(1)
    assert len(treated.resposta.linhas) == 2
    assert {"outro.csv.tmp", ".escondido.csv"} <= set(box.files())


def test_without_registrar_the_rows_are_only_imported(box: Box) -> None:
    box.preferencias = PreferenciasPasta(True, box.pasta, "ITAU01", "BOLETO")
    box.drop(row(1001))
    box.rounds()
    [linha] = box.answer()["linhas"]
    assert (linha["situacao"], linha["pendente"], linha["nosso_numero"]) == ("PENDENTE", False, None)
    assert box.office.bank.requests == []


def test_a_doubtful_row_is_said_to_be_so_and_completed_when_settled(box: Box) -> None:
    box.office.bank.fail_next(OutcomeUnknown("Sem resposta."), committed=True)
    box.drop(row(1001), row(1002))
    [treated] = box.rounds()
    first, second = box.answer()["linhas"]
    assert (box.answer()["completo"], first["a_confirmar"], first["pendente"], first["erro"]) == (
        False,
        True,
        True,
        "a_confirmar",
    )
    assert (second["situacao"], second["pendente"]) == ("REGISTRADO", False)
    assert treated.path.parent.parent.name == "processando"
    assert not any(each.mudou for each in box.rounds(2)[1:])  # nothing new to tell meanwhile

    box.office.reconciliacao.verificar_todas()
    [done] = box.rounds(1)
    assert done.mudou
    first = box.answer()["linhas"][0]
    assert (box.answer()["completo"], first["situacao"], first["erro"]) == (True, "REGISTRADO", "")
    assert Path(first["pdf"]).is_file()
    assert box.files() == ["pedidos.csv.resultado.json", "processados/pedidos.csv"]


def test_a_bank_that_is_not_reached_is_tried_again_by_itself(box: Box) -> None:
    box.office.bank.fail_next(BankUnavailable("Sem conexão.", code="indisponivel.conexao"))
    box.drop(row(1001))
    box.rounds()
    [linha] = box.answer()["linhas"]
    assert (linha["situacao"], linha["pendente"], linha["erro"]) == ("PENDENTE", True, "indisponivel.conexao")
    box.rounds(1)
    [linha] = box.answer()["linhas"]
    assert (linha["situacao"], linha["erro"]) == ("REGISTRADO", "")
    assert len(box.office.bank.boletos) == 1


def test_a_refused_row_is_final(box: Box) -> None:
    box.office.bank.fail_next(BankRefused("CEP incompatível com a UF."))
    box.drop(row(1001))
    box.rounds(4)
    [linha] = box.answer()["linhas"]
    assert (linha["situacao"], linha["pendente"], linha["erro"]) == ("PENDENTE", False, "recusado")
    assert len(box.office.bank.requests) == 1
    assert "com-erro/pedidos.csv" in box.files()


def kill_at_import(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    def die(*_: object, **__: object) -> None:
        raise Killed

    monkeypatch.setattr(ImportacaoService, "importar", die)


def kill_before_registration(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    box.office.journal.fail_after("mark_enviada", Killed())


def kill_after_registration(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    box.office.bank.fail_next(Killed(), committed=True)


def kill_after_confirmation(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    box.office.journal.fail_after("confirm_registro", Killed())


def kill_between_the_answers(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    def answer_half(self: WatchedFolder, tomado: Path, resposta: bytes) -> None:
        (box.pasta / f"{tomado.name}.resultado.json").write_bytes(resposta)
        raise Killed

    monkeypatch.setattr(WatchedFolder, "responder", answer_half)


def kill_before_the_move(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    def die(*_: object, **__: object) -> None:
        raise Killed

    monkeypatch.setattr(WatchedFolder, "encerrar", die)


@pytest.mark.parametrize(
    "kill",
    [
        kill_at_import,
        kill_before_registration,
        kill_after_registration,
        kill_after_confirmation,
        kill_between_the_answers,
        kill_before_the_move,
    ],
)
def test_killed_anywhere_nothing_is_twice_and_nothing_is_missing(
    box: Box, kill: Callable[[Box, pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    box.drop(row(1001), row(1002))
    with monkeypatch.context() as patch:
        kill(box, patch)
        with pytest.raises(Killed):
            box.rounds()
    box.restart()
    box.office.bank.heal()
    box.office.reconciliacao.verificar_todas()
    box.rounds(1)
    box.office.reconciliacao.verificar_todas()
    box.rounds(1)
    answer = box.answer()
    assert answer["completo"]
    assert [linha["situacao"] for linha in answer["linhas"]] == ["REGISTRADO", "REGISTRADO"]
    assert all(Path(linha["pdf"]).is_file() for linha in answer["linhas"])
    assert len(box.office.bank.boletos) == 2
    assert box.files() == ["pedidos.csv.resultado.json", "processados/pedidos.csv"]


def test_two_programs_on_one_folder_do_not_meet(box: Box) -> None:
    other = Box.__new__(Box)
    other.__dict__.update(box.__dict__)
    second = other.start()
    box.drop(row(1001))
    box.rounds(1)
    second.processar(box.preferencias)
    with WatchedFolder(box.pasta, "outra").exclusiva() as held:
        assert held
        assert second.processar(box.preferencias) == ()
    [treated] = second.processar(box.preferencias)
    assert treated.resposta.is_completa
    assert box.rounds(2) == []
    assert len(box.office.bank.requests) == 1


def test_what_other_data_have_taken_is_left_to_them(box: Box) -> None:
    taken = box.pasta / "processando" / "outros-dados"
    taken.mkdir(parents=True)
    (taken / "deles.csv").write_text(f"{HEADER}\n{row(1001)}", encoding="utf-8")
    assert box.rounds() == []
    assert (taken / "deles.csv").exists()


def test_files_of_the_same_name_keep_their_places(box: Box) -> None:
    for number in (1001, 1002):
        box.drop(row(number))
        box.rounds()
    assert {"processados/pedidos.csv", "processados/pedidos (2).csv"} <= set(box.files())


def test_preferences_that_cannot_be_followed_are_told_and_nothing_is_taken(box: Box, tmp_path: Path) -> None:
    box.drop(row(1001))
    for wrong, said in (
        (PreferenciasPasta(True, tmp_path / "nada", "ITAU01", "BOLETO"), "não existe"),
        (PreferenciasPasta(True, box.pasta, "OUTRA", "BOLETO"), "conta OUTRA"),
        (PreferenciasPasta(True, box.pasta, "ITAU01", "CARNÊ"), "cobrança CARNÊ"),
    ):
        with pytest.raises(InputError, match=said):
            box.service.processar(wrong)
    assert box.files() == ["pedidos.csv"]


def test_a_titulo_deleted_meanwhile_is_told(box: Box) -> None:
    box.office.bank.fail_next(BankUnavailable("Sem conexão."))
    box.drop(row(1001))
    box.rounds()
    [linha] = box.answer()["linhas"]
    draft = next((box.pasta / "processando").rglob("*.resultado.json"))
    draft.write_text(draft.read_text(encoding="utf-8").replace(f'"id": {linha["id"]}', '"id": 999'), encoding="utf-8")
    box.rounds(1)
    [linha] = box.answer()["linhas"]
    assert (linha["situacao"], linha["erro"], linha["id"]) == (None, "titulo_inexistente", None)


def test_a_situation_is_never_guessed(box: Box) -> None:
    """A boleto written off meanwhile is told as it is and not registered again."""
    box.drop(row(1001))
    box.rounds()
    titulo_id = box.answer()["linhas"][0]["id"]
    box.office.bank.say("00000001", SituacaoNoBanco.BAIXADO)
    box.office.consulta.consultar(titulo_id)
    box.drop(row(1001), nome="de novo.csv")
    box.rounds()
    [linha] = box.answer("de novo.csv")["linhas"]
    assert linha["situacao"] == "BAIXADO"
    assert len(box.office.bank.requests) == 1
