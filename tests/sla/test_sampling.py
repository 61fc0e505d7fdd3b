import subprocess
from hashlib import sha256

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from pages import history
from pages.refusals import Refused
from sla import sampling
from sla.models import Draw, Drawn

SEED = "5f2b7c6e0d9a4b1c8e3f7a6d5c4b3a29"
FILES, SECRET = "test-files", "test-secret"
files: list[tuple[str, str, str]] = []

sampling.register(FILES, "Client files", lambda: list(files), "sla.view_draw")
sampling.register(SECRET, "Secret files", lambda: list(files), "reception.anonymise_customer")


@pytest.fixture(autouse=True)
def _shelf():
    files[:] = [(f"F-{number:03}", f"档案 {number}", f"/files/{number}/") for number in range(1, 42)]


@pytest.fixture
def drawn(admin_manager, at) -> Draw:
    """Five of the 41 files, drawn with a known seed."""
    return draw(admin_manager, at("10:00"), seed=SEED)


@pytest.fixture
def screen(admin_manager, signed_in):
    return signed_in(admin_manager)


def draw(by, at, *, kind: str = FILES, wanted: int = 5, reason: str = "月度抽查", **more) -> Draw:
    return Draw.draw(kind, wanted, reason=reason, by=by, at=at, **more)


def words(response) -> str:
    return " ".join(response.content.decode().split())


# -- drawing ---------------------------------------------------------------------------------------


def test_the_lowest_lots_are_drawn(drawn):
    keys = [key for key, _label, _link in files]
    lots = sorted(keys, key=lambda key: sha256(f"{SEED}:{key}".encode()).hexdigest())

    assert [one.key for one in drawn.drawn.all()] == lots[:5]
    assert [one.position for one in drawn.drawn.all()] == [1, 2, 3, 4, 5]


def test_what_is_drawn_depends_on_seed_and_keys_alone(drawn, admin_manager, at):
    files.reverse()
    again = draw(admin_manager, at("11:00"), seed=SEED)
    other = draw(admin_manager, at("12:00"))

    assert again.chosen() == drawn.chosen()
    assert other.seed != SEED
    assert len(other.seed) == 32


def test_each_has_the_same_chance():
    keys = [str(number) for number in range(10)]
    first = [sampling.rank(str(seed), keys)[0] for seed in range(2_000)]

    counts = [first.count(key) for key in keys]
    assert 140 <= min(counts) <= max(counts) <= 260


def test_it_can_be_repeated_however_the_house_has_changed(drawn):
    files[:] = files[:3]

    assert drawn.agrees()
    assert len(drawn.population) == 41


def test_a_drawn_one_put_in_another_place_no_longer_agrees(drawn):
    drawn.drawn.filter(position=1).update(key="F-999")

    assert not drawn.agrees()


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        (42, "There are only 41 to draw from."),
        (0, "A sample has between 1 and 500."),
        (-1, "A sample has between 1 and 500."),
        (501, "A sample has between 1 and 500."),
    ],
)
def test_an_impossible_number_is_refused(admin_manager, at, wanted, sentence):
    with pytest.raises(Refused, match=sentence):
        draw(admin_manager, at("10:00"), wanted=wanted)
    assert not Draw.objects.exists()


def test_from_an_empty_group_nothing_is_drawn(admin_manager, at):
    files.clear()

    with pytest.raises(Refused, match="nobody and nothing"):
        draw(admin_manager, at("10:00"))


def test_all_of_a_group_may_be_drawn(admin_manager, at):
    assert draw(admin_manager, at("10:00"), wanted=41).drawn.count() == 41


def test_what_for_is_said_beforehand(admin_manager, at):
    with pytest.raises(Refused):
        draw(admin_manager, at("10:00"), reason=" ")


def test_two_clicks_make_one_draw(admin_manager, at):
    first = draw(admin_manager, at("10:00"))

    assert draw(admin_manager, at("10:00:02")) == first
    assert draw(admin_manager, at("10:01")) != first


