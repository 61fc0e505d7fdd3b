"""What open screens watch: timers that start, stop, move or climb, duties and figures that change."""

from pages import pulse

pulse.watch(
    "timers",
    "SELECT MAX(id) FROM sla_timer",
    "SELECT MAX(stopped_at) FROM sla_timer WHERE stopped_at IS NOT NULL",
    "SELECT MAX(id) FROM sla_holding",
    "SELECT MAX(id) FROM sla_pause",
)
# The nearest duties of the person as they stand: laid out, moved, handed over or done.
pulse.watch(
    "duties",
    "SELECT {gather}(id || ':' || due_at || ':' || state, '/') FROM ("
    "SELECT id, due_at, state FROM sla_occurrence "
    "WHERE state IN ('planned', 'open') AND (person_id = %(user)s OR person_id IS NULL AND team IN ("
    "SELECT name FROM auth_group JOIN organization_user_groups ON group_id = auth_group.id "
    "WHERE user_id = %(user)s)) "
    "ORDER BY due_at, id LIMIT 20) AS nearest",
)
pulse.watch(
    "escalations",
    "SELECT MAX(id) FROM sla_escalation",
    "SELECT MAX(id) FROM sla_excuse",
    "SELECT MAX(acknowledged_at) FROM sla_timer WHERE acknowledged_at IS NOT NULL",
    "SELECT MAX(decided_at) FROM sla_excuse",
)
# What is counted anew is written anew, and a promise that changes has a new version.
pulse.watch("figures", "SELECT MAX(id) FROM sla_dailyfigure", "SELECT MAX(id) FROM sla_policyversion")
