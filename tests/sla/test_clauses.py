"""The job description is whole: every clause once, in order, in both languages, and in the documents."""

from pathlib import Path

from django.utils.translation import override

from sla import standards
from sla.clauses import CLAUSES, EFFECTS, Clause, of_item
from sla.deadlines import AsGiven
from sla.standards import Shape
from sla.work_items import AREAS, WORK_ITEMS, area_of, number_of

DOCUMENT = Path(__file__).parents[2] / "docs" / "standards.md"

#: How many clauses each of the 23 work items has in the job description, area by area.
HOW_MANY = {
    f"{area}.{place}": many
    for area, counts in {
        1: [7, 2, 6, 2, 4],
        2: [2, 2, 4],
        3: [3, 4, 3, 3, 3, 2],
        4: [4, 3, 3, 2, 2, 2],
        5: [3, 3, 2],
    }.items()
    for place, many in enumerate(counts, start=1)
}


def declared(clause: Clause) -> list[standards.Standard]:
    return [standard for standard in standards.every() if standard.clause == clause.number]


def is_measured(standard: standards.Standard) -> bool:
    """Something of today's house makes a figure of it."""
    if standard.shape in (Shape.TIMER, Shape.DUTY):
        return True
    return bool(standard.measure or standard.offenders)


def in_both(words) -> str:
    with override("zh-hans"):
        chinese = str(words)
    with override("en"):
        return f"{chinese} · {words}"


def row(clause: Clause) -> str:
    """The line of the documents' table that tells of a clause."""
    shapes = ", ".join(in_both(shape.label) for shape in clause.shapes)
    keys = ", ".join(f"`{standard.key}`" for standard in declared(clause) if is_measured(standard))
    number = clause.number if clause in CLAUSES else f"{clause.number} 效果 effect"
    return f"| {number} | {in_both(clause.title)} | {shapes} | {keys or '—'} |"


def test_there_are_71_clauses_in_23_work_items_of_5_areas():
    assert (len(CLAUSES), len(WORK_ITEMS), len(AREAS)) == (71, 23, 5)


def test_the_clauses_stand_in_the_order_of_the_job_description():
    expected = [f"{item}.{place}" for item, many in HOW_MANY.items() for place in range(1, many + 1)]

    assert [clause.number for clause in CLAUSES] == expected


def test_every_work_item_belongs_to_an_area_and_has_clauses():
    assert list(WORK_ITEMS) == list(HOW_MANY)
    assert list(dict.fromkeys(area_of(item) for item in WORK_ITEMS)) == list(AREAS)


def test_effects_belong_to_a_work_item_each():
    numbers = [effect.number for effect in EFFECTS]

    assert numbers == sorted(set(numbers))
    assert set(numbers) <= set(WORK_ITEMS)


def test_the_clauses_of_an_item_come_with_its_effects():
    assert [clause.number for clause in of_item("1.2")] == ["1.2.1", "1.2.2", "1.2"]
    assert {number_of(clause.number) for clause in of_item("4.5")} == {"4.5"}


def test_what_recurs_has_a_key_of_its_own():
    keys = [clause.key for clause in CLAUSES if clause.shape == Shape.DUTY]

    assert len(set(keys)) == len(keys) == 15
    assert [
        clause.number for clause in (*CLAUSES, *EFFECTS) if clause.key and clause.shape != Shape.DUTY
    ] == []


def test_a_duty_can_be_set_up_for_whatever_recurs():
    for clause in CLAUSES:
        if clause.key:
            standard = standards.get(clause.key)
            assert (standard.clause, standard.shape, standard.deadline) == (
                clause.number,
                Shape.DUTY,
                AsGiven(),
            )


def test_where_an_app_declares_a_clause_the_words_are_the_same():
    words = {(clause.number, clause.title, clause.wording) for clause in (*CLAUSES, *EFFECTS)}
    main = {clause.number: clause.shape for clause in CLAUSES}

    for standard in standards.every():
        if main.get(standard.clause) == standard.shape:  # what else belongs to a clause has words of its own
            assert (standard.clause, standard.title, standard.wording) in words


def test_every_title_and_wording_is_said_in_chinese():
    with override("zh-hans"):
        said = [(str(clause.title), str(clause.wording)) for clause in (*CLAUSES, *EFFECTS)]

    for title, wording in said:
        assert not title.isascii()
        assert not wording.isascii()


def test_titles_are_short_and_different():
    with override("zh-hans"):
        chinese = [str(clause.title) for clause in CLAUSES]
    with override("en"):
        english = [str(clause.title) for clause in CLAUSES]

    assert len(set(chinese)) == len(set(english)) == 71
    assert max(len(title) for title in english) <= 40


def test_the_document_tells_of_every_clause_and_by_what_it_is_measured():
    lines = DOCUMENT.read_text().splitlines()
    expected = [row(clause) for item in WORK_ITEMS for clause in of_item(item)]

    assert [line for line in lines if line in expected] == expected