def test_another_draw_of_the_day_is_shown_beside_the_first(drawn, admin_manager, at):
    second = draw(admin_manager, at("16:00"))
    draw(admin_manager, at("2026-11-24 00:00"))

    assert drawn.others_of_the_day() == [second]
    assert second.others_of_the_day() == [drawn]


def test_the_same_key_is_never_drawn_twice(drawn):
    with pytest.raises(IntegrityError), transaction.atomic():
        Drawn.objects.create(draw=drawn, position=6, key=drawn.drawn.first().key, label="again")


# -- what was found --------------------------------------------------------------------------------


@pytest.fixture
def first(drawn) -> Drawn:
    return drawn.drawn.first()


def test_a_result_is_noted_with_who_and_when(first, admin_manager, at):
    first.record("good", "", by=admin_manager, at=at("11:00"))

    assert (first.result, first.looked_by, first.looked_at) == ("good", admin_manager, at("11:00"))


def test_what_is_not_as_it_should_be_is_said(first, admin_manager, at):
    with pytest.raises(Refused):
        first.record("bad", " ", by=admin_manager, at=at("11:00"))


def test_a_correction_says_why_and_stands_in_the_history(first, admin_manager, auditor, at):
    first.record("good", "", by=admin_manager, at=at("11:00"))
    with pytest.raises(Refused):
        first.record("bad", "缺封面", by=auditor, at=at("12:00"))

    first.record("bad", "缺封面", by=auditor, at=at("12:00"), reason="复查发现")

    newest = history.history_of(first)[0]
    assert (newest.reason, newest.by) == ("复查发现", str(auditor))
    assert ("As it should be", "Not as it should be") in [(c.before, c.after) for c in newest.fields]


def test_a_result_noted_by_mistake_is_taken_back(first, admin_manager, at):
    first.record("good", "", by=admin_manager, at=at("11:00"))

    first.record("", "", by=admin_manager, at=at("11:05"), reason="点错了")

    assert (first.is_open, first.looked_at, first.looked_by) == (True, None, None)


def test_the_same_said_again_changes_nothing(first, admin_manager, at):
    first.record("good", "", by=admin_manager, at=at("11:00"))
    first.record("good", "", by=admin_manager, at=at("11:05"))

    assert first.looked_at == at("11:00")


def test_the_page_of_one_drawn_shows_its_history_and_takes_a_correction(first, screen, admin_manager, at):
    first.record("good", "", by=admin_manager, at=at("11:00"))
    sent = {"result": "bad", "remark": "缺封面", "reason": "复查发现"}
    screen.post(reverse("drawn-record", args=[first.pk]), sent)

    page = words(screen.get(reverse("drawn", args=[first.pk])))
    assert all(text in page for text in ("缺封面", "Reason: 复查发现", "Not as it should be"))


# -- the groups of the house -----------------------------------------------------------------------


def test_people_receptionists_and_departments_are_drawn_by_keys_that_stay(receptionist, sales):
    people, desk = (sampling.get(kind).candidates() for kind in ("people", "receptionists"))

    assert people[receptionist.staff_no].label == "王晓梅 · 行政部"
    assert len(people) == 3
    assert [one.label for one in desk.values()] == ["孙倩 · 行政部", "王晓梅 · 行政部"]
    assert sampling.get("departments").candidates()["sales"].link == sales.get_absolute_url()


def test_who_has_left_is_not_drawn(receptionist, admin_manager):
    receptionist.leave(by=admin_manager)

    assert receptionist.staff_no not in sampling.get("people").candidates()


def test_aspects_are_kept_in_no_language(admin_manager, at, settings):
    settings.LANGUAGE_CODE = "zh-hans"

    made = draw(admin_manager, at("10:00"), kind="call-aspects", wanted=6)

    assert {"voice", "pace"} <= set(made.drawn.values_list("label", flat=True))


# -- the pages -------------------------------------------------------------------------------------


