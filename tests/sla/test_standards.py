"""What the documents say of the clauses is what the code declares."""

import re
from pathlib import Path

import pytest

from sla import standards
from sla.models import Policy

DOCUMENT = Path(__file__).parents[2] / "docs" / "standards.md"


def declared() -> list[standards.Standard]:
    return [standard for standard in standards.every() if not standard.key.startswith("test-")]


def test_every_standard_stands_in_the_documents_table():
    rows = re.findall(r"^\| ([\d.]+|—)[^|]*\| `([\w-]+)` \|", DOCUMENT.read_text(), re.MULTILINE)

    assert sorted(rows) == sorted((standard.clause or "—", standard.key) for standard in declared())


@pytest.mark.django_db
def test_every_standard_has_a_policy_after_migrating():
    assert {standard.key for standard in declared()} <= set(Policy.objects.values_list("standard", flat=True))


def test_timers_and_duties_have_a_deadline_rates_and_samples_have_none():
    timed = {standard.shape for standard in declared() if standard.deadline}
    untimed = {standard.shape for standard in declared() if not standard.deadline}

    assert {standards.Shape.TIMER, standards.Shape.DUTY} <= timed
    assert timed & untimed <= {standards.Shape.STATE}


def test_a_key_cannot_be_declared_twice():
    first = declared()[0]

    with pytest.raises(ValueError, match=first.key):
        standards.register(standards.Standard(first.key, "9.9", "again", "again", standards.Shape.RATE))
