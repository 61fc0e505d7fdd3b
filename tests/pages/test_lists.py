"""Lists: searched, filtered, sorted, paged by the last row seen, never counted."""

import django_filters
import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from organization.models import User
from pages.exports import Column
from pages.lists import List
from tests.builders import make_department, make_user

pytestmark = pytest.mark.django_db

COLUMNS = [
    Column("name", "Name", sort=True),
    Column("staff_no", "No", sort=True),
    Column("department", "Department", "department.name", sort="department__name"),
    Column("title", "Title"),
]


class StatusFilter(django_filters.FilterSet):
    class Meta:
        model = User
        fields = ["status"]


def listing(query: str = "", **options) -> List:
    options = {"name": "people", "sort": "staff_no", "per_page": 2, **options}
    return List(RequestFactory().get(f"/people/?{query}"), User.objects.all(), COLUMNS, **options)


def numbers(shown: List) -> list[str]:
    return [row.staff_no for row in shown.page.rows]


def walk(first: List, link: str, **options) -> list[list[str]]:
    """The pages seen by following `link` until there is none."""
    pages, shown = [numbers(first)], first
    while address := getattr(shown, link):
        shown = listing(address.partition("?")[2], **options)
        pages.append(numbers(shown))
        assert len(pages) < 20
    return pages


@pytest.fixture
def five():
    for number in "12345":
        make_user(f"员工{number}", staff_no=number, username=f"u{number}")


@pytest.mark.usefixtures("five")
def test_pages_follow_each_other_without_gap_or_repetition():
    assert walk(listing(), "next_link") == [["1", "2"], ["3", "4"], ["5"]]


@pytest.mark.usefixtures("five")
def test_the_way_back_shows_the_same_pages():
    last = listing(listing(listing().next_link.partition("?")[2]).next_link.partition("?")[2])
    assert walk(last, "previous_link") == [["5"], ["3", "4"], ["1", "2"]]


def test_the_first_page_has_no_previous_and_the_only_one_no_next():
    make_user(staff_no="1")
    assert (listing().previous_link, listing().next_link) == ("", "")


@pytest.mark.usefixtures("five")
def test_descending_is_the_other_way_round():
    assert walk(listing("sort=-staff_no"), "next_link") == [["5", "4"], ["3", "2"], ["1"]]


@pytest.mark.parametrize("sort", ["department", "-department"])
def test_rows_of_equal_and_of_no_value_are_each_seen_once(sort):
    sales = make_department("销售部")
    for number in "123456":
        make_user(staff_no=number, department=sales if number in "135" else None)
    pages = walk(listing(f"sort={sort}"), "next_link")
    assert sorted(number for page in pages for number in page) == list("123456")
    back = listing(f"sort={sort}")
    while back.next_link:
        back = listing(back.next_link.partition("?")[2])
    assert walk(back, "previous_link") == pages[::-1]


def test_two_rows_of_the_same_instant_are_both_seen():
    moment = make_user(staff_no="1").date_joined
    make_user(staff_no="2", date_joined=moment)
    make_user(staff_no="3", date_joined=moment)
    assert walk(listing(sort="-date_joined"), "next_link", sort="-date_joined") == [["3", "2"], ["1"]]


@pytest.mark.usefixtures("five")
@pytest.mark.parametrize("sort", ["password", "-password", "title", "department__head", "no_such"])
def test_only_declared_columns_are_sorted_by(sort):
    assert numbers(listing(f"sort={sort}")) == ["1", "2"]


@pytest.mark.usefixtures("five")
@pytest.mark.parametrize("mark", ["x", "e30", "WzEsMiwzXQ", "WyJhIiwgImIiXQ", "%00", "é"])
def test_a_broken_mark_shows_the_first_page(mark):
    assert numbers(listing(f"after={mark}")) == ["1", "2"]


@pytest.mark.usefixtures("five")
def test_a_search_finds_by_its_lookups():
    assert numbers(listing("q=员工3", search=["name__icontains", "staff_no"])) == ["3"]


@pytest.mark.usefixtures("five")
def test_a_search_may_be_a_queryset_method():
    shown = listing("q=4", search=lambda text: User.objects.filter(staff_no=text))
    assert numbers(shown) == ["4"]


@pytest.mark.usefixtures("five")
@pytest.mark.parametrize("query", ["q=%00", "q=" + "长" * 10_000, "q=%27%3B--"])
def test_strange_searches_do_no_harm(query):
    assert len(numbers(listing(query, search=["name__icontains"]))) <= 2


@pytest.mark.usefixtures("five")
def test_a_filter_narrows_the_list_and_survives_paging():
    User.objects.filter(staff_no="1").update(status=User.Status.LEFT, is_active=False)
    shown = listing("status=active", filters=StatusFilter)
    assert numbers(shown) == ["2", "3"]
    assert "status=active" in shown.next_link


def test_an_empty_list_knows_whether_a_search_emptied_it():
    assert not listing(filters=StatusFilter).is_filtered
    assert listing("q=x", search=["name"]).is_filtered
    assert listing("status=left", filters=StatusFilter).is_filtered


@pytest.mark.usefixtures("five")
def test_a_page_is_one_query_and_no_count():
    with CaptureQueriesContext(
        connection,
    ) as queries:
        numbers(listing())
    assert len(queries) == 1
    assert "COUNT(" not in queries[0]["sql"].upper()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_rows(rows, on_stage, signed_in, receptionist):
    for _number in range(rows):
        make_user()
    browser = signed_in(receptionist)
    browser.get("/stage/people/")
    with CaptureQueriesContext(connection) as queries:
        assert browser.get("/stage/people/").status_code == 200
    people = [query for query in queries if "ORDER BY" in query["sql"] and "staff_no" in query["sql"]]
    assert len(people) == 1


def test_a_sorted_header_says_so_and_turns_round(on_stage, signed_in, receptionist):
    page = signed_in(receptionist).get("/stage/people/?sort=name").content.decode()
    assert 'aria-sort="ascending"' in page
    assert "?sort=-name" in page


def test_nothing_found_is_said_in_a_sentence_with_a_way_out(on_stage, signed_in, receptionist):
    page = signed_in(receptionist).get("/stage/people/?q=zzz").content.decode()
    assert "Nothing fits this search." in page
    assert 'href="/stage/people/"' in page


def test_an_export_takes_all_that_was_found_not_the_page_alone(on_stage, signed_in, receptionist):
    for number in range(5):
        make_user(f"同名{number}")
    response = signed_in(receptionist).get("/stage/people/?q=同名&export=csv&sort=-name")
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0] == "姓名,工号,部门,状态"
    assert [line.split(",")[0] for line in lines[1:]] == ["同名4", "同名3", "同名2", "同名1", "同名0"]


def test_signed_out_nobody_takes_a_list_along(on_stage, client):
    assert client.get("/stage/people/?export=csv").status_code == 302
