"""What there is to ask, how it is refused, and what leaves the house."""

from datetime import timedelta

import pytest
from auditlog.models import LogEntry
from django.test import Client
from django.urls import reverse

from admin_office.api import api
from organization.clients import Pace
from organization.models import ApiClient
from pages.clock import now
from reception.models import Customer
from sla.models import DailyFigure, Timer
from sla.timers import start_timer
from tests.reception.builders import make_missed_call
from tests.reception.customers import make_customer

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(admin_manager):
    """`ask("/api/timers/", "timers")`: as a system that was let in for that."""

    def get(url: str, *scopes: str, **query):
        name = f"系统{ApiClient.objects.count()}"
        token = ApiClient.issue(name, scopes, by=admin_manager, at=now())[1]
        return Client().get(url, query, headers={"Authorization": f"Bearer {token}"})

    return get


# -- the page and the document ---------------------------------------------------------------------------


def test_the_page_lists_every_operation_of_the_document(signed_in, outsider):
    browser = signed_in(outsider)
    document = browser.get(reverse("openapi")).json()
    page = browser.get(reverse("api-operations"))

    listed = {(one["path"], one["method"].lower()) for one in page.context["operations"]}
    assert listed == {(path, method) for path, methods in document["paths"].items() for method in methods}
    assert ("/api/phone-events/", "post") in listed


def test_every_field_of_a_request_says_what_it_means(signed_in, outsider):
    operations = signed_in(outsider).get(reverse("api-operations")).context["operations"]

    assert [field["name"] for one in operations for field in one["fields"] if not field["words"]] == []


def test_the_document_says_how_to_show_who_one_is(signed_in, outsider):
    document = signed_in(outsider).get(reverse("openapi")).json()

    schemes = document["components"]["securitySchemes"].values()
    assert [(one["type"], one["scheme"]) for one in schemes] == [("http", "bearer")] * len(schemes)
    assert all(one["security"] for methods in document["paths"].values() for one in methods.values())


def test_the_page_loads_nothing_from_elsewhere_and_has_no_script_of_its_own(signed_in, outsider):
    page = signed_in(outsider).get(reverse("api-operations")).content.decode()

    assert "cdn" not in page
    assert "https://" not in page


@pytest.mark.parametrize("name", ["openapi", "api-operations"])
def test_the_interface_is_described_to_staff_only(client, name):
    assert client.get(reverse(name)).status_code == 302


def test_an_unknown_operation_leaks_nothing(ask):
    answer = ask("/api/people/", "timers")

    assert answer.status_code == 404


# -- pace ----------------------------------------------------------------------------------------------


def test_a_system_that_asks_without_pause_is_told_to_wait(admin_manager, monkeypatch):
    monkeypatch.setattr(api.throttle[0], "per_minute", 1)
    token = ApiClient.issue("大屏", ["timers"], by=admin_manager, at=now())[1]
    system = Client(headers={"Authorization": f"Bearer {token}"})

    answers = [system.get("/api/timers/") for _ in range(5)]

    answer = next(answer for answer in answers if answer.status_code != 200)

    assert (answer.status_code, answer.json()) == (429, {"error": "Too many requests. Wait a little."})
    assert 0 < int(answer.headers["Retry-After"]) <= 60


def test_the_pace_is_counted_for_each_system(rf, admin_manager, noon):
    pace, request = Pace(per_minute=2), rf.get("/")
    request.auth = ApiClient(pk=1)
    assert [pace.allow_request(request) for _ in range(3)] == [True, True, False]

    request.auth = ApiClient(pk=2)
    assert pace.allow_request(request) is True


# -- promises ----------------------------------------------------------------------------------------------


@pytest.fixture
def two_missed(receptionist):
    make_missed_call(receptionist, now() - timedelta(days=5))
    make_missed_call(receptionist, now())


def test_running_promises_are_told_with_who_owes_them(ask, two_missed, receptionist):
    told = ask("/api/timers/", "timers").json()

    assert [one["standard"] for one in told["timers"]] == ["call-back", "call-back"]
    assert told["timers"][0]["owner"] == receptionist.staff_no
    assert told["next"] is None


def test_overdue_promises_are_told_alone(ask, two_missed):
    told = ask("/api/timers/", "timers", state="overdue").json()

    assert [one["id"] for one in told["timers"]] == [Timer.objects.order_by("pk").first().pk]


def test_promises_come_in_pages(ask, two_missed):
    first = ask("/api/timers/", "timers", limit=1).json()
    second = ask("/api/timers/", "timers", limit=1, after=first["next"]).json()

    assert [one["id"] for one in first["timers"] + second["timers"]] == sorted(
        Timer.objects.values_list("pk", flat=True)
    )
    assert second["next"] is None


@pytest.mark.parametrize("query", [{"limit": 0}, {"limit": 201}, {"after": -1}, {"state": "all"}])
def test_a_question_that_makes_no_sense_is_refused_in_words(ask, query):
    answer = ask("/api/timers/", "timers", **query)

    assert answer.status_code == 422
    assert list(answer.json()["fields"]) == list(query)


