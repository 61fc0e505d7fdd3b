"""What every template may say: icons, times as people say them, the menu, the history of a record."""

from django import template

from pages import phones

register = template.Library()


@register.filter
def masked(number: str) -> str:
    """Only the ends of a phone number: 138****8000."""
    return phones.mask(number)
