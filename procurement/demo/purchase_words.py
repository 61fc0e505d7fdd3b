"""What people of the demo office asked for in the last ninety days, and what became of it."""

from typing import NamedTuple


class Thing(NamedTuple):
    """A line: where `category` is empty it is an item of the stock, found by name and specification."""

    name: str
    specification: str
    quantity: int
    unit: str = ""
    price: str = ""
    category: str = ""
    is_asset: bool = False


class Wish(NamedTuple):
    """Who asked for what so many days ago, and how it ended: a stage, or "refused: why", "withdrawn: why"."""

    days: int
    who: str
    title: str
    purpose: str
    things: tuple[Thing, ...]
    end: str = "approved"
    quotes: int = 3


def _stock(name: str, specification: str, quantity: int) -> Thing:
    return Thing(name, specification, quantity)


LAPTOP = ("笔记本电脑", "14寸 i5 16G 512G")
CHAIR = ("办公椅", "网布 可升降 带腰托")

PAST = (
    Wish(88, "rnd", "新员工笔记本电脑", "9月入职三人", (Thing(*LAPTOP, 3, "台", "5680", "computers", True),)),
    Wish(
        85,
        "sales",
        "展会宣传物料架",
        "秋季展会布展",
        (Thing("X展架", "80×180cm 铝合金", 6, "个", "68", "furniture"),),
    ),
    Wish(
        81,
        "clerk",
        "开学季文具集中补货",
        "各部门领用高峰",
        (
            _stock("记事本", "A5 80页", 60),
            _stock("便利贴", "76×76mm 黄色", 80),
            _stock("文件夹", "A4 双强力夹", 40),
        ),
    ),
    Wish(
        77,
        "hr",
        "面试间桌椅更换",
        "椅面破损影响形象",
        (
            Thing("会客椅", "皮面 弓形", 4, "把", "320", "furniture", True),
            Thing("圆桌", "直径80cm 白色", 1, "张", "560", "furniture", True),
        ),
    ),
    Wish(
        73,
        "it",
        "备用键鼠与网线",
        "常用备件不足",
        (_stock("鼠标", "USB 有线", 10), _stock("键盘", "USB 有线", 6), _stock("网线", "六类 3米", 20)),
    ),
    Wish(
        70,
        "staff",
        "直播用补光灯",
        "市场部短视频拍摄",
        (Thing("补光灯", "双灯 18寸 带支架", 2, "套", "459", "appliances"),),
        "refused: 可向品牌部借用，暂不购置",
    ),
    Wish(
        66,
        "service",
        "客服耳机",
        "旧耳机杂音大",
        (Thing("话务耳机", "USB 降噪 双耳", 9, "副", "168", "computers"),),
    ),
    Wish(
        62,
        "finance",
        "凭证装订机",
        "月末装订效率低",
        (Thing("凭证装订机", "热熔 全自动", 1, "台", "1280", "appliances", True),),
    ),
    Wish(
        58,
        "reception",
        "前台接待用品",
        "十月来访增多",
        (_stock("一次性纸杯", "9盎司 50只", 40), _stock("瓶装水", "380ml 24瓶/箱", 20)),
    ),
    Wish(
        55,
        "rnd",
        "实验室温湿度计",
        "测试环境记录要求",
        (Thing("温湿度计", "电子 高精度 带存储", 4, "个", "138", "appliances"),),
    ),
    Wish(
        51,
        "sales",
        "销售部投影仪",
        "客户方案演示",
        (Thing("投影仪", "1080P 4000流明", 1, "台", "3980", "appliances", True),),
    ),
    Wish(
        47,
        "officer",
        "国庆节日布置",
        "前台与电梯厅装饰",
        (
            Thing("红旗挂饰", "室内 14×21cm 100面", 3, "包", "36", "stationery"),
            Thing("绿萝盆栽", "中号 带盆", 12, "盆", "28", "furniture"),
        ),
        quotes=2,
    ),
    Wish(
        43,
        "staff",
        "市场部移动硬盘",
        "视频素材存储",
        (Thing("移动硬盘", "4TB USB3.2", 2, "块", "759", "computers", True),),
    ),
    Wish(
        40,
        "service",
        "客服区加湿器",
        "秋冬干燥",
        (Thing("加湿器", "6升 静音", 3, "台", "239", "appliances"),),
        "withdrawn: 物业已统一配置",
    ),
    Wish(
        36,
        "clerk",
        "打印耗材季度备货",
        "四季度用量",
        (
            _stock("硒鼓", "HP 12A 黑色", 8),
            _stock("墨盒", "爱普生 T6721 黑色", 8),
            _stock("标签纸", "50×30mm 800张/卷", 6),
        ),
    ),
    Wish(
        32,
        "rnd",
        "研发显示器",
        "双屏开发需要",
        (Thing("显示器", "27寸 2K IPS", 6, "台", "1349", "computers", True),),
    ),
    Wish(
        28,
        "hr",
        "培训室白板",
        "新员工培训",
        (Thing("移动白板", "90×180cm 双面", 1, "块", "498", "furniture", True), _stock("白板笔", "蓝色", 20)),
    ),
    Wish(
        25,
        "finance",
        "保险柜",
        "票据与印章保管",
        (Thing("保险柜", "3C认证 60cm 电子锁", 1, "台", "2180", "furniture", True),),
    ),
    Wish(21, "sales", "销售部办公椅", "旧椅气杆损坏", (Thing(*CHAIR, 5, "把", "399", "furniture", True),)),
    Wish(
        18,
        "head",
        "客户答谢礼品",
        "年末客户拜访",
        (_stock("龙井茶", "250g 一级", 12), _stock("来宾手提袋", "印公司标识", 30)),
    ),
    Wish(
        14,
        "purchasing",
        "采购部扫描仪",
        "合同与报价单存档",
        (Thing("扫描仪", "A4 双面馈纸", 1, "台", "1899", "appliances", True),),
    ),
    Wish(
        12,
        "it",
        "交换机更换",
        "二十层接入交换机老化",
        (Thing("交换机", "24口 千兆 可网管", 2, "台", "1460", "computers", True),),
    ),
    Wish(
        9,
        "service",
        "客服区文件柜",
        "纸质工单归档",
        (Thing("文件柜", "钢制 四抽", 3, "个", "438", "furniture", True),),
    ),
    Wish(
        7,
        "staff",
        "年会物料",
        "年会布置与签到",
        (
            Thing("签到本", "绒面 烫金", 2, "本", "48", "stationery"),
            Thing("会议胸牌", "硬胶 带挂绳", 120, "个", "3.60", "stationery"),
        ),
    ),
)
"""The oldest first; what was approved is ordered and delivered afterwards."""

