"""Changes to people, departments, places and absences are kept in the history, before and after."""

from auditlog.registry import auditlog

from .models import Absence, ApiClient, Department, Place, User


def register() -> None:
    """Passwords and sign-in times stay out of the history; of mobiles and tokens it has only the end."""
    auditlog.register(
        User,
        exclude_fields=["password", "last_login", "initials", "pinyin", "rights_stamp"],
        mask_fields=["mobile"],
        mask_callable="pages.phones.mask",
        m2m_fields={"groups", "user_permissions"},
    )
    auditlog.register(ApiClient, exclude_fields=["digest", "last_used_at"])
    for model in (Absence, Department, Place):
        auditlog.register(model)
