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
    "sla.view_invariant",
    "sla.view_draw",
    "sla.view_repeatedmiss",
    "sla.view_board",
    "sla.view_duty",
    "sla.view_occurrence",
    "sla.view_scorecard",
    "sla.view_display",
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
        "sla.change_invariant",
        "sla.draw_sample",
        "sla.add_duty",
        "sla.change_duty",
        "sla.do_every_duty",
        "sla.change_boardsettings",
        "sla.add_scorecard",
        "sla.add_display",
        "sla.change_display",
    ],
    Role.ADMINISTRATION_OFFICER: [
        "sla.view_calendar",
        "sla.view_policy",
        "sla.view_board",
        "sla.view_duty",
    ],
    Role.AUDITOR: _SEE,
}
