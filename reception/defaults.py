"""What an empty office starts with: kinds of callers with their scripts, and the regions of the country.

Written after migrate where the table is empty, never over what somebody changed. Scripts are data, in the
language in which the telephone is answered; {公司}, {称呼} and {归属人} are filled in on the call form.
"""

from django.apps import apps as installed
from django.db import DEFAULT_DB_ALIAS

CALLER_TYPES = [
    {
        "key": "customer",
        "name": "老客户",
        "script": "您好，{公司}前台。{称呼}您好，很高兴再次接到您的电话！"
        "请问今天是咨询还是要找哪位同事？\n"
        "好的，我马上为您转接{归属人}，请稍候，不要挂机。",
        "handling": "先转客户归属人；归属人不在转其B角。"
        "三声无人接听时回到线上致歉，记下来意，一分钟内反馈归属人。",
    },
    {
        "key": "new-customer",
        "name": "新客户",
        "script": "您好，{公司}前台，请问有什么可以帮您？\n请问您怎么称呼？是哪家公司？方便留一个电话吗？\n"
        "您想了解的是哪类产品？您在哪个地区？我马上请负责该区域的同事与您联系。",
        "handling": "问清姓名、公司、电话、产品、区域五项；按分配原则转接；挂机后两分钟内录入客户登记。",
        "is_new_customer": True,
    },
    {
        "key": "supplier",
        "name": "供应商",
        "script": "您好，{公司}前台。请问您是哪家公司？与哪位同事有约，或是哪一张订单？\n"
        "好的，请稍候，我为您转接采购。",
        "handling": "有对口采购员的转采购员；推介新产品的"
        "请对方发资料到采购邮箱。不透露其他供应商信息与报价。",
    },
    {
        "key": "applicant",
        "name": "求职",
        "script": "您好，{公司}前台。感谢您关注我们公司！请问您应聘哪个岗位？是否已收到面试通知？\n"
        "我为您转接人事同事，或请您把简历发到招聘邮箱。",
        "handling": "已约面试的转人事；未约的记录姓名、岗位、电话并反馈人事。不评论岗位薪资。",
    },
    {
        "key": "courier",
        "name": "快递物流",
        "script": "您好，{公司}前台。请问是寄给哪位同事的？好的，请放在前台登记，谢谢，辛苦了！",
        "handling": "收件到前台登记即可，不必转接；到付、贵重或冷链件先联系收件人。",
        "no_feedback_reason": "快递已在前台登记，无需转告",
    },
    {
        "key": "authority",
        "name": "政府媒体",
        "script": "您好，{公司}前台。请问您是哪个单位？怎么称呼您？方便说一下来意吗？\n"
        "我马上请负责的同事与您联系，请留一下您的电话。",
        "handling": "不回答任何经营数据；问清单位、姓名、来意、电话，立即转行政经理。"
        "媒体采访一律不当场答复。",
    },
    {
        "key": "sales-pitch",
        "name": "推销",
        "script": "您好，感谢您的来电。我们目前没有这方面的需要，资料可以发到公司公共邮箱，再见。",
        "handling": "礼貌谢绝，不转接，不透露同事姓名、分机与手机。",
        "no_feedback_reason": "推销电话，已礼貌谢绝",
    },
    {
        "key": "colleague",
        "name": "内部同事",
        "script": "您好，前台。请问需要我帮您转接哪位？",
        "handling": "直接转接分机；外出同事代为留言。",
    },
    {
        "key": "other",
        "name": "其他",
        "script": "您好，{公司}前台，请问有什么可以帮您？请问您怎么称呼？\n"
        "我记录一下，请负责的同事尽快与您联系。",
        "handling": "问清来意后按事由转接；打错的礼貌说明。拿不准时转行政部。",
    },
]
REGIONS = ["华北", "华东", "华南", "华中", "西南", "西北", "东北", "海外"]


def write(sender=None, using: str = DEFAULT_DB_ALIAS, apps=installed, **kwargs) -> None:
    """Receiver of post_migrate; where the desk's tables are not there yet, there is nothing to write."""
    try:
        types = apps.get_model("reception", "CallerType").objects.using(using)
        regions = apps.get_model("reception", "Region").objects.using(using)
    except LookupError:
        return
    if not types.exists():
        for position, fields in enumerate(CALLER_TYPES, start=1):
            types.create(position=position, hotkey=position, **fields)
    if not regions.exists():
        for position, name in enumerate(REGIONS, start=1):
            regions.create(name=name, position=position)
