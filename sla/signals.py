"""What happens in the promise engine that other parts may want to know."""

from django.dispatch import Signal

#: sender=Calendar, keys=[str]. Hours, special days or confirmed years changed; sent after commit.
calendar_changed = Signal()
