"""The clerk's manual agrees with the program: pages, links, pictures, labels, actions, keys and columns."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import pytest

import bancointegra.ui
from bancointegra.domain.importacao import OBRIGATORIOS, OPCIONAIS
from bancointegra.ui import help as help_texts
from bancointegra.ui import manual_pages
from bancointegra.ui.cadastros.keys import SHORTCUTS as CADASTRO_SHORTCUTS
from bancointegra.ui.conta.keys import SHORTCUTS as CONTA_SHORTCUTS
from bancointegra.ui.exportacao.list_export import SHORTCUT as EXPORTAR
from bancointegra.ui.importacao.keys import SHORTCUTS as IMPORTACAO_SHORTCUTS
from bancointegra.ui.integracao.actions import ACTIONS
from bancointegra.ui.integracao.page import SHORTCUTS as INTEGRACAO_SHORTCUTS
from bancointegra.ui.integracao.sections import SECTIONS
from bancointegra.ui.pagamento.actions import SHORTCUTS as PAGAMENTO_SHORTCUTS
from bancointegra.ui.titulos.keys import SHORTCUTS as TITULOS_SHORTCUTS

CHAPTERS = [
    "apresentacao",
    "premissas",
    "certificado",
    "conta-bancaria",
    "status",
    "consultar-pendentes",
    "registrar",
    "enviar-alteracao",
    "consultar-liquidacao",
    "visualizar-liquidados",
    "baixar",
    "protestar",
    "cancelar-protesto",
    "a-confirmar",
    "titulos",
    "pagadores",
    "cadastros",
    "importar-titulos",
    "exportar",
    "pasta-monitorada",
    "conta-celcoin",
    "pagar-contas",
    "pagamentos",
    "lote-de-contas",
    "comprovantes",
    "ocorrencias",
    "convenios",
    "instalacao",
    "dados-e-copia",
    "atalhos",
    "problemas",
]
"""The chapters of the manual the program was ordered by, in its order, and then what it lacked."""

LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)]+)\)")
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
BOLD = re.compile(r"\*\*([^*]+)\*\*")
MENU_CALLS = {"ScreenEntry": ("title", 2), "MenuCommand": ("title", 1), "add": ("title", 1)}
LARGEST_PICTURE, LARGEST_TOTAL = 120_000, 2_500_000


@pytest.fixture(scope="module")
def folder(root: Path) -> Path:
    return root / "docs" / "manual"


@pytest.fixture(scope="module")
def pages(folder: Path) -> dict[str, str]:
    return {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}


@pytest.fixture(scope="module")
def program(root: Path) -> list[ast.Module]:
    """The source of everything whose words can come to the screen."""
    return [
        ast.parse(path.read_text(encoding="utf-8"))
        for layer in ("ui", "bootstrap", "domain", "services")
        for path in sorted((root / "bancointegra" / layer).rglob("*.py"))
    ]


@pytest.fixture(scope="module")
def words(program: list[ast.Module]) -> set[str]:
    """Every text of the program, docstrings aside, without the mark of its letter and the key written beside it."""
    nodes = [node for module in program for node in ast.walk(module)]
    docstrings = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    texts = {
        node.value
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
    }
    plain = {text.replace("&", "") for text in texts}
    return plain | {re.split(r"  | \((?=Alt|Ctrl|F\d)", text)[0] for text in plain}


def test_the_chapters_come_in_the_order_of_the_old_manual(pages: dict[str, str]) -> None:
    assert re.findall(r"^\d+\. \[[^\]]+\]\(([\w-]+)\.md\)", pages["index"], re.M) == CHAPTERS


def test_every_page_is_reached_from_the_index(pages: dict[str, str]) -> None:
    reached, waiting = set(), ["index"]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += [Path(link).stem for link in LINK.findall(pages[name]) if link.endswith(".md")]
    assert reached == set(pages)


def test_every_page_leads_somewhere_and_has_one_title(pages: dict[str, str], folder: Path) -> None:
    for name, text in pages.items():
        assert [link for link in LINK.findall(text) if not (folder / link).exists()] == [], name
        assert len(re.findall(r"^# ", text, re.M)) == 1, name


def test_every_picture_exists_is_described_used_and_small(pages: dict[str, str], folder: Path) -> None:
    named = [found for text in pages.values() for found in PICTURE.findall(text)]
    assert all(described.strip() for described, _ in named)
    kept = {path.relative_to(folder).as_posix(): path.stat().st_size for path in (folder / "imagens").iterdir()}
    assert {picture for _, picture in named} == set(kept)
    assert max(kept.values()) <= LARGEST_PICTURE
    assert sum(kept.values()) <= LARGEST_TOTAL


def test_every_label_in_bold_is_on_the_screen(pages: dict[str, str], words: set[str]) -> None:
    wrong = {name: [label for label in BOLD.findall(text) if label not in words] for name, text in pages.items()}
    assert {name: labels for name, labels in wrong.items() if labels} == {}


def test_every_action_is_explained_and_has_its_page(pages: dict[str, str]) -> None:
    assert [action.label for action in ACTIONS if action.label not in manual_pages.PAGE_OF_ACTION] == []
    for label, page in manual_pages.PAGE_OF_ACTION.items():
        assert f"**{label}**" in pages[page]


def test_every_entry_of_the_menu_is_in_the_manual(pages: dict[str, str], program: list[ast.Module]) -> None:
    entries = {title for module in program for node in ast.walk(module) if (title := menu_title(node))}
    assert {"Manual", "Sobre", "Conta Bancária", "Integração Bancária", "Importar títulos"} <= entries
    everything = "".join(pages.values())
    assert [title for title in sorted(entries) if f"**{title}**" not in everything] == []


def menu_title(node: ast.AST) -> str:
    """The title that a call gives to an entry of the menu; empty for any other call."""
    if not isinstance(node, ast.Call):
        return ""
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    if name not in MENU_CALLS or (name == "add" and not (node.args and isinstance(node.args[0], ast.Tuple))):
        return ""
    keyword, position = MENU_CALLS[name]
    given = [k.value for k in node.keywords if k.arg == keyword] or node.args[position : position + 1]
    return next((str(value.value) for value in given if isinstance(value, ast.Constant)), "")


def test_every_key_is_listed(pages: dict[str, str]) -> None:
    listed = "".join(line for line in pages["atalhos"].splitlines() if line.startswith("|")).replace("`", "")
    shortcuts = (
        *help_texts.GENERAL_SHORTCUTS,
        *INTEGRACAO_SHORTCUTS,
        *CONTA_SHORTCUTS,
        *IMPORTACAO_SHORTCUTS,
        EXPORTAR,
        *TITULOS_SHORTCUTS,
        *CADASTRO_SHORTCUTS,
        *PAGAMENTO_SHORTCUTS,
        *((action.shortcut, action.label) for action in ACTIONS),
        *help_texts.LIST_SHORTCUTS,
        *help_texts.FIELD_SHORTCUTS,
    )
    spoken = {keys: keys.replace("Shift+seta", "Shift e seta") for keys, _ in shortcuts}
    assert [keys for keys, text in spoken.items() if f"| {text} |" not in listed] == []


def test_every_column_of_the_import_is_explained(pages: dict[str, str]) -> None:
    for column in OBRIGATORIOS + OPCIONAIS:
        must = "sim" if column in OBRIGATORIOS else "não"
        assert re.search(rf"^\| `{column.value}` \| {must} \|", pages["importar-titulos"], re.M), column


def test_f1_knows_only_pages_and_widgets_that_exist(pages: dict[str, str]) -> None:
    assert set(manual_pages.PAGE_OF.values()) | set(manual_pages.PAGE_OF_ACTION.values()) <= set(pages)
    known = {
        name
        for module in pkgutil.walk_packages(bancointegra.ui.__path__, "bancointegra.ui.")
        for name, _ in inspect.getmembers(importlib.import_module(module.name), inspect.isclass)
    }
    sections = {section.key for section in SECTIONS}
    for key in manual_pages.PAGE_OF:
        class_name, _, section = key.partition("/")
        assert class_name in known
        assert not section or section in sections
