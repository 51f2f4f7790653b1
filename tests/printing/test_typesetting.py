"""Whatever the text, it fits the room it is given."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bancointegra.printing.typefaces import Face, Typefaces
from bancointegra.printing.typesetting import Run, Typesetter

FACES = Typefaces(Path(__file__).parents[2] / "resources" / "fonts")
LARGEST, SMALLEST = 9.0, 4.5

texts = st.text(alphabet=st.characters(codec="utf-8"), max_size=300) | st.from_regex(r"([A-Z]{1,40} ){1,12}")


@settings(max_examples=60, deadline=None)
@given(text=texts, width=st.floats(20, 500))
def test_a_line_fits(text: str, width: float) -> None:
    block = Typesetter(FACES).fit_line(Run(text, Face.MEDIUM), width, LARGEST, SMALLEST)
    assert len(block.lines) == 1
    assert SMALLEST <= block.size <= LARGEST
    assert FACES.width(block.lines[0].text, Face.MEDIUM, block.size) <= width + 0.01


@settings(max_examples=60, deadline=None)
@given(paragraphs=st.lists(texts, max_size=4), width=st.floats(20, 500), height=st.floats(8, 60))
def test_a_block_fits(paragraphs: list[str], width: float, height: float) -> None:
    block = Typesetter(FACES).fit_block([Run(text) for text in paragraphs], width, height, LARGEST, SMALLEST)
    assert len(block.lines) * block.leading <= height
    for line in block.lines:
        assert FACES.width(line.text, line.face, block.size) <= width + 0.01


def test_words_are_kept_whole_and_complete() -> None:
    text = "COOPERATIVA AGROINDUSTRIAL DOS PRODUTORES RURAIS DO TRIÂNGULO MINEIRO"
    block = Typesetter(FACES).fit_block([Run(text)], 120, 40, LARGEST, SMALLEST)
    assert len(block.lines) > 1
    assert " ".join(line.text for line in block.lines) == text


def test_what_does_not_fit_even_small_ends_in_an_ellipsis() -> None:
    block = Typesetter(FACES).fit_block([Run("palavra " * 200)], 100, 12, LARGEST, SMALLEST)
    assert block.size == SMALLEST
    assert block.lines[-1].text.endswith("…")
    assert Typesetter(FACES).fit_line(Run("palavra" * 50), 60, LARGEST, SMALLEST).lines[0].text.endswith("…")
