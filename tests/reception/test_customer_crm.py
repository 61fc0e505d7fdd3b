import pytest

from notices.models import Channel, Delivery, Notice
from reception.models import Customer

from .customers import make_customer, make_new_customers_call

pytestmark = pytest.mark.django_db


@pytest.fixture
def outside() -> Channel:
    """The webhook of the outside customer system."""
    return Channel.objects.create(
        kind=Channel.Kind.WEBHOOK, name="CRM", address="https://crm.example/in", secret="s", per_minute=60
    )


def test_every_change_goes_to_the_outside_system_with_masked_numbers(outside, receptionist, noon):
    customer = make_customer("王小明", "13800138000", by=receptionist)
    customer.correct(fields={"title": "总监"}, expected_version=1, by=receptionist, at=noon)

    told = [delivery.notice for delivery in Delivery.objects.filter(channel=outside).order_by("pk")]

    assert [notice.params["customer_event"] for notice in told] == ["created", "corrected"]
    assert [notice.params["numbers"] for notice in told] == ["138****8000"] * 2
    assert str(told[1].title) == "Customer 王小明: corrected"


def test_what_one_did_oneself_is_no_news(outside, receptionist):
    make_customer("王小明", by=receptionist)

    assert not Notice.objects.filter(recipient=receptionist, read_at=None).exists()


def test_without_an_outside_system_nobody_is_bothered(receptionist):
    make_customer("王小明", by=receptionist)

    assert not Notice.objects.exists()


def test_the_account_manager_finds_a_new_caller_in_the_inbox(receptionist, salesperson, noon):
    call = make_new_customers_call(receptionist, noon)
    fields = {"name": "王小明", "owner": salesperson}

    customer = Customer.register(fields=fields, call=call, by=receptionist, at=noon)

    notice = Notice.objects.get(recipient=salesperson, kind="reception.customer_new")
    assert (str(notice.title), notice.link) == ("New customer of yours: 王小明", customer.get_absolute_url())
