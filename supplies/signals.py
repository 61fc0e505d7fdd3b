"""What happens in the storerooms and among the assets that areas above may want to know."""

from django.dispatch import Signal

#: sender=Shortage, shortage=Shortage, at=datetime. An item fell below its minimum. Sent inside the
#: transaction; whoever requests the purchase calls `shortages.asked(shortage, at=…, by=…)`.
stock_ran_low = Signal()

#: sender=YearEndPlan, plan=YearEndPlan, by=, at=. Sent inside the transaction.
year_end_decided = Signal()

#: sender=Posting, posting=Posting, by=, at=. A stock document was written, a reversal too. Sent inside the
#: transaction, so that what it was written for can follow.
posted = Signal()
