"""The kinds of cost an office begins with, each by its nature; from then on the manager's word counts.

Names are data, in the language in which the office keeps its books.
"""

from django.apps import apps as installed
from django.db import DEFAULT_DB_ALIAS

#: name, nature, use
KINDS = (
    ("办公用品", "per_head", ""),
    ("低值易耗品", "variable", ""),
    ("固定资产购置", "one_off", "assets"),
    ("维修保养", "variable", "repairs"),
    ("快递", "variable", ""),
    ("水电", "seasonal", ""),
    ("绿植保洁", "fixed", ""),
    ("差旅会务", "per_head", ""),
    ("其他", "variable", "other"),
)


def write(sender=None, using: str = DEFAULT_DB_ALIAS, apps=installed, **kwargs) -> None:
    """Receiver of post_migrate; where the tables are not there yet, there is nothing to write."""
    try:
        kinds = apps.get_model("procurement", "CostCategory").objects.using(using)
    except LookupError:
        return
    if not kinds.exists():
        for position, (name, nature, use) in enumerate(KINDS, start=1):
            kinds.create(name=name, nature=nature, use=use, position=10 * position)
