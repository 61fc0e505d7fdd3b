"""A form posted twice makes one record: the double click, the back button, the request sent again.

The pattern, in three places:

1. The record's model keeps the ticket of the form it came from, once::

       once = models.UUIDField(_("form ticket"), unique=True, null=True, editable=False)

2. The form's template holds `{% once %}` inside `<form>` (or `{% once form %}`, which keeps the ticket of a
   form that came back with mistakes): a hidden input `once` with a fresh UUID.

3. The form declares `once = OnceField()`; the verb that creates writes it, and on the second post gives back
   the first record instead of a new one::

       def log(cls, *, once=None, **fields):
           if once is None:
               return cls.objects.create(**fields)
           return cls.objects.get_or_create(once=once, defaults=fields)[0]

   `get_or_create` is safe here because the unique column decides, also between two processes.
"""

import uuid

from django import forms


class OnceField(forms.UUIDField):
    """The ticket as it comes back from the browser; an absent or broken one counts as none."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs):
        super().__init__(**{"required": False, **kwargs})

    def clean(self, value):
        try:
            return super().clean(value)
        except forms.ValidationError:
            return None


def ticket(form: forms.BaseForm | None = None) -> str:
    """A fresh ticket, or the one a bound form came with: correcting a mistake does not make a new one."""
    if form is not None and form.is_bound:
        given = OnceField().clean(form.data.get(form.add_prefix("once")))
        if given:
            return str(given)
    return str(uuid.uuid4())
