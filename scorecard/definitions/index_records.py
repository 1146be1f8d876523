"""What indexes/*.yaml may say, field by field."""

from __future__ import annotations

from scorecard.definitions.fields import Allowed, Record, Required
from scorecard.definitions.kinds import AMOUNT, HYPHEN_ID, SHARE, SNAKE_ID, TEXT
from scorecard.definitions.plan_records import DocumentRecord
from scorecard.definitions.shapes import ListOf, Nested


class IndexRecord(Record, doc="index"):
    """`index:` of an index file."""

    id = Required(HYPHEN_ID)
    name = Required(TEXT)
    name_en = Allowed(TEXT)
    document = Required(Nested(DocumentRecord))
    maximum = Required(AMOUNT, "max")
    published = Allowed(SNAKE_ID)


class GradeRecord(Record, doc="grade"):
    """What a total is called."""

    at_least = Required(AMOUNT, "from")
    name = Required(TEXT)
    name_en = Allowed(TEXT)


class IndexStepRecord(Record, doc="index_step"):
    """Points by band."""

    at_least = Required(SHARE, "from")
    points = Required(AMOUNT)


class ComponentRecord(Record, doc="component"):
    """One line of an index."""

    id = Required(HYPHEN_ID)
    name = Required(TEXT)
    name_en = Allowed(TEXT)
    maximum = Required(AMOUNT, "max")
    indicator = Required(SNAKE_ID)
    full_at = Allowed(SHARE)
    bands = Allowed(ListOf(Nested(IndexStepRecord)))


class GroupRecord(Record, doc="group"):
    """A group of lines."""

    id = Required(HYPHEN_ID)
    name = Required(TEXT)
    name_en = Allowed(TEXT)
    maximum = Required(AMOUNT, "max")
    components = Required(ListOf(Nested(ComponentRecord)))


class PublishedRecord(Record, doc="published"):
    """A published score of one or several groups."""

    element = Required(SNAKE_ID)
    groups = Required(ListOf(HYPHEN_ID))


class IndexFile(Record, doc="index_file"):
    """indexes/<id>.yaml."""

    index = Required(Nested(IndexRecord))
    grades = Allowed(ListOf(Nested(GradeRecord)))
    groups = Required(ListOf(Nested(GroupRecord)))
    published = Allowed(ListOf(Nested(PublishedRecord)))
