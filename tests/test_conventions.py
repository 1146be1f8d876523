"""What every page and module keeps to, read from the source."""

import ast
import re
from pathlib import Path

import pytest

from scorecard.presentation.texts import Language, load_texts
from scorecard.ui.navigation import PAGES

ROOT = Path(__file__).parents[1]
PAGE_FILES = sorted(ROOT.glob("pages/**/*.py"))
CODE_FILES = [*ROOT.glob("scorecard/**/*.py"), *PAGE_FILES, ROOT / "app.py"]
VIETNAMESE = re.compile("(?![×÷])[À-ɏ\u1ea0-\u1eff]")
MOST_LINES_OF_A_PAGE = 80
MOST_LINES_OF_A_MODULE = 250


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def literals(tree: ast.AST) -> list[str]:
    """Return the strings of a module except docstrings and the pieces of composed strings."""
    spoken_of = [node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)]
    pieces = [piece for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for piece in node.values]
    left_out = {id(node) for node in (*spoken_of, *pieces)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in left_out
    ]


def test_every_page_is_known_to_the_menu_and_every_entry_of_the_menu_is_a_page() -> None:
    assert {name(path) for path in PAGE_FILES} == {spec.path for spec in PAGES}
    assert len({spec.url for spec in PAGES}) == len(PAGES)


@pytest.mark.parametrize("spec", PAGES, ids=lambda spec: spec.url)
def test_a_page_lies_in_the_folder_of_its_section(spec: object) -> None:
    # A script directly in pages/ can be opened without app.py running at all.
    assert re.fullmatch(rf"pages/{spec.section}/\w+\.py", spec.path)


@pytest.mark.parametrize("path", PAGE_FILES, ids=name)
def test_the_first_thing_a_page_does_is_to_ask_its_guard(path: Path) -> None:
    statements = ast.parse(path.read_text(encoding="utf-8")).body
    first = next(
        node
        for node in statements
        if not isinstance(node, ast.Import | ast.ImportFrom)
        and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
    )
    assert isinstance(first, ast.Assign)
    assert isinstance(first.value, ast.Call)
    assert ast.unparse(first.value.func) == "open_page"


@pytest.mark.parametrize("path", PAGE_FILES, ids=name)
def test_a_page_is_thin(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    imported = {node.module for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom)}
    assert len(source.splitlines()) <= MOST_LINES_OF_A_PAGE
    assert "polars" not in source
    assert not re.search(r"\bSELECT\b|\bINSERT\b|number_input|:[.,]\d*[f%d]}", source)
    assert not {module for module in imported if module and module.startswith("scorecard.store")}


@pytest.mark.parametrize("path", CODE_FILES, ids=name)
def test_what_people_read_stands_in_the_text_files(path: Path) -> None:
    found = [text for text in literals(ast.parse(path.read_text(encoding="utf-8"))) if VIETNAMESE.search(text)]
    assert found == []


@pytest.mark.parametrize("path", CODE_FILES, ids=name)
def test_a_module_can_be_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES_OF_A_MODULE


@pytest.mark.parametrize("path", [path for path in CODE_FILES if "/ui/" in path.as_posix()], ids=name)
def test_a_number_is_never_asked_for_in_a_box_that_misreads_a_decimal_comma(path: Path) -> None:
    assert "number_input" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", [path for path in CODE_FILES if "/ui/" in path.as_posix()], ids=name)
def test_a_frame_is_never_what_a_cache_is_keyed_on(path: Path) -> None:
    # Streamlit hashes only the first and last rows of a frame.
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef) and any("cache_data" in ast.unparse(d) for d in node.decorator_list):
            keyed = [arg for arg in (*node.args.args, *node.args.kwonlyargs) if not arg.arg.startswith("_")]
            assert all("DataFrame" not in ast.unparse(arg.annotation) for arg in keyed if arg.annotation)


def test_every_text_that_is_asked_for_exists() -> None:
    texts = load_texts(Language.VIETNAMESE)
    groups = {key.partition(".")[0] for key in texts.entries}
    asked_for = re.compile(rf"({'|'.join(groups)})\.(?!(css|csv|db|html|js|json|py|svg|toml|yaml)$)[a-z_0-9]+")
    for path in CODE_FILES:
        for text in literals(ast.parse(path.read_text(encoding="utf-8"))):
            assert texts.has(text) or not asked_for.fullmatch(text), f"{name(path)}: {text}"
