"""What a person who leaves held: headships, backups, reports, roles. Each is given up by name."""

from django.utils.translation import gettext as _

from .roles import holders, label


def vacate(user) -> list[str]:
    """Take everything off the person that others rely on; a sentence for each thing left open."""
    return [*_headships(user), *_backups(user), *_reports(user), *_roles(user)]


def _headships(user) -> list[str]:
    sentences = []
    for department in user.departments_headed.all():
        department.head = None
        department.save(update_fields=["head"])
        sentences.append(_("%(department)s has no head.") % {"department": department.name})
    return sentences


def _backups(user) -> list[str]:
    sentences = []
    for person in user.backs_up.all():
        person.backup = None
        person.save(update_fields=["backup"])
        sentences.append(_("%(name)s has no backup.") % {"name": person.name})
    return sentences


def _reports(user) -> list[str]:
    """Reports go to the next manager up, so that an overdue promise still finds somebody."""
    sentences = []
    for person in user.reports.all():
        person.manager = user.manager
        person.save(update_fields=["manager"])
        if person.manager:
            names = {"name": person.name, "manager": person.manager.name}
            sentences.append(_("%(name)s now reports to %(manager)s.") % names)
        else:
            sentences.append(_("%(name)s has no line manager.") % {"name": person.name})
    return sentences


def _roles(user) -> list[str]:
    names = sorted(user.groups.values_list("name", flat=True))
    user.groups.clear()
    others = holders(names)
    return [
        _("Nobody holds the role “%(role)s”.") % {"role": label(n)}
        for n in names
        if set(others[n]) <= {user.pk}
    ]