TODAY = (
    Wish(
        6,
        "archivist",
        "档案室除湿机",
        "梅雨季纸质档案防潮",
        (Thing("除湿机", "30升/天 带泵", 1, "台", "1180", "appliances", True),),
    ),
    Wish(
        5,
        "it",
        "机房服务器更新",
        "三台服务器已过保，年底前更换",
        (Thing("机架服务器", "2U 双路 128G 4×4TB", 3, "台", "49800", "computers", True),),
        "approval",
    ),
    Wish(
        5,
        "rnd",
        "新员工笔记本电脑",
        "12月入职五人",
        (Thing(*LAPTOP, 5, "台", "5980", "computers", True),),
        "approval",
    ),
    Wish(
        4,
        "sales",
        "销售部饮水机",
        "原机漏水",
        (Thing("饮水机", "立式 冷热 下置水桶", 1, "台", "699", "appliances", True),),
        "approval",
    ),
    Wish(
        4,
        "staff",
        "元旦海报印刷用纸",
        "铜版纸自行打样",
        (Thing("铜版纸", "A3 200g 100张", 4, "包", "52", "paper"),),
        "chosen",
    ),
    Wish(3, "hr", "人事档案盒", "年度档案整理", (_stock("档案盒", "A4 55mm", 60),), "quoting", 2),
    Wish(
        2,
        "finance",
        "财务部碎纸机",
        "原机故障，维修不经济",
        (Thing("碎纸机", "5级保密 30升", 1, "台", "869", "appliances", True),),
        "confirmed",
    ),
    Wish(
        2,
        "service",
        "客服质检录音笔",
        "抽检面谈录音",
        (Thing("录音笔", "32G 降噪", 2, "支", "389", "computers"),),
        "sent_back: 请写清型号与续航要求",
    ),
    Wish(
        1,
        "sales",
        "销售部名片夹与文件袋",
        "新人入职套装",
        (Thing("名片夹", "皮质 双层", 8, "个", "26", "stationery"), _stock("拉杆夹", "A4 透明", 50)),
        "submitted",
    ),
    Wish(
        1,
        "reception",
        "前台雨伞架",
        "雨季来访",
        (Thing("雨伞架", "不锈钢 24孔", 1, "个", "268", "furniture"),),
        "submitted",
    ),
    Wish(
        0,
        "sales",
        "客户拜访礼盒",
        "春节前拜访",
        (Thing("茶点礼盒", "定制 公司标识", 20, "盒", "128", "tea"),),
        "draft",
    ),
)
"""What is still under way: drafts, wishes to confirm, to quote, to choose from, to approve."""

REMARKS = ("含税含运费", "现货，当天可送", "需预付30%", "满500元包邮", "月结30天", "")
WARRANTIES = ("质保三年", "含安装调试，质保一年", "质保两年，免费上门")
FEW = "节日物料临时采购，仅两家可按期交货"
CHOICES = ("交期更短，能赶上使用日期", "样品质量更好，使用部门认可")
DEVICE_CHOICES = ("质保三年，另两家一年", "与现有设备同型号，便于维护")
DEAR = ("配置升级，原型号停产", "原材料涨价，三家报价均高于去年", "去年为促销价，今年无活动")
COMMENTS = ("同意", "同意，请尽快下单", "同意，注意验收", "", "", "")