def test_drawing_in_the_browser_leads_to_the_sample(screen, admin_manager):
    page = screen.post(reverse("draw-new"), {"kind": FILES, "wanted": "５", "reason": "月度抽查"})

    made = Draw.objects.get()
    assert (page.status_code, page.url) == (302, made.get_absolute_url())
    assert (made.drawn_by, made.wanted, made.drawn.count()) == (admin_manager, 5, 5)


def test_a_seed_sent_along_is_not_listened_to(screen):
    screen.post(reverse("draw-new"), {"kind": FILES, "wanted": "5", "reason": "抽查", "seed": SEED})

    assert Draw.objects.get().seed != SEED


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"wanted": "0"}, "wanted"),
        ({"wanted": "42"}, "wanted"),
        ({"wanted": "five"}, "wanted"),
        ({"kind": "no-such"}, "kind"),
        ({"reason": " "}, "reason"),
        ({"reason": "长" * 201}, "reason"),
    ],
)
def test_a_mistake_is_told_at_its_field_and_nothing_is_drawn(screen, fields, field):
    page = screen.post(reverse("draw-new"), {"kind": FILES, "wanted": "5", "reason": "抽查", **fields})

    assert (page.status_code, Draw.objects.count()) == (422, 0)
    assert list(page.context["form"].errors) == [field]


def test_the_page_says_who_drew_when_from_how_many_and_that_it_cannot_be_taken_back(drawn, screen):
    shown = words(screen.get(drawn.get_absolute_url()))

    assert "5 of 41" in shown
    assert SEED in shown
    assert "This draw cannot be changed or taken back." in shown
    assert 'href="/files/' in shown


def test_recounting_says_that_it_agrees_or_not(drawn, screen):
    assert "Recounted: it agrees." in words(screen.get(drawn.get_absolute_url() + "?verify=1"))

    drawn.drawn.filter(position=1).update(key="F-999")

    assert "is not what seed and group give" in words(screen.get(drawn.get_absolute_url() + "?verify=1"))


def test_the_recipe_shown_draws_the_same_on_any_computer(drawn, screen, tmp_path):
    population = screen.get(reverse("draw-population", args=[drawn.pk])).content
    (tmp_path / "population.txt").write_bytes(population)
    page = screen.get(drawn.get_absolute_url()).content.decode()
    recipe = page.split("<pre", 1)[1].split("<code>", 1)[1].split("</code>", 1)[0].replace("&lt;", "<")

    lines = subprocess.run(["bash", "-c", recipe], cwd=tmp_path, capture_output=True, text=True, check=True)

    assert [line.split()[1] for line in lines.stdout.splitlines()] == drawn.chosen()


def test_a_result_is_noted_with_one_tap_and_answers_with_the_line(first, screen):
    page = screen.post(
        reverse("drawn-record", args=[first.pk]), {"result": "good"}, headers={"HX-Request": "true"}
    )

    first.refresh_from_db()
    assert (page.status_code, first.result) == (200, "good")
    assert f'id="drawn-{first.pk}"' in words(page)
    assert "1 as it should be" in words(page)


def test_without_javascript_noting_leads_back_to_the_sample(first, screen):
    page = screen.post(reverse("drawn-record", args=[first.pk]), {"result": "gone", "remark": "已借出"})

    assert (page.status_code, page.url) == (302, first.draw.get_absolute_url())


@pytest.mark.parametrize(
    ("before", "fields", "field"),
    [
        ("", {"result": ""}, "result"),
        ("", {"result": "great"}, "result"),
        ("", {"result": "bad"}, "remark"),
        ("good", {"result": "bad", "remark": "缺封面"}, "reason"),
    ],
)
def test_a_result_with_something_missing_says_what(first, screen, admin_manager, at, before, fields, field):
    if before:
        first.record(before, "", by=admin_manager, at=at("11:00"))

    page = screen.post(reverse("drawn-record", args=[first.pk]), fields)

    first.refresh_from_db()
    assert (page.status_code, first.result) == (422, before)
    assert field in page.context["line"].form.errors


