"""Who calls 云岭实业集团, and what about: the words of the demo's callers."""

from random import Random
from typing import NamedTuple

SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜谢邹喻柏水窦章云苏潘葛范彭郎鲁韦昌马苗"
)
GIVEN = [
    *[
        "建国",
        "丽萍",
        "志明",
        "海波",
        "晓燕",
        "文涛",
        "雪梅",
        "国庆",
        "思敏",
        "子豪",
        "玉芬",
        "东升",
        "佩珊",
        "家欣",
    ],
    *[
        "永辉",
        "婷婷",
        "少华",
        "立群",
        "美玲",
        "瑞",
        "倩",
        "勇",
        "洁",
        "斌",
        "芳",
        "凯",
        "莹",
        "宏图",
        "宇航",
        "一帆",
    ],
]
TITLES = ["先生", "女士", "经理", "总", "主任", "老师", "工"]
PLACES = [
    "北京",
    "上海",
    "深圳",
    "杭州",
    "苏州",
    "南京",
    "武汉",
    "成都",
    "西安",
    "青岛",
    "宁波",
    "广州",
    "天津",
    "长沙",
]
STEMS = [
    *[
        "远景",
        "海纳",
        "恒信",
        "嘉禾",
        "天成",
        "联创",
        "博雅",
        "智汇",
        "鼎盛",
        "瑞丰",
        "汇通",
        "新元",
        "华泰",
        "金桥",
    ],
    *[
        "蓝海",
        "启明",
        "正和",
        "万象",
        "宏达",
        "锦程",
        "云帆",
        "百川",
        "致远",
        "德润",
        "三友",
        "东方",
        "泰和",
        "众诚",
    ],
]
TRADES = [
    "科技",
    "贸易",
    "实业",
    "信息技术",
    "建筑工程",
    "物流",
    "电子",
    "装饰",
    "医药",
    "食品",
    "机械",
    "文化传媒",
]
EXCHANGES = [
    "130",
    "131",
    "135",
    "136",
    "137",
    "138",
    "139",
    "150",
    "152",
    "158",
    "159",
    "177",
    "180",
    "186",
    "188",
]
LANDLINES = ["010-6{}", "021-5{}", "0755-8{}", "0571-8{}", "025-8{}", "027-8{}"]


class Kind(NamedTuple):
    """How often a kind of caller rings (weight), and what about."""

    weight: int
    purposes: tuple[str, ...]


KINDS = {
    "customer": Kind(
        36,
        (
            "确认上周报价单是否含安装费",
            "询问订单发货进度",
            "会议平板无法开机，要求派人上门",
            "续签维保合同，想约时间面谈",
            "要求补开上月增值税发票",
            "咨询门禁系统增加两个点位的费用",
            "投诉安装人员迟到，请主管回电",
            "更改收货地址与联系人",
            "询问新版软件的升级时间",
        ),
    ),
    "new-customer": Kind(
        5,
        (
            "看到展会资料，想了解智能会议室方案",
            "新办公室装修，询问整体弱电报价",
            "朋友介绍，想约下周上门演示",
            "咨询云通信坐席的价格和开通周期",
            "招标项目询价，需要厂家授权",
        ),
    ),
    "supplier": Kind(
        12, ("送货时间确认", "对账单已发邮箱，请核对", "新产品推介，想约采购面谈", "催问上月货款")
    ),
    "applicant": Kind(6, ("询问面试时间和地点", "咨询销售岗位是否还在招聘", "已投简历，询问进展")),
    "courier": Kind(14, ("快递已到楼下，请前台签收", "到付件，确认收件人", "大件物流，约下午送货")),
    "authority": Kind(2, ("街道办通知消防检查时间", "统计局催报季度报表", "财经媒体想采访公司负责人")),
    "sales-pitch": Kind(8, ("推销贷款业务", "推销企业培训课程", "推销办公室租赁")),
    "colleague": Kind(9, ("外出同事询问会议室预定", "分公司同事找财务", "同事请代转销售部")),
    "other": Kind(8, ("打错电话", "询问公司地址和停车", "物业通知停水", "校友会联系某位同事")),
}
OVERRIDES = ("对方点名找这位同事", "建议的同事正在通话", "同一项目一直由这位同事跟进", "对方要求直接找主管")
OUTCOMES = (
    "已接通，对方询问报价，已转销售",
    "已接通，打错电话",
    "无人接听，已发短信",
    "已接通，确认下周来访",
)
CORRECTIONS = ("听错姓名，核对后更正", "来意记录不全，补充", "单位名称更正")
WITHDRAWALS = ("重复登记", "测试录入", "误将内部分机记为来电")
REMARKS = ("语速略快", "亲和力好，话术完整", "", "", "报公司名称不够清晰", "挂机稍早", "")


class Caller(NamedTuple):
    """Somebody who rings, not in the register."""

    name: str
    company: str
    number: str


def company(random: Random) -> str:
    return f"{random.choice(PLACES)}{random.choice(STEMS)}{random.choice(TRADES)}有限公司"


def person(random: Random) -> str:
    return random.choice(SURNAMES) + random.choice(GIVEN)


def number(random: Random) -> str:
    """A number as it might be dialled; one in four is a land line."""
    if random.random() < 0.25:
        return random.choice(LANDLINES).format(f"{random.randrange(10**7):07}")
    return f"{random.choice(EXCHANGES)}{random.randrange(10**8):08}"


def caller(random: Random, kind: str) -> Caller:
    """A stranger of the kind; many leave only a surname, couriers and pitches often nothing."""
    if kind in ("courier", "sales-pitch") and random.random() < 0.5:
        return Caller("", random.choice(["顺丰速运", "京东物流", "德邦快递", ""]), number(random))
    surname_only = random.random() < 0.4
    name = random.choice(SURNAMES) + random.choice(TITLES) if surname_only else person(random)
    return Caller(name, "" if kind in ("applicant", "colleague") else company(random), number(random))
