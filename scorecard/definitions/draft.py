"""One folder of definitions as read, before anything in it is known to fit together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Generic, TypeVar

from scorecard.definitions.fields import Record
from scorecard.definitions.index_records import IndexFile
from scorecard.definitions.kinds import UnreadError
from scorecard.definitions.plan_records import PlanFile
from scorecard.definitions.problem import Place, Problem, error
from scorecard.definitions.records import (
    ElementRecord,
    FormFile,
    IndicatorRecord,
    IndicatorsFile,
    LineageRow,
    ListRow,
    ProvinceFile,
    UnitRow,
)
from scorecard.definitions.shapes import Nested
from scorecard.definitions.source import compose, read_text
from scorecard.definitions.table import read_table
from scorecard.domain.digest import digest_of
from scorecard.domain.unit import Unit, Units

R = TypeVar("R", bound=Record)

SUFFIXES = (".yaml", ".yml", ".csv")

_READ = ("province.yaml", "units.csv", "lineage.csv", "indicators.yaml")
_READ_IN = {"forms": ".yaml", "lists": ".csv", "plans": ".yaml", "indexes": ".yaml"}


@dataclass(frozen=True, slots=True)
class Part(Generic[R]):
    """The records of one kind; not `complete` when some could not be read at all."""

    records: tuple[R, ...]
    complete: bool

    def whole(self) -> tuple[R, ...]:
        """Return all records; UnreadError when some are not known, so that nothing is called missing wrongly."""
        if not self.complete:
            raise UnreadError
        return self.records


@dataclass(frozen=True)
class Draft:
    """The records of a folder; what refers to a part that could not be read raises UnreadError."""

    id: str
    province: Part[ProvinceFile]
    units: Part[UnitRow]
    lineage: Part[LineageRow]
    forms: Part[FormFile]
    indicators_files: Part[IndicatorsFile]
    lists: Mapping[str, Part[ListRow]]
    plans: Part[PlanFile]
    indexes: Part[IndexFile]
    digest: str

    @property
    def settings(self) -> ProvinceFile:
        """province.yaml; UnreadError when it could not be read."""
        return self.province.whole()[0]

    @cached_property
    def levels(self) -> frozenset[str]:
        """Ids of the levels."""
        return frozenset(level.value.id for level in self.settings.levels)

    @cached_property
    def kinds(self) -> frozenset[str]:
        """Ids of the kinds of units."""
        return frozenset(entry.key for entry in self.settings.kinds)

    @cached_property
    def units_through_time(self) -> Units:
        """All units, without their lineage."""
        return Units(tuple(unit_of(row) for row in self.units.whole()))

    @cached_property
    def elements(self) -> Mapping[str, ElementRecord]:
        """Elements of all forms by id."""
        return {each.value.id: each.value for form in self.forms.whole() for each in form.elements}

    @property
    def indicators(self) -> tuple[IndicatorRecord, ...]:
        """Indicators in the order of the file."""
        return tuple(each.value for file in self.indicators_files.whole() for each in file.indicators)

    @cached_property
    def indicators_by_id(self) -> Mapping[str, IndicatorRecord]:
        """Indicators by id; the first where an id stands twice."""
        return {each.id: each for each in reversed(self.indicators)}


def unit_of(row: UnitRow) -> Unit:
    """Return the unit of a row; UnreadError when a value of it could not be read."""
    return Unit(
        code=row.code,
        name=row.name,
        kind=row.kind,
        level=row.level,
        parent=row.parent,
        peer_group=row.peer_group,
        protocol_order=row.protocol_order,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def read_draft(folder: Path, problems: list[Problem]) -> Draft:
    """Read every definition file of a folder and report what cannot be read."""
    reader = _Reader(folder, problems)
    reader.refuse_strangers()
    return Draft(
        id=folder.name,
        province=reader.documents(ProvinceFile, "province.yaml"),
        units=reader.table(UnitRow, "units.csv"),
        lineage=reader.table(LineageRow, "lineage.csv", may_lack=True),
        forms=reader.documents(FormFile, *reader.names("forms")),
        indicators_files=reader.documents(IndicatorsFile, "indicators.yaml"),
        lists={Path(name).stem: reader.table(ListRow, name) for name in reader.names("lists")},
        plans=reader.documents(PlanFile, *reader.names("plans")),
        indexes=reader.documents(IndexFile, *reader.names("indexes")),
        digest=digest_of(definition_files(folder)),
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    folder: Path
    problems: list[Problem]

    def names(self, part: str) -> tuple[str, ...]:
        """Return the definition files of a subfolder, in order."""
        return tuple(sorted(f"{part}/{path.name}" for path in (self.folder / part).glob(f"*{_READ_IN[part]}")))

    def documents(self, record: type[R], *names: str) -> Part[R]:
        """Read YAML files, each one record."""
        return _part(tuple(self._document(record, name) for name in names))

    def _document(self, record: type[R], name: str) -> R | None:
        text = self._text(name)
        node = None if text is None else compose(self._file(name), text, self.problems)
        if node is None:
            return None
        try:
            return Nested(record).read(node, self.problems)
        except UnreadError:
            return None

    def table(self, record: type[R], name: str, *, may_lack: bool = False) -> Part[R]:
        """Read a CSV file; one that may lack has no rows then."""
        if may_lack and not (self.folder / name).exists():
            return Part((), complete=True)
        text = self._text(name)
        return _part((None,) if text is None else read_table(record, self._file(name), text, self.problems))

    def refuse_strangers(self) -> None:
        """Report definition files that nothing would read, such as `plan/kh.yaml` or `forms/a.yml`."""
        for path in sorted(self.folder.rglob("*")):
            name = path.relative_to(self.folder)
            known = name.as_posix() in _READ or (len(name.parts) == 2 and _READ_IN.get(name.parts[0]) == path.suffix)
            if path.suffix in SUFFIXES and path.is_file() and not known:
                self.problems.append(error(Place(self._file(name.as_posix()), 1, 1), "stray_file"))

    def _text(self, name: str) -> str | None:
        if not (self.folder / name).is_file():
            self.problems.append(error(Place(self._file(name), 1, 1), "missing_file"))
            return None
        return read_text(self.folder / name, self._file(name), self.problems)

    def _file(self, name: str) -> str:
        return f"{self.folder.name}/{name}"


def _part(found: tuple[R | None, ...]) -> Part[R]:
    records = tuple(record for record in found if record is not None)
    return Part(records, len(records) == len(found))


def definition_files(folder: Path) -> dict[str, bytes]:
    """Read every file of a folder of definitions, by its path below the folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
