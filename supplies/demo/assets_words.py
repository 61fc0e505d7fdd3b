"""What the demo office owns, and what people say of it."""

from typing import NamedTuple


class Make(NamedTuple):
    """Assets of one make: what they cost, how many of them, who has them, how old they are in months."""

    name: str
    model: str
    category: str
    price: str
    pieces: int
    holders: tuple[str, ...]  # departments whose people have one each; none: a shared thing, `room`
    room: str
    ages: tuple[int, int]
    supplier: str
    serial: str = ""


VEHICLES = ("vehicles", "车辆", 48, 5)
JD, XC, OF, ZK = "京东企业购", "上海讯昌科技有限公司", "上海欧菲办公家具有限公司", "上海中科制冷设备有限公司"
MOST = ("sales", "rnd", "marketing", "service", "finance", "purchasing", "hr", "admin")

MAKES = [
    Make(
        "笔记本电脑",
        "ThinkPad X1 Carbon Gen 11",
        "computers",
        "11999",
        10,
        ("sales", "marketing"),
        "",
        (6, 34),
        XC,
        "PF3",
    ),
    Make(
        "笔记本电脑",
        "ThinkPad T14 Gen 3",
        "computers",
        "7699",
        14,
        ("rnd", "service", "finance"),
        "",
        (14, 46),
        XC,
        "PF2",
    ),
    Make(
        "笔记本电脑",
        "MateBook D 16",
        "computers",
        "5499",
        10,
        ("purchasing", "hr", "admin", "sales"),
        "",
        (8, 30),
        JD,
        "HW5",
    ),
    Make("台式电脑", "联想启天 M450", "computers", "4299", 6, ("rnd", "admin"), "", (40, 68), XC, "YL4"),
    Make(
        "显示器",
        "戴尔 U2723QE 27英寸",
        "computers",
        "3299",
        12,
        ("rnd", "marketing", "finance"),
        "",
        (5, 40),
        JD,
        "CN0",
    ),
    Make(
        "显示器",
        "飞利浦 24英寸",
        "computers",
        "799",
        8,
        ("service", "sales", "admin"),
        "",
        (20, 66),
        JD,
        "UK0",
    ),
    Make(
        "升降办公桌", "1.6米 电动", "furniture", "2380", 10, ("rnd", "sales", "marketing"), "", (10, 50), OF
    ),
    Make("人体工学椅", "西昊 M57", "furniture", "1180", 8, ("rnd", "finance", "hr"), "", (10, 44), OF),
    Make("会议桌", "3.2米 胡桃色", "furniture", "6800", 1, (), "大会议室", (60, 71), OF),
    Make("会议桌", "1.8米 圆桌", "furniture", "2600", 1, (), "小会议室", (60, 71), OF),
    Make("文件柜", "钢制 五节", "furniture", "1250", 5, (), "档案室", (30, 71), OF),
    Make("激光打印机", "惠普 M405dn", "appliances", "2699", 3, (), "销售区", (12, 60), XC, "VNB"),
    Make("复合机", "理光 IM C3000", "appliances", "28600", 2, (), "行政办公室", (18, 50), XC, "3P9"),
    Make("投影仪", "爱普生 CB-2265U", "appliances", "13800", 3, (), "库房", (10, 58), JD, "X4H"),
    Make("便携投影仪", "极米 Z8X", "appliances", "3699", 2, (), "库房", (4, 24), JD, "XG2"),
    Make("数码相机", "索尼 A6400", "appliances", "6499", 1, (), "库房", (20, 40), JD, "S01"),
    Make("中央空调室外机", "大金 VRV-X 16HP", "appliances", "86000", 2, (), "机房", (50, 70), ZK, "DK7"),
    Make("柜式空调", "格力 KFR-72LW", "appliances", "7299", 3, (), "大会议室", (16, 55), ZK, "GR8"),
    Make("机架服务器", "戴尔 R750xs", "computers", "42800", 2, (), "机房", (14, 40), XC, "7Q2"),
    Make("不间断电源", "山特 C6KS", "appliances", "9600", 1, (), "机房", (30, 60), XC, "ST6"),
    Make("核心交换机", "华为 S5735-L48T4X", "computers", "8900", 2, (), "机房", (14, 55), XC, "HW2"),
    Make("电视一体机", "MAXHUB 75英寸", "appliances", "16800", 2, (), "大会议室", (6, 30), XC, "MX7"),
    Make("碎纸机", "科密 C-638", "appliances", "1680", 2, (), "财务室", (20, 60), JD),
    Make("直饮水机", "安吉尔 K6", "appliances", "4980", 3, (), "前台", (8, 40), JD),
    Make(
        "公务车",
        "别克 GL8 沪A·D3862",
        "vehicles",
        "289900",
        1,
        (),
        "行政办公室",
        (30, 34),
        "上海永达汽车销售有限公司",
        "LSG",
    ),
]
NEW = Make("笔记本电脑", "ThinkPad X1 Carbon Gen 12", "computers", "12499", 8, (), "库房", (0, 0), XC, "PF5")

#: What is done how often: (asset's name, what, every so many months, company, expected cost).
PLANS = [
    ("中央空调室外机", "清洗冷凝器、检查冷媒", 6, ZK, "1800"),
    ("柜式空调", "清洗滤网", 3, ZK, "180"),
    ("公务车", "常规保养", 6, "永达别克服务中心", "1200"),
    ("公务车", "车辆年检", 12, "上海市机动车检测站", "350"),
    ("复合机", "清洁保养、更换定影组件", 6, XC, "600"),
    ("不间断电源", "电池放电测试", 12, XC, "500"),
    ("直饮水机", "更换滤芯", 6, "安吉尔售后", "420"),
]
FAULTS = [
    ("无法开机", "更换主板", "680"),
    ("屏幕闪烁", "更换屏线", "220"),
    ("键盘部分按键失灵", "更换键盘", "260"),
    ("风扇异响", "清灰、更换风扇", "150"),
    ("电池鼓包", "更换电池", "390"),
    ("卡纸、打印有黑线", "更换硒鼓与搓纸轮", "460"),
    ("定影组件过热报警", "更换定影组件", "720"),
]
LOANS = ["客户拜访演示", "参加行业展会", "部门季度会", "新品发布拍摄", "外地出差", "培训教室使用"]
SCRAPS = [
    ("主板损坏，维修费高于净值", "120"),
    ("超过使用年限，无法运行新系统", "80"),
    ("定影器报废，已停产", "60"),
    ("屏幕碎裂", None),
]
