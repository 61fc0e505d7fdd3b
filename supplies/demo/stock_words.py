"""What the demo office keeps in stock, and where."""

from typing import NamedTuple

from ..models import Item

#: code: (name, useful life in months and residual percent of assets)
CATEGORIES = {
    "stationery": ("文具", None, None),
    "paper": ("纸品", None, None),
    "printing": ("打印耗材", None, None),
    "cleaning": ("清洁用品", None, None),
    "tea": ("茶水接待", None, None),
    "spares": ("电工备件", None, None),
    "computers": ("电脑设备", 36, 5),
    "appliances": ("办公电器", 60, 5),
    "furniture": ("办公家具", 60, 5),
}
#: Rooms of the store (库房), each with who keeps what there.
ROOMS = ("文具库", "耗材库", "接待用品柜", "备件间")
DESK = "前台储物柜"

OFFICE, CONSUMABLE = Item.Kind.OFFICE_SUPPLY, Item.Kind.CONSUMABLE
RECEPTION, SPARE = Item.Kind.RECEPTION_SUPPLY, Item.Kind.SPARE_PART


class Goods(NamedTuple):
    """An item: what it costs, how many are used in a month, how many lay there ninety days ago."""

    name: str
    specification: str
    kind: str
    category: str
    unit: str
    price: str
    monthly: int
    room: int
    asked_for: bool = True


