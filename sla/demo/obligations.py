"""The duties of the demo company: what recurs in its administration, when, and whose turn it is."""

from collections.abc import Callable
from datetime import date
from random import Random
from typing import Any, NamedTuple

from ..evidence import Ask, Kind
from ..recurrence import BeforeHoliday, Recurring, Rule
from . import words

WORKING_DAYS = "FREQ=DAILY"

#: What the people concerned write down; None where nothing is asked.
Answers = Callable[[Random], dict[str, Any]]


class Obligation(NamedTuple):
    """One duty as the manager set it up, and how it is usually done.

    `who` are login names: one is a person, several take turns. `usual` is the part of the window after which
    it is usually done, `kept` the share done in time, `attended` how many come to it.
    """

    standard: str
    title: str
    rule: Callable[[date], Rule]
    who: tuple[str, ...]
    opens: str = ""
    closes: str = ""
    calendar: str = "office"
    roll: str = "skip"
    evidence: tuple[Ask, ...] = ()
    instructions: str = ""
    answers: Answers | None = None
    attended: tuple[int, int] | None = None
    usual: tuple[float, float] = (0.3, 0.9)
    kept: float = 0.96


def on(rrule: str) -> Callable[[date], Rule]:
    """A rule of RFC 5545, counted from the day on which the duty was set up."""
    return lambda since: Recurring(rrule, since)


def text(name: str, *, required: bool = True) -> Ask:
    return Ask(Kind.TEXT, name, required)


def number(name: str, least: float | None = 0, most: float | None = None) -> Ask:
    return Ask(Kind.NUMBER, name, True, least, most)


def photo(name: str) -> Ask:
    return Ask(Kind.PHOTO, name, required=False)


def attendance(least: int) -> Ask:
    return Ask(Kind.ATTENDANCE, "参加人员", least=least)


OBLIGATIONS = (
    Obligation(
        "morning-inspection",
        "晨间巡检",
        on(WORKING_DAYS),
        ("officer", "archivist", "clerk"),
        closes="10:00",
        calendar="desk",
        evidence=(text("巡检情况"), number("问题项"), photo("现场照片")),
        instructions="按区域检查卫生、绿植、物品摆放，补齐纸巾、饮水等易耗品；发现问题拍照并报修。",
        answers=words.morning,
        kept=0.94,
    ),
    Obligation(
        "closing-inspection",
        "下班巡检",
        on(WORKING_DAYS),
        ("reception", "reception2"),
        opens="17:30",
        calendar="desk",
        evidence=(text("关闭情况"),),
        instructions="逐区关闭空调、照明、饮水机和投影，检查门窗是否锁好。",
        answers=words.closing,
        kept=0.97,
    ),
    Obligation(
        "device-check",
        "机房设备每日检查",
        on(WORKING_DAYS),
        ("it",),
        opens="08:00",
        closes="20:00",
        calendar="always",
        evidence=(number("机房温度", 10, 35), text("异常", required=False)),
        instructions="节假日照常，可远程查看；温度超过 27 度须到现场处理。",
        answers=words.machine_room,
        usual=(0.9, 0.99),
    ),
    Obligation(
        "device-check",
        "市场区用电就近检查",
        on(WORKING_DAYS),
        ("staff",),
        evidence=(text("检查情况"),),
        instructions="当天内检查一遍本区插座、打印机和饮水机，最后离开时关灯。",
        answers=words.nearby,
        usual=(0.9, 0.99),
        kept=0.93,
    ),
    Obligation(
        "daily-sharing",
        "每日分享",
        on(WORKING_DAYS),
        ("officer", "reception", "clerk", "archivist", "it", "reception2", "manager"),
        opens="13:30",
        evidence=(text("分享主题"), attendance(3)),
        instructions="晨会或午后十分钟，讲一件工作中的收获。",
        answers=words.sharing,
        attended=(4, 7),
        usual=(0.05, 0.6),
    ),
    Obligation(
        "archive-update",
        "客户档案每周更新与催还",
        on("FREQ=WEEKLY;BYDAY=WE"),
        ("archivist",),
        opens="14:00",
        roll="next",
        evidence=(number("更新份数"), number("催还份数"), text("说明", required=False)),
        instructions="更新新增、变动、缺失档案，逐一提醒到期未还的借阅人。",
        answers=words.archive_update,
    ),
    Obligation(
        "archive-spot-check",
        "档案抽查",
        on("FREQ=MONTHLY;BYMONTHDAY=10,25"),
        ("archivist", "clerk"),
        roll="next",
        evidence=(
            number("抽查份数", 10),
            number("错放份数"),
            number("缺失份数"),
            text("处理", required=False),
        ),
        instructions="随机抽取不少于 10 份，核对位置与内容。",
        answers=words.archive_check,
        kept=0.9,
    ),
    Obligation(
        "security-roster",
        "向大厦保安提交员工名单",
        on("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
        ("officer",),
        roll="next",
        evidence=(number("在册人数", 1), text("变动"), photo("签收回执")),
        instructions="按当日通讯录打印名单，请保安主管签收，回执存档。",
        answers=words.roster,
    ),
    Obligation(
        "backup-training",
        "B 角互训",
        on("FREQ=WEEKLY;BYDAY=FR"),
        ("officer", "it", "archivist", "clerk", "reception"),
        opens="15:00",
        roll="previous",
        evidence=(text("培训内容"), attendance(2)),
        instructions="A 角讲、B 角做，当场演练一遍。",
        answers=words.training,
        attended=(2, 5),
        kept=0.9,
    ),
    Obligation(
        "etiquette-session",
        "商务礼仪宣贯",
        on("FREQ=MONTHLY;BYDAY=2TH"),
        ("manager", "officer"),
        opens="15:00",
        roll="next",
        evidence=(text("议程"), attendance(5), text("纪要")),
        instructions="每次一个专题，讲解加演练，结束后发纪要。",
        answers=words.etiquette,
        attended=(6, 8),
    ),
    Obligation(
        "supplier-review",
        "供应商季度考评",
        on("FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=15"),
        ("buyer",),
        roll="next",
        evidence=(number("考评家数", 1), number("平均得分", 0, 100), text("结论")),
        instructions="按交付及时率、质量、价格评分；低于 70 分的约谈或更换。",
        answers=words.suppliers,
    ),
    Obligation(
        "consumables-stocktake",
        "低值易耗品盘点",
        on("FREQ=MONTHLY;BYMONTHDAY=28"),
        ("clerk",),
        roll="previous",
        evidence=(number("盘点品种", 1), number("有误差品种"), text("补货", required=False)),
        instructions="逐项点数，与台账核对；低于最低库存的当天提出采购。",
        answers=words.stocktake,
    ),
    Obligation(
        "festive-decoration",
        "节日布置",
        lambda since: BeforeHoliday(10),
        ("officer",),
        roll="keep",
        evidence=(text("方案"), number("费用（元）"), photo("布置后照片")),
        instructions="提前报方案和预算，布置后拍照；节后三个工作日内撤除。",
        answers=words.decoration,
    ),
)
