"""The demo company: 云岭实业集团, about eighty people in eight departments in a tower in Shanghai."""

from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from pages import pinyin

from .away import midnight
from .models import Absence, Department, Place, User
from .roles import Role, label

COMPANY = "云岭实业集团"
DOMAIN = "yunling.example"
DEMO_PASSWORD = "demo-office-2026"  # noqa: S105 - printed on the first start, for a company that does not exist
PEOPLE_IN_ALL = 80


class Cast(NamedTuple):
    """Somebody with a demo account."""

    username: str
    name: str
    department: str
    title: str
    role: str
    backup: str
    seat: str
    is_staff: bool = False


CAST = [
    Cast("manager", "郑国强", "admin", "行政经理", Role.ADMIN_MANAGER, "officer", "行政办公室", True),
    Cast(
        "officer", "沈佳宜", "admin", "行政专员", Role.ADMINISTRATION_OFFICER, "manager", "行政办公室", True
    ),
    Cast("reception", "王晓梅", "admin", "前台接待", Role.RECEPTIONIST, "reception2", "前台"),
    Cast("reception2", "孙倩", "admin", "前台接待", Role.RECEPTIONIST, "officer", "前台"),
    Cast("clerk", "顾明", "admin", "库管", Role.INVENTORY_CLERK, "officer", "库房", True),
    Cast("archivist", "陆文静", "admin", "档案管理员", Role.ARCHIVIST, "clerk", "档案室"),
    Cast("it", "马超", "admin", "网络管理员", Role.IT_ADMIN, "officer", "机房"),
    Cast("head", "何建明", "sales", "销售总监", Role.DEPARTMENT_HEAD, "sales", "销售区"),
    Cast("sales", "陈思远", "sales", "销售经理", "", "head", "销售区"),
    Cast("hr", "许慧敏", "hr", "人力资源经理", Role.HR, "", "人力资源区", True),
    Cast("buyer", "冯志伟", "purchasing", "采购经理", Role.BUYER, "", "采购区"),
    Cast("auditor", "宋文", "finance", "内审主管", Role.AUDITOR, "", "财务区"),
    Cast("staff", "林悦", "marketing", "市场专员", "", "", "市场区"),
]
DEPARTMENTS = {
    "admin": ("行政部", "行政", 8, "行政区"),
    "sales": ("销售部", "销售", 18, "销售区"),
    "marketing": ("市场部", "市场", 9, "市场区"),
    "finance": ("财务部", "会计", 7, "财务区"),
    "hr": ("人力资源部", "人事", 5, "人力资源区"),
    "rnd": ("研发中心", "研发", 17, "研发区"),
    "purchasing": ("采购部", "采购", 6, "采购区"),
    "service": ("客户服务部", "客服", 9, "客服区"),
}
HEAD_TITLES = {"marketing": "市场总监", "finance": "财务总监", "rnd": "研发总监", "service": "客服经理"}
FLOORS = {
    "18层": {
        "接待区": ["前台", "第一会客室", "第二会客室"],
        "行政区": ["行政办公室", "档案室", "库房", "机房"],
        "销售区": [],
    },
    "19层": {"市场区": [], "客服区": [], "采购区": [], "会议区": ["小会议室", "大会议室"]},
    "20层": {
        "研发区": ["实验室"],
        "财务区": ["财务室"],
        "人力资源区": ["面谈室"],
        "总经理区": ["总经理办公室"],
    },
}
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗梁谢唐邓韩曹曾彭萧蔡潘田董袁于余蒋杜苏魏程吕丁沈任姚卢傅钟"
)
GIVEN = [
    *["文博", "子轩", "雨桐", "欣怡", "志远", "海燕", "晓东", "丽娜", "俊杰", "思琪", "嘉豪", "梦洁", "振宇"],
    *["佳琪", "浩然", "雅婷", "国栋", "春梅", "立新", "婉清", "明轩", "若曦", "天佑", "可馨", "宏亮", "玉兰"],
    *["家辉", "诗涵", "永强", "秋月", "景行", "书瑶", "一鸣", "安然", "桂英", "建华", "伟", "敏", "静", "磊"],
]
GRADES = ("专员", "专员", "专员", "主管", "高级专员", "助理")
REASONS = ("年假", "年假", "年假", "事假", "病假", "出差", "出差", "外出拜访客户", "培训", "婚假")


def demo_accounts() -> list[tuple[str, str, str]]:
    """(login name, name, role in words) of everybody who can sign in with DEMO_PASSWORD."""
    return [(one.username, one.name, label(one.role) if one.role else one.title) for one in CAST]


def fill(random: Random, now: datetime) -> None:
    """Write the company: places, departments, people with managers and backups, and who is away when."""
    seats = _places()
    boss = _person(Cast("boss", "叶景明", "", "总经理", "", "", "总经理办公室"), 1, None, None, seats)
    group = Department.objects.create(name=COMPANY, code="group", head=boss)
    boss.department = group
    boss.save(update_fields=["department"])
    departments = {
        code: Department.objects.create(name=name, code=code, parent=group)
        for code, (name, *_rest) in DEPARTMENTS.items()
    }
    people = {"boss": boss} | _cast(departments, boss, seats)
    for code, department in departments.items():
        _staff(random, code, department, people, boss, seats)
    _absences(random, now, people)


