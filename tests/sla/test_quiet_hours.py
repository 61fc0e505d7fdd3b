from notices.models import Delivery
from notices.telling import tell


def first_try(at, receptionist, *, urgent: bool = False):
    tell([receptionist], "reception.feedback", at=at, urgent=urgent)
    return Delivery.objects.get().next_try_at


def test_what_can_wait_is_mailed_when_the_office_opens(receptionist, at):
    assert first_try(at("2026-11-21 22:00"), receptionist) == at("2026-11-23 09:00")


def test_in_office_hours_it_goes_out_at_once(receptionist, at):
    assert first_try(at("10:00"), receptionist) == at("10:00")


def test_what_is_urgent_goes_out_at_any_hour(receptionist, at):
    assert first_try(at("2026-11-21 22:00"), receptionist, urgent=True) == at("2026-11-21 22:00")
