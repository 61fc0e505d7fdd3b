"""One time a duty came: done with what has to be shown, left out, handed over, put right, done again."""

from base64 import b64decode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from playwright.sync_api import expect

from organization.roles import Role
from pages import clock, uploads
from sla.evidence import Ask
from sla.models import Evidence, Occurrence
from tests.builders import make_user
from tests.pages.test_uploads import HTML, JPEG, PDF, PNG, SVG

from .duty_office import in_turn, on, set_up

State = Occurrence.State
PIXEL = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
MINUTES = Ask("text", "纪要")
DEGREES = Ask("number", "温度", least=18, most=26)
PHOTO = Ask("photo", "档案架", least=1, most=3)
FILE = Ask("file", "清单", required=False)
PEOPLE = Ask("attendance", "出席人员")
VERBS = ("complete", "skip", "hand-over", "correct", "reopen")


@pytest.fixture(autouse=True)
def _it_is_wednesday_afternoon(monkeypatch, at, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(clock, "now", lambda: at("2026-11-25 15:00"))


@pytest.fixture
def owed(admin_manager, receptionist, noon, at):
    """`owed(MINUTES, PHOTO)`: this afternoon's archive update with what it asks for, open since 14:00."""

    def make(*asks: Ask, **fields) -> Occurrence:
        fields = {"person": receptionist, "evidence": asks, **fields}
        found = on(set_up(admin_manager, noon, **fields), "2026-11-25")
        found.open(at=at("2026-11-25 14:00"))
        return found

    return make


@pytest.fixture
def phone(receptionist, signed_in):
    return signed_in(receptionist)


def address(verb: str, occurrence: Occurrence) -> str:
    return reverse(f"occurrence-{verb}", args=[occurrence.pk])


def upload(content: bytes = JPEG, name: str = "IMG_1.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def fresh(occurrence: Occurrence) -> Occurrence:
    return Occurrence.objects.get(pk=occurrence.pk)


def words(response) -> str:
    return " ".join(response.content.decode().split())


# -- doing it --------------------------------------------------------------------------------------------


def test_the_page_says_what_until_when_and_what_is_to_be_shown(owed, phone):
    shown = words(phone.get(owed(MINUTES, PHOTO, instructions="先核对\n再上架").get_absolute_url()))

    assert "先核对<br>再上架" in shown
    assert 'data-due="2026-11-25T18:00:00+08:00"' in shown
    assert 'capture="environment"' in shown
    assert "档案架" in shown


def test_without_anything_to_show_one_tap_is_enough(owed, phone, receptionist):
    answer = phone.post(address("complete", occurrence := owed()))

    done = fresh(occurrence)
    assert (answer.status_code, answer.url) == (302, occurrence.get_absolute_url())
    assert (done.state, done.ended_by) == (State.DONE, receptionist)
    assert [timer.outcome for timer in done.timers] == ["met"]


def test_everything_asked_for_is_kept(owed, phone, receptionist, colleague):
    occurrence = owed(MINUTES, DEGREES, PHOTO, FILE, PEOPLE)

    answer = phone.post(address("complete", occurrence), {
        MINUTES.field: "已核对 35 盒",
        DEGREES.field: "２２．５",
        PHOTO.field: [upload(), upload(PNG, "b.png")],
        FILE.field: [upload(PDF, "清单.pdf")],
        PEOPLE.field: [receptionist.pk, colleague.pk],
        "remark": "缺两盒",
    })  # fmt: skip

    done = fresh(occurrence)
    assert answer.status_code == 302
    assert (done.answers, done.remark) == ({"纪要": "已核对 35 盒", "温度": 22.5}, "缺两盒")
    assert {one.person for one in done.attendances.all()} == {receptionist, colleague}
    assert [(file.name, file.filename, file.content_type) for file in done.files.all()] == [
        ("档案架", "IMG_1.jpg", "image/jpeg"), ("档案架", "b.png", "image/png"),
        ("清单", "清单.pdf", "application/pdf"),
    ]  # fmt: skip
    shown = words(phone.get(occurrence.get_absolute_url()))
    assert all(part in shown for part in ("已核对 35 盒", "22.5", "清单.pdf", "林悦", "缺两盒", "on time"))


@pytest.mark.parametrize(
    ("ask", "given", "sentence"),
    [
        (MINUTES, "", "“纪要” is missing."),
        (DEGREES, "", "“温度” is missing."),
        (DEGREES, "30", "“温度” has to be 18–26."),
        (DEGREES, "暖和", "Enter a number."),
        (DEGREES, "NaN", "Enter a number."),
        (PHOTO, [], "“档案架” needs at least 1."),
        (PEOPLE, [], "“出席人员” needs at least 1."),
        (PEOPLE, ["999999"], "Select a valid choice. 999999 is not one of the available choices."),
    ],
)
def test_what_is_missing_is_said_at_its_box(owed, phone, ask, given, sentence):
    page = phone.post(address("complete", occurrence := owed(ask)), {ask.field: given, "remark": "快了"})

    assert (page.status_code, fresh(occurrence).state) == (422, State.OPEN)
    assert list(page.context["complete"].errors[ask.field]) == [sentence]
    assert 'value="快了"' in words(page)


@pytest.mark.parametrize(
    ("ask", "content", "name"),
    [
        (PHOTO, HTML, "photo.jpg"),
        (PHOTO, SVG, "photo.svg"),
        (PHOTO, PDF, "photo.jpg"),
        (FILE, HTML, "清单.pdf"),
        (FILE, SVG, "清单.png"),
        (FILE, b"", "清单.pdf"),
    ],
)
def test_an_upload_that_lies_about_its_content_is_refused(owed, phone, ask, content, name):
    page = phone.post(address("complete", occurrence := owed(ask)), {ask.field: [upload(content, name)]})

    assert page.status_code == 422
    assert "“" in page.context["complete"].errors[ask.field][0]
    assert (fresh(occurrence).state, Evidence.objects.count()) == (State.OPEN, 0)


@pytest.mark.parametrize(
    "name", ["照" * 100 + ".jpg", "😀" * 90 + ".jpg", "a." + "b" * 200, ".jpg", "../../x.jpg", 'a".jpg']
)
def test_whatever_a_photo_is_called_it_is_kept(owed, phone, name):
    occurrence = owed(PHOTO)

    assert phone.post(address("complete", occurrence), {PHOTO.field: upload(name=name)}).status_code == 302

    file = occurrence.files.get()
    given = phone.get(reverse("occurrence-file", args=[occurrence.pk, file.pk]))
    assert b"".join(given.streaming_content) == JPEG
    assert file.file.name.startswith(f"duties/2026/11/{occurrence.pk}/")


def test_a_person_who_cannot_be_is_no_server_error(owed, phone):
    answer = phone.post(address("complete", owed(PEOPLE)), {PEOPLE.field: ["9" * 30]})

    assert answer.status_code == 422


def test_too_much_at_once_is_refused(owed, phone, monkeypatch):
    monkeypatch.setattr(uploads, "LARGEST_TOGETHER", 30)
    occurrence = owed(PHOTO)

    page = phone.post(address("complete", occurrence), {PHOTO.field: [upload(), upload()]})

    assert "Together the files are larger" in page.context["complete"].non_field_errors()[0]


def test_sent_twice_it_is_done_once(owed, phone):
    occurrence = owed(PHOTO)

    answers = [phone.post(address("complete", occurrence), {PHOTO.field: [upload()]}) for _time in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Evidence.objects.count() == 1


def test_of_two_people_the_second_is_told(owed, phone, second_receptionist, signed_in):
    occurrence = owed()
    phone.post(address("complete", occurrence))

    page = signed_in(second_receptionist).post(address("complete", occurrence))

    assert (page.status_code, "王晓梅 has done this already." in words(page)) == (409, True)


def test_with_htmx_the_page_is_swapped_where_it_stands(owed, phone):
    occurrence = owed(MINUTES)

    wrong = phone.post(address("complete", occurrence), {}, headers={"HX-Request": "true"})
    assert (wrong.status_code, "<html" in words(wrong)) == (422, False)

    right = phone.post(address("complete", occurrence), {MINUTES.field: "好"}, headers={"HX-Request": "true"})
    assert right.status_code == 200
    assert words(right).startswith('<article id="occurrence"')
    assert "Done, thank you." in right.headers["HX-Trigger"]


def test_before_it_opens_it_may_be_done_early(admin_manager, receptionist, noon, phone):
    later = on(set_up(admin_manager, noon, person=receptionist), "2026-12-02")

    phone.post(address("complete", later))

    assert "before it opened" in words(phone.get(later.get_absolute_url()))


def test_late_and_done_by_somebody_else_are_both_said(owed, admin_manager, signed_in, monkeypatch, at):
    occurrence = owed()
    monkeypatch.setattr(clock, "now", lambda: at("2026-11-25 18:20"))
    browser = signed_in(admin_manager)

    browser.post(address("complete", occurrence))

    shown = words(browser.get(occurrence.get_absolute_url()))
    assert shown.count("20 minutes late") == 1
    assert "done for 王晓梅" in shown


# -- otherwise -------------------------------------------------------------------------------------------


def test_it_is_left_out_with_a_reason(owed, phone):
    occurrence = owed()

    assert phone.post(address("skip", occurrence), {"reason": " "}).status_code == 422
    phone.post(address("skip", occurrence), {"reason": "档案室装修"})

    assert (fresh(occurrence).state, fresh(occurrence).remark) == (State.SKIPPED, "档案室装修")
    assert "档案室装修" in words(phone.get(occurrence.get_absolute_url()))


def test_it_is_handed_over_with_a_reason(owed, phone, second_receptionist):
    occurrence = owed()

    page = phone.post(address("hand-over", occurrence), {"to": "无此人", "reason": "体检"})
    assert (page.status_code, "Nobody who works here fits this." in words(page)) == (422, True)

    phone.post(address("hand-over", occurrence), {"to": "孙倩", "reason": "体检"})
    assert fresh(occurrence).person == second_receptionist


def test_what_was_written_is_put_right_with_a_reason(owed, phone):
    occurrence = owed(MINUTES, DEGREES)
    phone.post(address("complete", occurrence), {MINUTES.field: "35 盒", DEGREES.field: "20"})

    wrong = phone.post(
        address("correct", occurrence), {MINUTES.field: "36 盒", DEGREES.field: "99", "reason": "笔误"}
    )
    assert (wrong.status_code, fresh(occurrence).answers["温度"]) == (422, 20)

    phone.post(
        address("correct", occurrence), {MINUTES.field: "36 盒", DEGREES.field: "20", "reason": "笔误"}
    )
    assert fresh(occurrence).answers == {"纪要": "36 盒", "温度": 20}
    assert "笔误" in words(phone.get(occurrence.get_absolute_url()))


def test_undone_it_is_to_be_done_again_and_what_was_shown_is_still_there(owed, phone):
    occurrence = owed(MINUTES, PHOTO)
    phone.post(address("complete", occurrence), {MINUTES.field: "35 盒", PHOTO.field: [upload()]})

    assert phone.post(address("reopen", occurrence), {"reason": ""}).status_code == 422
    phone.post(address("reopen", occurrence), {"reason": "还没做完"})
    assert fresh(occurrence).state == State.OPEN
    assert "35 盒</textarea>" in words(phone.get(occurrence.get_absolute_url()))

    again = phone.post(address("complete", occurrence), {MINUTES.field: "40 盒"})
    assert (again.status_code, fresh(occurrence).answers) == (302, {"纪要": "40 盒"})


# -- files -----------------------------------------------------------------------------------------------


@pytest.fixture
def photo(owed, phone) -> str:
    """The address of a photo that was shown."""
    occurrence = owed(PHOTO)
    phone.post(address("complete", occurrence), {PHOTO.field: [upload(JPEG, "档案架.jpg")]})
    return reverse("occurrence-file", args=[occurrence.pk, Evidence.objects.get().pk])


def test_a_file_is_given_to_be_saved_never_to_be_run(photo, phone):
    answer = phone.get(photo)

    assert b"".join(answer.streaming_content) == JPEG
    assert answer["Content-Disposition"].startswith("attachment; filename*=")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "image/jpeg"


def test_a_file_is_for_whoever_may_see_the_occurrence(photo, outsider, auditor, signed_in, client):
    assert signed_in(auditor).get(photo).status_code == 200
    assert signed_in(outsider).get(photo).status_code == 404
    assert client.get(photo).status_code == 302
    assert client.get(f"/media/{Evidence.objects.get().file.name}").status_code == 404


def test_a_file_is_not_found_under_another_occurrence(photo, owed, phone):
    other = owed(PHOTO)

    assert (
        phone.get(reverse("occurrence-file", args=[other.pk, Evidence.objects.get().pk])).status_code == 404
    )


def test_a_file_lost_from_the_disk_is_not_an_error(photo, phone):
    Evidence.objects.get().file.delete(save=False)

    assert phone.get(photo).status_code == 404


# -- who may ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["receptionist", "second_receptionist", "admin_manager"])
def test_its_own_people_and_their_manager_may_do_it(owed, who, request, signed_in):
    browser = signed_in(request.getfixturevalue(who))

    assert browser.post(address("complete", occurrence := owed())).status_code == 302
    assert fresh(occurrence).ended_by == request.getfixturevalue(who)


@pytest.mark.parametrize(("who", "sees", "does"), [
    ("auditor", 200, 403), ("officer", 200, 403), ("outsider", 404, 404), ("salesperson", 404, 404),
])  # fmt: skip
def test_the_others_look_at_most(owed, who, sees, does, request, signed_in):
    browser, occurrence = signed_in(request.getfixturevalue(who)), owed()

    assert browser.get(occurrence.get_absolute_url()).status_code == sees
    for verb in VERBS:
        assert browser.post(address(verb, occurrence), {"reason": "x", "to": "孙倩"}).status_code == does
    assert fresh(occurrence).state == State.OPEN


@pytest.fixture
def officer(administration):
    return make_user("吴敏", role=Role.ADMINISTRATION_OFFICER, department=administration)


@pytest.mark.parametrize("verb", VERBS)
def test_signed_out_nothing_happens(owed, client, verb):
    assert client.post(address(verb, owed())).status_code == 302


def test_signed_in_anew_one_finds_the_page_again(owed, phone):
    occurrence = owed()

    answer = phone.get(address("complete", occurrence))

    assert (answer.status_code, answer.url) == (302, occurrence.get_absolute_url())


def test_line_managers_do_what_their_people_owe(owed, salesperson, department_head, signed_in):
    occurrence = owed(person=salesperson)

    assert signed_in(department_head).post(address("complete", occurrence)).status_code == 302


def test_of_a_role_anybody_may_do_it_and_whoever_takes_turns_may_stand_in(
    owed, admin_manager, receptionist, second_receptionist, outsider, noon, signed_in
):
    shared = owed(assignment="role", person=None, team="receptionist")
    assert signed_in(second_receptionist).post(address("complete", shared)).status_code == 302

    turn = on(in_turn(admin_manager, noon, [receptionist, second_receptionist]), "2026-11-26")
    assert signed_in(receptionist).get(turn.get_absolute_url()).status_code == 200
    assert signed_in(second_receptionist).get(turn.get_absolute_url()).status_code == 200
    assert signed_in(outsider).get(turn.get_absolute_url()).status_code == 404


def test_whoever_only_looks_is_offered_nothing_to_do(owed, auditor, signed_in):
    shown = words(signed_in(auditor).get(owed(MINUTES).get_absolute_url()))

    assert "/complete/" not in shown
    assert "<datalist" not in shown


def test_it_asks_the_same_few_questions_however_many_were_there(
    owed, phone, receptionist, colleague, outsider, django_assert_max_num_queries
):
    one, three = owed(PEOPLE, PHOTO), owed(PEOPLE, PHOTO)
    phone.post(address("complete", one), {PEOPLE.field: [receptionist.pk], PHOTO.field: [upload()]})
    everybody = [receptionist.pk, colleague.pk, outsider.pk]
    phone.post(
        address("complete", three), {PEOPLE.field: everybody, PHOTO.field: [upload() for _n in range(3)]}
    )
    phone.get(one.get_absolute_url())

    with django_assert_max_num_queries(45) as asked:
        phone.get(one.get_absolute_url())
    with django_assert_max_num_queries(len(asked.captured_queries)):
        phone.get(three.get_absolute_url())


@pytest.mark.browser
def test_photos_taken_one_after_the_other_survive_a_mistake(
    owed, receptionist, signed_in, live_server, page, tmp_path
):
    occurrence = owed(MINUTES, PHOTO)
    session = signed_in(receptionist).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.goto(live_server.url + occurrence.get_absolute_url())

    for name in ("a.png", "b.png"):
        (tmp_path / name).write_bytes(PIXEL)
        page.set_input_files("[data-camera]", tmp_path / name)
        expect(page.locator(".files-chosen li", has_text="×")).to_have_count(1 if name == "a.png" else 2)
    page.get_by_role("button", name="It is done").click()
    expect(page.get_by_text("“纪要” is missing.")).to_be_visible()
    page.get_by_label("纪要").fill("两张照片都在")
    page.get_by_role("button", name="It is done").click()

    expect(page.locator(".shown-files img")).to_have_count(2)
    assert fresh(occurrence).files.count() == 2
