"""What happens in the promise engine that other parts may want to know."""

from django.dispatch import Signal

#: sender=Calendar, keys=[str]. Hours, special days or confirmed years changed; sent after commit.
calendar_changed = Signal()

#: sender=Occurrence, occurrence=Occurrence, at=datetime. A duty's time has come. Sent inside the
#: transaction, so that a work area can lay out what the duty needs and name it as its proof later.
occurrence_opened = Signal()

#: sender=RepeatedMiss, standard=str, first_day=date, last_day=date, misses=int, miss=RepeatedMiss. A standard
#: was missed again and again within these days; sent after commit, once for a stretch of days.
misses_repeated = Signal()
