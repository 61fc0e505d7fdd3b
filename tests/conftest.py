"""The cast: the same few people in every test, and a Monday noon in Shanghai to meet them at."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.test import Client

from organization.roles import Role

from .builders import make_department, make_user

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture(autouse=True, scope="session")
def _every_view_is_known():
    """Before any test turns the clock: a module imported meanwhile would keep the turned one for ever."""
    from admin_office import urls

    return urls


@pytest.fixture(autouse=True)
def _own_surroundings(settings):
    """English msgids, an own cache, and static files without a manifest."""
    settings.LANGUAGE_CODE = "en"
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def at():
    """`at("2026-11-23 12:00")` or, on that Monday, `at("12:00")`: an aware instant in Shanghai."""

    def instant(text: str) -> datetime:
        full = text if "-" in text else f"2026-11-23 {text}"
        return datetime.fromisoformat(full).replace(tzinfo=SHANGHAI)

    return instant


@pytest.fixture
def noon(at) -> datetime:
    """Monday, 23 November 2026, 12:00 in Shanghai."""
    return at("12:00")


@pytest.fixture
def signed_in():
    """`signed_in(user)`: a browser in which the person is signed in."""

    def client(user) -> Client:
        browser = Client()
        browser.force_login(user, backend="organization.backends.RoleBackend")
        return browser

    return client


@pytest.fixture
def administration(db):
    return make_department("行政部", code="admin")


@pytest.fixture
def sales(db):
    return make_department("销售部", code="sales")


@pytest.fixture
def admin_manager(administration):
    """行政经理: heads the administration department."""
    user = make_user(
        "郑国强", role=Role.ADMIN_MANAGER, username="manager", department=administration, title="行政经理"
    )
    administration.head = user
    administration.save(update_fields=["head"])
    return user


@pytest.fixture
def second_receptionist(admin_manager, administration):
    return make_user(
        "孙倩",
        role=Role.RECEPTIONIST,
        username="reception2",
        department=administration,
        manager=admin_manager,
        title="前台",
        extension="8002",
    )


@pytest.fixture
def receptionist(admin_manager, second_receptionist, administration):
    """前台: reports to the admin manager, the second receptionist is the backup."""
    return make_user(
        "王晓梅",
        role=Role.RECEPTIONIST,
        username="reception",
        department=administration,
        manager=admin_manager,
        backup=second_receptionist,
        title="前台",
        extension="8001",
    )


@pytest.fixture
def department_head(sales):
    """部门负责人 of sales."""
    user = make_user("何建明", role=Role.DEPARTMENT_HEAD, username="head", department=sales, title="销售总监")
    sales.head = user
    sales.save(update_fields=["head"])
    return user


@pytest.fixture
def colleague(sales, department_head):
    return make_user(
        "林悦", username="colleague", department=sales, manager=department_head, title="销售代表"
    )


@pytest.fixture
def salesperson(sales, department_head, colleague):
    """An ordinary employee in sales: reports to the head, the colleague is the backup."""
    return make_user(
        "陈思远",
        username="sales",
        department=sales,
        manager=department_head,
        backup=colleague,
        title="销售代表",
        extension="8123",
    )


@pytest.fixture
def outsider(db):
    """An active employee of another department, without any role."""
    return make_user("高翔", username="outsider", department=make_department("研发中心", code="rnd"))


@pytest.fixture
def auditor(db):
    return make_user("宋文", role=Role.AUDITOR, username="auditor")


@pytest.fixture
def it_admin(administration):
    return make_user("马超", role=Role.IT_ADMIN, username="it", department=administration, title="网管")
