"""Receipts at once: the order is held, so that they never take more than was ordered unnoticed."""

import threading

import pytest
from django.db import connection, connections

from pages.refusals import Refused
from procurement.models import Commitment, Cost, Order, Receipt
from tests.builders import make_place

from .deliveries import accept, arrive, make_placed
from .purchases import want


def at_once(jobs) -> tuple[list, list]:
    """What each job answered, and with what it failed; SQLite lets one writer in after the other."""
    start, done, faults = threading.Barrier(len(jobs)), [], []

    def work(job) -> None:
        start.wait()
        try:
            done.append(job())
        except Refused as refusal:
            faults.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    connections.close_all()
    return done, faults


@pytest.mark.django_db(transaction=True)
def test_of_many_who_note_the_same_delivery_one_succeeds(salesperson, buyer, noon):
    order, place = make_placed(salesperson, buyer, noon, want(quantity=4)), make_place()
    line = order.lines.get()

    def note():
        own = Order.objects.get(pk=order.pk)
        return Receipt.arrive(own, {line.pk: 4}, by=buyer, place=place, at=noon)

    done, faults = at_once([note] * 6)

    assert (len(done), len(faults)) == (1, 5)
    assert Receipt.objects.get().lines.get().quantity == 4


@pytest.mark.django_db(transaction=True)
def test_a_delivery_accepted_by_two_at_once_is_posted_once(salesperson, colleague, buyer, noon):
    order = make_placed(salesperson, buyer, noon, want(quantity=4))
    receipt = arrive(order, by=buyer, at=noon)

    def by(person):
        return lambda: accept(Receipt.objects.get(pk=receipt.pk), by=person, at=noon)

    done, faults = at_once([by(salesperson), by(colleague), by(salesperson), by(colleague)])

    assert len(done) + len(faults) == 4
    assert Cost.objects.count() == 1
    assert order.lines.get().received == 4
    assert Commitment.objects.get().left == 0
