"""JSON Schemas of the definition files, so that an editor completes keys and underlines mistakes."""

from __future__ import annotations

from collections.abc import Mapping

from scorecard.definitions.fields import Describe, Record
from scorecard.definitions.index_records import IndexFile
from scorecard.definitions.plan_records import PlanFile
from scorecard.definitions.records import FormFile, IndicatorsFile, ProvinceFile
from scorecard.definitions.shapes import Nested

DOCUMENTS: Mapping[str, type[Record]] = {
    "province": ProvinceFile,
    "form": FormFile,
    "indicators": IndicatorsFile,
    "plan": PlanFile,
    "index": IndexFile,
}


def json_schemas(describe: Describe) -> Mapping[str, dict[str, object]]:
    """Return one schema per kind of YAML file; `describe` gives the description of a field's text key."""
    return {
        name: {"$schema": "http://json-schema.org/draft-07/schema#", **Nested(record).json_schema(describe)}
        for name, record in DOCUMENTS.items()
    }
