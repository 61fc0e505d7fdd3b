"""How the papers of suppliers stand today, for the cells of lists."""

from django import template

from pages.clock import now
from sla.models.figure import local_day

from .. import supplier_columns
from ..models import Paper, Supplier

register = template.Library()


@register.simple_tag
def papers_state(supplier: Supplier) -> str:
    """ "expired", "expiring" or ""; reads the papers fetched with the list."""
    return supplier_columns.papers_state(supplier)


@register.simple_tag
def paper_state(paper: Paper) -> Paper.State:
    return paper.state_on(local_day(now()))
