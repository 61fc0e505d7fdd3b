"""Who approves purchases in an office that has just opened: the head, and admin managers from ¥1,000 on.

Written after migrate where there is no rule, never over what somebody changed.
"""

from django.apps import apps as installed
from django.db import DEFAULT_DB_ALIAS

RULES = [
    {"from_amount": 0, "approver": "head"},
    {"from_amount": 1000, "approver": "admin_manager"},
    {"from_amount": 0, "approver": "admin_manager", "only_over_budget": True},
]


def write(sender=None, using: str = DEFAULT_DB_ALIAS, apps=installed, **kwargs) -> None:
    """Receiver of post_migrate; where the table is not there yet, there is nothing to write."""
    try:
        rules = apps.get_model("procurement", "ApprovalRule").objects.using(using)
    except LookupError:
        return
    if not rules.exists():
        for position, fields in enumerate(RULES, start=1):
            rules.create(position=10 * position, **fields)