def _places() -> dict[str, Place]:
    office = Place.objects.create(name="上海总部", kind=Place.Kind.OFFICE)
    found = {office.name: office}
    for floor_name, areas in FLOORS.items():
        floor = Place.objects.create(name=floor_name, kind=Place.Kind.FLOOR, parent=office)
        for area_name, rooms in areas.items():
            area = Place.objects.create(name=area_name, kind=Place.Kind.AREA, parent=floor)
            found[area_name] = area
            for name in rooms:
                found[name] = Place.objects.create(name=name, kind=Place.Kind.ROOM, parent=area)
    return found


def _person(one: Cast, number: int, department, manager, seats: dict[str, Place], password: str = "") -> User:
    user = User(
        username=one.username,
        staff_no=f"YL{number:04}",
        name=one.name,
        email=f"{one.username}@{DOMAIN}",
        department=department,
        title=one.title,
        extension=str(8000 + number),
        mobile=f"+86190000{number:05}",
        im_id=one.username,
        place=seats[one.seat],
        manager=manager,
        is_staff=one.is_staff,
    )
    user.password = password
    if not password:
        user.set_unusable_password()
    user.save()
    if one.role:
        user.groups.add(Group.objects.get(name=one.role))
    return user


def _cast(departments: dict[str, Department], boss: User, seats: dict[str, Place]) -> dict[str, User]:
    """The people with accounts, in the order in which they stand above; department heads first in theirs."""
    password = make_password(DEMO_PASSWORD)
    people: dict[str, User] = {}
    for number, one in enumerate(CAST, start=2):
        department = departments[one.department]
        is_head = one.username in ("manager", "head", "hr", "buyer")
        manager = boss if is_head else department.head  # nobody yet, where the head has no account
        people[one.username] = _person(one, number, department, manager, seats, password)
        if is_head:
            department.head = people[one.username]
            department.save(update_fields=["head"])
    for one in CAST:
        if one.backup:
            people[one.username].backup = people[one.backup]
            people[one.username].save(update_fields=["backup"])
    return people


def _staff(random: Random, code: str, department: Department, people: dict, boss: User, seats: dict) -> None:
    """Fill a department up: a head where there is none, then its staff, each backed up by the one before."""
    _name, word, size, area = DEPARTMENTS[code]
    there = [person for person in people.values() if person.department_id == department.pk]
    while len(there) < size:
        is_head = department.head is None
        title = HEAD_TITLES[code] if is_head else word + random.choice(GRADES)
        name = _unused_name(random, people)
        role = Role.DEPARTMENT_HEAD if is_head else ""
        one = Cast(_unused_login(name, people), name, code, title, role, "", area)
        person = _person(one, len(people) + 1, department, boss if is_head else department.head, seats)
        people[one.username] = person
        if is_head:
            department.head = person
            department.save(update_fields=["head"])
        there.append(person)
    for position, person in enumerate(there):
        fields = []
        if person.manager_id is None:
            person.manager, fields = department.head, ["manager"]
        if person.backup_id is None:
            person.backup, fields = there[position - 1], [*fields, "backup"]
        if fields:
            person.save(update_fields=fields)


def _unused_name(random: Random, people: dict[str, User]) -> str:
    taken = {person.name for person in people.values()}
    while True:
        name = random.choice(SURNAMES) + random.choice(GIVEN)
        if name not in taken:
            return name


def _unused_login(name: str, people: dict[str, User]) -> str:
    login = full = pinyin.full(name)
    number = 2
    while login in people:
        login, number = f"{full}{number}", number + 1
    return login


def _absences(random: Random, now: datetime, people: dict[str, User]) -> None:
    """Days away over the last ninety and the next thirty; today a few, but none of those with accounts."""
    today = midnight(now.astimezone(midnight(now.date()).tzinfo).date())
    others = [person for login, person in people.items() if login not in {one.username for one in CAST}]
    taken: dict[int, list[tuple[datetime, datetime]]] = {}
    for person in random.sample(others, 4):
        _away(random, person, today - timedelta(days=1), today + timedelta(days=random.randint(1, 3)), taken)
    for _number in range(60):
        login = random.choice(sorted(people))
        start = today + timedelta(days=random.choice([*range(-90, -6), *range(3, 31)]))
        length = random.choice([timedelta(hours=12), timedelta(days=1), timedelta(days=2), timedelta(days=5)])
        afternoon = length < timedelta(days=1) and random.random() < 0.5
        start += timedelta(hours=12) if afternoon else timedelta()
        _away(random, people[login], start, start + length, taken)


def _away(random: Random, person: User, start: datetime, end: datetime, taken: dict) -> None:
    if any(start < other_end and other_start < end for other_start, other_end in taken.get(person.pk, [])):
        return
    taken.setdefault(person.pk, []).append((start, end))
    absence = Absence(user=person, starts_at=start, ends_at=end, reason=random.choice(REASONS))
    absence.register(by=person, at=start - timedelta(days=random.randint(1, 6)))
