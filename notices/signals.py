"""What happens to a notice that other apps may want to know."""

from django.dispatch import Signal

#: sender=Notice, notice=, by=, at=. Sent inside the transaction in which somebody answered "received" (已收到).
acknowledged = Signal()
