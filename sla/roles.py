from organization.roles import Role

_SEE = [
    "sla.view_every_timer",
    "sla.view_timer",
    "sla.view_escalation",
    "sla.view_policy",
    "sla.view_policyversion",
    "sla.view_calendar",
    "sla.view_dayoverride",
    "sla.view_excuse",
]

GRANTS: dict[Role, list[str]] = {
    Role.ADMIN_MANAGER: [
        *_SEE,
        "sla.reassign_timer",
        "sla.acknowledge_timer",
        "sla.change_policy",
        "sla.change_calendar",
        "sla.add_dayoverride",
        "sla.change_dayoverride",
        "sla.decide_excuse",
    ],
    Role.ADMINISTRATION_OFFICER: ["sla.view_calendar", "sla.view_policy"],
    Role.AUDITOR: _SEE,
}
