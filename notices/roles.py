"""Who looks after the ways in which people are told; reading one's own inbox needs no right."""

from organization.roles import Role

_LOOK = ["notices.view_delivery", "notices.view_channel"]
_CARE = [
    *_LOOK,
    "notices.retry_delivery",
    "notices.add_channel",
    "notices.change_channel",
    "notices.delete_channel",
]

GRANTS: dict[Role, list[str]] = {
    Role.ADMIN_MANAGER: _CARE,
    Role.IT_ADMIN: _CARE,
    Role.AUDITOR: _LOOK,
}