def test_the_share_counts_what_could_be_looked_at(drawn, screen, admin_manager, at):
    found = zip(drawn.drawn.all(), ["good", "good", "good", "bad", "gone"], strict=True)
    for one, result in found:
        one.record(result, "缺封面", by=admin_manager, at=at("11:00"))

    page = screen.get(drawn.get_absolute_url())

    assert page.context["counts"] == (3, 1, 1, 0)
    assert page.context["counts"].share == 75


def test_the_list_is_searched_filtered_and_taken_along(drawn, screen, admin_manager, at):
    other = draw(admin_manager, at("12:00"), kind="departments", wanted=1, reason="卫生")
    other.drawn.get().record("good", "", by=admin_manager, at=at("13:00"))

    def found(query: str) -> list[Draw]:
        return screen.get(f"{reverse('draws')}?{query}").context["list"].page.rows

    assert found("") == [other, drawn]
    assert found("q=卫生") == [other]
    assert found(f"q={drawn.drawn.first().label}") == [drawn]
    assert found(f"kind={FILES}") == [drawn]
    assert found("state=open") == [drawn]
    assert found("state=whole") == [other]
    assert found("q=卫生")[0].looked == 1
    assert "Client files" in screen.get(reverse("draws") + "?export=csv").getvalue().decode()


def test_the_list_asks_as_often_for_three_rows_as_for_one(
    screen, admin_manager, at, django_assert_max_num_queries
):
    draw(admin_manager, at("10:00"))
    screen.get(reverse("draws"))
    with django_assert_max_num_queries(30) as one:
        screen.get(reverse("draws"))
    draw(admin_manager, at("11:00"))
    draw(admin_manager, at("12:00"))
    with django_assert_max_num_queries(30) as three:
        screen.get(reverse("draws"))

    assert len(one) == len(three)


def test_a_sample_asks_as_often_for_five_drawn_as_for_one(
    screen, admin_manager, at, django_assert_max_num_queries
):
    one, five = draw(admin_manager, at("10:00"), wanted=1), draw(admin_manager, at("10:00"), wanted=5)
    for drawn in (*one.drawn.all(), *five.drawn.all()):
        drawn.record("good", "", by=admin_manager, at=at("11:00"))
    screen.get(one.get_absolute_url())
    with django_assert_max_num_queries(30) as few:
        screen.get(one.get_absolute_url())
    with django_assert_max_num_queries(30) as many:
        screen.get(five.get_absolute_url())

    assert len(few) == len(many)


def test_a_group_one_may_not_see_is_neither_offered_nor_shown(admin_manager, auditor, at, signed_in):
    hidden = draw(admin_manager, at("10:00"), kind=SECRET, wanted=1)
    screen = signed_in(auditor)

    assert screen.get(reverse("draws")).context["list"].page.rows == []
    assert screen.get(hidden.get_absolute_url()).status_code == 404
    assert screen.get(reverse("draw-population", args=[hidden.pk])).status_code == 404


def test_the_auditor_looks_and_recounts_but_neither_draws_nor_notes(drawn, first, auditor, signed_in):
    screen = signed_in(auditor)

    assert "Recounted: it agrees." in words(screen.get(drawn.get_absolute_url() + "?verify=1"))
    assert "drawn-form" not in words(screen.get(drawn.get_absolute_url()))
    assert screen.get(reverse("draw-new")).status_code == 403
    assert screen.post(reverse("drawn-record", args=[first.pk]), {"result": "good"}).status_code == 403


def test_others_do_not_see_samples(drawn, outsider, signed_in, client):
    screen = signed_in(outsider)

    assert screen.get(reverse("draws")).status_code == 403
    assert screen.get(drawn.get_absolute_url()).status_code == 403
    assert client.get(reverse("draws")).status_code == 302


def test_a_sample_from_a_group_no_app_knows_any_more_is_still_there(drawn, screen):
    Draw.objects.update(kind="gone-app")

    assert "gone-app" in words(screen.get(drawn.get_absolute_url()))
