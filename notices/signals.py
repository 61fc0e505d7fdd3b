"""What happens to a notice that other apps may want to know."""

from django.dispatch import Signal

#: sender=Notice, notice=, by=, at=: somebody answered "received" (已收到); sent inside that transaction.
acknowledged = Signal()
