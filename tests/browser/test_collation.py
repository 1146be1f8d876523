"""Our order of names beside that of a browser, which sorts by the Unicode consortium's tables for Vietnamese."""

from itertools import product
from pathlib import Path

from playwright.sync_api import Browser

from scorecard.definitions import read_province
from scorecard.domain.collation import sort_key
from scorecard.workflow.settings import ROOT

LETTERS = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵAĂÂĐÊÔƠƯ 019"


def unit_names(folder: Path) -> set[str]:
    province = read_province(folder).province
    assert province is not None
    return {unit.name for unit in province.units.members}


def test_a_browser_puts_names_into_the_same_order(browser: Browser) -> None:
    words = {"".join(letters).strip() for letters in product(LETTERS, repeat=2)}
    names = sorted(words | set().union(*(unit_names(path.parent) for path in ROOT.glob("targets/*/units.csv"))))
    page = browser.new_page()
    assert page.evaluate("Intl.Collator.supportedLocalesOf('vi')") == ["vi"]
    theirs = page.evaluate("names => names.sort(new Intl.Collator('vi').compare)", names)
    page.close()
    assert sorted(names, key=sort_key) == theirs
