"""The criteria by which an empty office begins to judge its suppliers; data, in the office's language."""

from django.apps import apps as installed
from django.db import DEFAULT_DB_ALIAS

CRITERIA = [
    ("交付及时", 30, "on_time", "按订单约定日期到货的比例；到期未到货的订单计为不及时。"),
    ("质量", 30, "defects", "验收合格件数占到货件数的比例。"),
    ("价格", 25, "price", "与去年同期价相比：不高于去年得 100 分，高出 30% 及以上得 0 分，其间按比例递减。"),
    ("服务", 15, "hand", "响应速度、配合程度、售后处理：90 分以上很好，75 分一般，60 分以下需改进。"),
]


def write(sender=None, using: str = DEFAULT_DB_ALIAS, apps=installed, **kwargs) -> None:
    """Receiver of post_migrate: where there are no criteria yet; never over what somebody changed."""
    try:
        criteria = apps.get_model("procurement", "Criterion").objects.using(using)
    except LookupError:
        return
    if criteria.exists():
        return
    for position, (name, weight, source, guide) in enumerate(CRITERIA, start=1):
        criteria.create(name=name, weight=weight, source=source, guide=guide, position=position)
