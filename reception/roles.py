"""What each role may do at the desk."""

from organization.roles import Role

_SEE = [
    "reception.view_call",
    "reception.view_customer",
    "reception.view_callcheck",
    "reception.view_callertype",
    "reception.view_allocationrule",
]
_DESK = [
    "reception.view_call",
    "reception.add_call",
    "reception.change_call",
    "reception.view_number",
    "reception.view_customer",
    "reception.add_customer",
    "reception.change_customer",
]
_CHECK = [*_SEE, "reception.add_callcheck", "reception.view_number", "reception.export_call"]
_ARRANGE = [
    *_DESK,
    *_CHECK,
    "reception.arrange_reception",
    *(
        f"reception.{verb}_{noun}"
        for noun in ("callertype", "product", "region", "allocationrule", "allocationtarget", "desksettings")
        for verb in ("view", "add", "change")
    ),
    "reception.delete_allocationrule",
    "reception.delete_allocationtarget",
]
_REGISTER = [
    "reception.export_customer",
    "reception.merge_customer",
    "reception.withdraw_customer",
    "reception.anonymise_customer",
]

GRANTS: dict[Role, list[str]] = {
    Role.RECEPTIONIST: [*_DESK, "reception.merge_customer", "reception.withdraw_customer"],
    Role.ADMINISTRATION_OFFICER: _CHECK,
    Role.ADMIN_MANAGER: [*_ARRANGE, *_REGISTER],
    Role.AUDITOR: _SEE,
}
