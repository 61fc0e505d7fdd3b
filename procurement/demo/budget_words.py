"""What a trading company of some eighty people in Shanghai spends on its offices, in yuan."""

from decimal import Decimal
from typing import NamedTuple

D = Decimal


class Bill(NamedTuple):
    """Something that is paid every month: on a fixed day, or several times on any days.

    `seasons` are shares of the amount from January to December; `spread` is by how many percent it varies.
    """

    text: str
    amount: Decimal
    code: str = ""
    day: int = 0
    times: tuple[int, int] = (1, 1)
    spread: int = 0
    seasons: tuple[Decimal, ...] = ()


POWER = tuple(D(percent) / 100 for percent in (115, 110, 85, 70, 80, 110, 145, 150, 115, 75, 80, 110))
TRADE = tuple(D(percent) / 100 for percent in (90, 60, 110, 100, 100, 105, 95, 95, 110, 90, 135, 115))

BILLS = [
    ("快递", Bill("{month}月顺丰月结", D(1650), "sales", day=6, spread=12, seasons=TRADE)),
    ("快递", Bill("{month}月京东快递月结", D(620), "purchasing", day=9, spread=15)),
    ("快递", Bill("同城急送（标书、合同）", D(68), "sales", times=(3, 7), spread=40)),
    ("水电", Bill("{month}月电费", D(8600), day=18, spread=4, seasons=POWER)),
    ("水电", Bill("{month}月水费", D(640), day=20, spread=6)),
    ("绿植保洁", Bill("绿植租摆（{month}月）", D(1800), "admin", day=5)),
    ("绿植保洁", Bill("保洁外包服务费（{month}月）", D(6500), "admin", day=25)),
    ("差旅会务", Bill("客户拜访差旅", D(1450), "sales", times=(3, 5), spread=35)),
    ("差旅会务", Bill("行业展会与会务", D(2100), "marketing", times=(0, 2), spread=30)),
    ("差旅会务", Bill("供应商实地考察", D(980), "purchasing", times=(0, 1), spread=25)),
    ("维修保养", Bill("空调清洗与维修", D(620), "admin", times=(1, 2), spread=30)),
    ("维修保养", Bill("门禁、锁具维修", D(260), "admin", times=(0, 2), spread=35)),
    ("维修保养", Bill("打印机保养", D(380), "admin", day=15, spread=10)),
    ("其他", Bill("饮用水配送（{month}月）", D(960), "admin", day=12, spread=8)),
    ("其他", Bill("证照年检、公证费", D(300), "admin", times=(0, 1), spread=30)),
]

#: Bought before the orders were kept here: about so much a month.
PURCHASES = {"办公用品": D(3600), "低值易耗品": D(4200)}

#: Planned for each month of the year.
MONTHLY = {
    "办公用品": [D(4300)] * 12,
    "低值易耗品": [D(4900)] * 12,
    "快递": [D(2900) * share for share in TRADE],
    "水电": [D(9900) * share for share in POWER],
    "绿植保洁": [D(8300)] * 12,
    "差旅会务": [D(9800)] * 12,
    "维修保养": [D(2300)] * 12,
    "其他": [D(1300)] * 12,
}

#: kind, (department, period, amount)
YEARLY = [
    ("固定资产购置", ("", "year", D(160_000))),
    ("差旅会务", ("sales", "quarter", D(21_000))),
    ("快递", ("sales", "quarter", D(7_200))),
    ("办公用品", ("sales", "year", D(14_000))),
    ("办公用品", ("rnd", "year", D(14_000))),
]

#: kind: why it rose, and what is done.
CONTROLS = {
    "快递": ("双十一前后样品寄送增多", "样品改走京东特惠，标书以外不用同城急送"),
    "水电": ("气温高于往年，空调多开两小时", "公共区空调定在 26℃，下班前半小时关闭"),
    "差旅会务": ("两个展会集中在本月", "同城客户合并拜访，会务改用本公司会议室"),
    "维修保养": ("设备过保后故障增多", "与维保商谈包年价，年底盘查时列入更换计划"),
    "办公用品": ("新员工入职集中，一次配齐", "按部门定额领用，超额须负责人签字"),
    "低值易耗品": ("硒鼓、清洁用品涨价", "三家比价后换供应商，推行双面打印"),
    "固定资产购置": ("按年初计划更换电脑", "旧机调剂给实习岗位，不再另购"),
    "绿植保洁": ("保洁合同按年上调", "明年一季度重新比价"),
    "其他": ("一次性支出", "年底前不再安排同类支出"),
}
