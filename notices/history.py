"""Changes to channels and repeated deliveries are kept in the history; addresses and secrets never show."""

from auditlog.registry import auditlog

from notices.models import Channel, Delivery


def register() -> None:
    auditlog.register(
        Channel,
        exclude_fields=["busy_until", "rest_until", "failures"],
        mask_fields=["address", "secret"],
        mask_callable="notices.history.hidden",
    )
    auditlog.register(Delivery, include_fields=["state"])


def hidden(value: str) -> str:
    """Nothing of a secret, not even its length."""
    return "••••••" if value else ""
