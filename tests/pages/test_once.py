"""The ticket of a form, by which a form posted twice makes one record."""

import uuid

import pytest
from django import forms
from django.template import Context, Template

from pages.once import OnceField, ticket


class TicketForm(forms.Form):
    once = OnceField()
    name = forms.CharField()


def test_a_fresh_form_gets_a_fresh_ticket():
    assert uuid.UUID(ticket()) != uuid.UUID(ticket())


def test_a_form_that_came_back_keeps_its_ticket():
    given = str(uuid.uuid4())
    assert ticket(TicketForm({"once": given})) == given


@pytest.mark.parametrize("given", ["", "x", "<script>", None])
def test_a_broken_ticket_counts_as_none_and_is_no_mistake(given):
    form = TicketForm({"once": given, "name": "a"})
    assert form.is_valid()
    assert form.cleaned_data["once"] is None


def test_the_tag_draws_a_hidden_field():
    drawn = Template("{% load office %}{% once %}").render(Context()).strip()
    assert drawn.startswith('<input type="hidden" name="once" value="')
    assert uuid.UUID(drawn.split('"')[5])