GOODS = [
    Goods("中性笔", "黑色 0.5mm 12支/盒", OFFICE, "stationery", "盒", "18.00", 22, 0),
    Goods("中性笔", "红色 0.5mm 12支/盒", OFFICE, "stationery", "盒", "18.00", 4, 0),
    Goods("签字笔芯", "黑色 0.5mm 20支/盒", OFFICE, "stationery", "盒", "12.50", 6, 0),
    Goods("白板笔", "蓝色", OFFICE, "stationery", "支", "3.20", 16, 0),
    Goods("荧光笔", "五色装", OFFICE, "stationery", "套", "15.90", 5, 0),
    Goods("铅笔", "HB 12支/盒", OFFICE, "stationery", "盒", "9.80", 3, 0),
    Goods("记事本", "A5 80页", OFFICE, "stationery", "本", "6.50", 26, 0),
    Goods("便利贴", "76×76mm 黄色", OFFICE, "stationery", "本", "2.80", 40, 0),
    Goods("文件夹", "A4 双强力夹", OFFICE, "stationery", "个", "7.90", 18, 0),
    Goods("拉杆夹", "A4 透明", OFFICE, "stationery", "个", "1.20", 60, 0),
    Goods("档案盒", "A4 55mm", OFFICE, "stationery", "个", "8.60", 14, 0),
    Goods("抽杆报告夹", "A4 20个/包", OFFICE, "stationery", "包", "22.00", 3, 0),
    Goods("订书机", "24/6", OFFICE, "stationery", "个", "19.80", 2, 0),
    Goods("订书钉", "24/6 1000枚/盒", OFFICE, "stationery", "盒", "2.10", 14, 0),
    Goods("回形针", "29mm 100枚/盒", OFFICE, "stationery", "盒", "2.60", 10, 0),
    Goods("长尾夹", "25mm 48只/筒", OFFICE, "stationery", "筒", "13.50", 5, 0),
    Goods("固体胶", "21g", OFFICE, "stationery", "支", "2.90", 9, 0),
    Goods("透明胶带", "18mm", OFFICE, "stationery", "卷", "1.60", 15, 0),
    Goods("剪刀", "170mm", OFFICE, "stationery", "把", "8.80", 1, 0),
    Goods("美工刀", "大号", OFFICE, "stationery", "把", "6.20", 1, 0),
    Goods("直尺", "30cm 钢制", OFFICE, "stationery", "把", "5.50", 1, 0),
    Goods("计算器", "12位", OFFICE, "stationery", "个", "39.00", 1, 0),
    Goods("印台", "红色快干", OFFICE, "stationery", "个", "14.00", 1, 0, False),
    Goods("复印纸", "A4 80g 5包/箱", OFFICE, "paper", "箱", "118.00", 16, 1),
    Goods("复印纸", "A3 80g 5包/箱", OFFICE, "paper", "箱", "226.00", 2, 1),
    Goods("彩色复印纸", "A4 浅蓝 100张", OFFICE, "paper", "包", "16.80", 2, 1),
    Goods("相纸", "A4 200g 50张", OFFICE, "paper", "包", "24.00", 1, 1),
    Goods("信封", "5号 牛皮纸 100只", OFFICE, "paper", "包", "21.00", 3, 1),
    Goods("快递袋", "28×42cm 100只", OFFICE, "paper", "包", "26.50", 2, 1),
    Goods("抽取式面巾纸", "3层 120抽", CONSUMABLE, "paper", "包", "3.60", 90, 1),
    Goods("卷筒卫生纸", "10卷/提", CONSUMABLE, "paper", "提", "23.80", 24, 1),
    Goods("擦手纸", "200抽", CONSUMABLE, "paper", "包", "4.50", 80, 1),
    Goods("硒鼓", "HP 12A 黑色", CONSUMABLE, "printing", "支", "268.00", 4, 1),
    Goods("硒鼓", "兄弟 TN-2325", CONSUMABLE, "printing", "支", "239.00", 3, 1),
    Goods("墨盒", "爱普生 T6721 黑色", CONSUMABLE, "printing", "支", "58.00", 4, 1),
    Goods("墨盒", "爱普生 T6722-4 彩色", CONSUMABLE, "printing", "套", "168.00", 2, 1),
    Goods("色带", "得实 DS-1100", CONSUMABLE, "printing", "条", "26.00", 1, 1),
    Goods("标签纸", "50×30mm 800张/卷", CONSUMABLE, "printing", "卷", "19.00", 3, 1),
    Goods("洗手液", "500ml", CONSUMABLE, "cleaning", "瓶", "12.80", 12, 1),
    Goods("洗洁精", "1.3kg", CONSUMABLE, "cleaning", "瓶", "11.90", 4, 1),
    Goods("消毒液", "1L", CONSUMABLE, "cleaning", "瓶", "16.50", 5, 1),
    Goods("垃圾袋", "60×80cm 50只", CONSUMABLE, "cleaning", "包", "13.20", 22, 1, False),
    Goods("空气清新剂", "320ml", CONSUMABLE, "cleaning", "瓶", "15.00", 3, 1),
    Goods("一次性纸杯", "9盎司 50只", CONSUMABLE, "tea", "条", "8.90", 42, 2),
    Goods("搅拌棒", "500支/盒", CONSUMABLE, "tea", "盒", "9.50", 2, 2),
    Goods("龙井茶", "250g 一级", RECEPTION, "tea", "盒", "168.00", 3, 2, False),
    Goods("普洱茶", "357g 熟饼", RECEPTION, "tea", "饼", "138.00", 1, 2, False),
    Goods("速溶咖啡", "40条/盒", RECEPTION, "tea", "盒", "52.00", 8, 2),
    Goods("瓶装水", "380ml 24瓶/箱", RECEPTION, "tea", "箱", "32.00", 14, 2),
    Goods("方糖", "454g", RECEPTION, "tea", "盒", "14.80", 2, 2, False),
    Goods("曲奇饼干", "礼盒 681g", RECEPTION, "tea", "盒", "76.00", 2, 2, False),
    Goods("来宾手提袋", "印公司标识", RECEPTION, "tea", "个", "6.80", 30, 2, False),
    Goods("灯管", "T8 18W LED", SPARE, "spares", "支", "21.00", 5, 3, False),
    Goods("插线板", "六位 3米", SPARE, "spares", "个", "59.00", 4, 3),
    Goods("5号电池", "4节/卡", SPARE, "spares", "卡", "11.50", 14, 3),
    Goods("7号电池", "4节/卡", SPARE, "spares", "卡", "11.50", 10, 3),
    Goods("网线", "六类 3米", SPARE, "spares", "条", "15.00", 6, 3),
    Goods("鼠标", "USB 有线", SPARE, "spares", "个", "39.00", 3, 3),
    Goods("键盘", "USB 有线", SPARE, "spares", "个", "69.00", 2, 3),
    Goods("门锁电池盒", "四芯", SPARE, "spares", "个", "28.00", 1, 3, False),
]
