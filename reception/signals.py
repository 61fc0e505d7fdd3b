"""What happens at the front desk that others may want to know."""

from django.dispatch import Signal

#: sender=Customer, customer=, event= (created, corrected, merged, unmerged, withdrawn, anonymised), by=, at=.
#: Sent inside the transaction of the verb.
customer_saved = Signal()