def test_reading_many_promises_costs_as_many_queries_as_reading_one(
    ask, receptionist, django_assert_max_num_queries
):
    make_missed_call(receptionist, now())
    for _ in range(5):
        start_timer(
            make_missed_call(receptionist, now(), number=""), "call-back", owner=receptionist, at=now()
        )

    with django_assert_max_num_queries(20):
        assert len(ask("/api/timers/", "timers").json()["timers"]) == 6


# -- the standards board ----------------------------------------------------------------------------------


def test_the_boards_figures_are_told(ask):
    day = now().date()
    DailyFigure.objects.create(standard="call-feedback", day=day, counted=200, kept=190, excused=2)

    told = ask("/api/standards/", "standards", first=f"{day}", last=f"{day}").json()

    assert (told["first"], told["last"]) == (f"{day}", f"{day}")
    found = {one["key"]: one for one in told["standards"]}["call-feedback"]
    assert (found["figure"], found["adjusted"], found["numerator"], found["denominator"]) == (
        95,
        95.9,
        190,
        200,
    )


def test_the_board_of_this_month_is_told_without_a_word(ask):
    told = ask("/api/standards/", "standards").json()

    assert told["first"].endswith("-01")
    assert {one["state"] for one in told["standards"]} == {"unmeasured"}


@pytest.mark.parametrize(
    "query", [{"first": "2026-11-02", "last": "2026-11-01"}, {"first": "2026-11-02"}, {"last": "x"}]
)
def test_days_that_make_no_sense_are_refused(ask, query):
    assert ask("/api/standards/", "standards", **query).status_code == 422


# -- customers -------------------------------------------------------------------------------------------


@pytest.fixture
def settled():
    """Two customers, changed a minute and half a minute ago."""
    first, second = (
        make_customer("张伟", "13800138000", company="远景科技"),
        make_customer("李娜", "010-88888888"),
    )
    for seconds, customer in ((60, first), (30, second)):
        Customer.objects.filter(pk=customer.pk).update(updated_at=now() - timedelta(seconds=seconds))
    return first, second


def looks() -> int:
    return LogEntry.objects.filter(action=LogEntry.Action.ACCESS).count()


def test_numbers_leave_the_house_masked(ask, settled):
    told = ask("/api/customers/", "customers").json()["customers"]

    assert [(one["name"], one["numbers"]) for one in told] == [
        ("张伟", ["138****8000"]),
        ("李娜", ["010****8888"]),
    ]
    assert looks() == 0


def test_whole_numbers_need_a_scope_of_their_own_and_each_look_is_recorded(ask, settled):
    told = ask("/api/customers/", "customers", "numbers").json()["customers"]

    assert told[0]["numbers"] == ["+8613800138000"]
    assert looks() == 2
    look = LogEntry.objects.filter(action=LogEntry.Action.ACCESS)[0].additional_data
    assert look["looked_at_numbers"] == {"system": "系统0"}


def test_the_scope_for_numbers_alone_opens_nothing(ask, settled):
    assert ask("/api/customers/", "numbers").status_code == 403


def test_asking_on_from_the_answer_tells_every_change_once(ask, settled):
    first = ask("/api/customers/", "customers", limit=1).json()
    mark = {"changed_since": first["changed_since"], "after": first["after"]}
    second = ask("/api/customers/", "customers", limit=1, **mark).json()
    mark = {"changed_since": second["changed_since"], "after": second["after"]}
    third = ask("/api/customers/", "customers", limit=1, **mark).json()

    names = [[one["name"] for one in page["customers"]] for page in (first, second, third)]
    assert names == [["张伟"], ["李娜"], []]
    assert (first["more"], second["more"], third["more"]) == (True, False, False)


def test_changes_at_the_same_instant_are_all_told(ask, settled):
    Customer.objects.update(updated_at=now() - timedelta(seconds=30))
    first = ask("/api/customers/", "customers", limit=1).json()
    mark = {"changed_since": first["changed_since"], "after": first["after"]}
    second = ask("/api/customers/", "customers", limit=1, **mark).json()

    assert [first["customers"][0]["name"], second["customers"][0]["name"]] == ["张伟", "李娜"]


def test_a_customer_out_of_use_is_told_without_words(ask, settled, admin_manager):
    settled[0].withdraw(reason="重复", by=admin_manager, at=now())
    Customer.objects.filter(pk=settled[0].pk).update(updated_at=now() - timedelta(seconds=20))

    told = ask("/api/customers/", "customers", "numbers").json()["customers"][1]
    assert (told["id"], told["state"], told["name"], told["numbers"]) == (settled[0].pk, "withdrawn", "", [])


def test_a_change_is_told_when_it_has_settled(ask):
    make_customer("王芳")

    assert ask("/api/customers/", "customers").json()["customers"] == []
