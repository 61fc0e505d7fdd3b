"""Which goods count as which kind of cost: before anything is bought."""

from datetime import datetime
from random import Random

from supplies.models import Category

from ..models import CostCategory

GOODS = {
    "办公用品": ("stationery", "paper"),
    "低值易耗品": ("printing", "cleaning", "tea"),
    "固定资产购置": ("computers", "appliances", "furniture"),
    "维修保养": ("spares",),
}


def fill(random: Random, now: datetime) -> None:
    for name, codes in GOODS.items():
        CostCategory.objects.get(name=name).goods.set(Category.objects.filter(code__in=codes))
