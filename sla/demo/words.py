"""What the demo's people write when they do their duties, leave them out, or were late."""

from random import Random

MORNINGS = [
    "各区正常，补充纸巾 2 箱、桶装水 3 桶",
    "前台绿植有枯叶，已修剪",
    "19 层茶水间地面有水渍，已通知保洁处理",
    "会议区白板笔缺 4 支，已补",
    "各区整洁，未见异常",
    "20 层打印区废纸已分类回收",
    "走廊一盏灯不亮，已报修",
]
CLOSINGS = [
    "电器、门窗全部关闭",
    "大会议室投影未关，已关闭",
    "研发区两人加班，已交代离开时关灯锁门",
    "市场区空调未关，已关闭并提醒",
    "全部关闭，巡查一遍无异常",
]
NEARBY = ["正常", "打印机未关，已关闭", "插座松动一处，已报修", "正常，最后离开已关灯"]
TOPICS = [
    "怎样把电话转得又快又准",
    "快递登记漏填的几种情况",
    "Excel 数据透视表小技巧",
    "来访接待的三个细节",
    "会议室投屏常见故障",
    "报销单怎么贴一次通过",
    "档案编号规则再梳理",
    "办公用品领用的高峰怎么避开",
    "与大厦物业打交道的经验",
    "钓鱼邮件识别",
]
TRAININGS = [
    "前台接听与转接，B 角实操",
    "档案借阅登记与催还",
    "会议室设备开关与投屏",
    "库房盘点与出库",
    "账号开通与关闭流程",
    "快递收发与派送",
]
ETIQUETTE = [
    ("仪容仪表与着装", "统一工牌佩戴位置；周五便装不穿拖鞋短裤。"),
    ("电话礼仪", "三声内接起，先报公司名；转接前说明去向。"),
    ("来访迎送", "外侧前台起身引领，走在客人左前方；送至电梯口。"),
    ("言行举止", "公共区域轻声；会议中手机静音。"),
]
SKIPPED = [
    "当天全员参加消防演练",
    "大厦停电检修，办公区关闭",
    "负责人临时出差，当天无人可替",
    "与公司年中会议冲突，经理同意取消一次",
]
LATE = ["当天接待来访团，晚了一些", "处理突发报修，延后完成", "等部门反馈，完成较晚", ""]
STOOD_IN = ["代{name}完成", "{name}外出，由我代做", "与{name}换班"]
EXCUSES = [
    "大厦电梯故障，临时到一层接待来访，没来得及处理。",
    "同时接待三批访客，前台只有一人。",
    "网络中断，系统无法登录，有网管通知为证。",
    "等对方回复才能完成，非本人原因。",
    "当天交接班，漏了这一项。",
    "实际按时做了，忘记在系统里点完成。",
]
LOWERED = "试运行第一个季度，先按此考核，明年恢复 100%"
GRANTED = ["情况属实", "已核实，同意", "有通知为证，同意免责"]
REFUSED = ["有 B 角可以代办，不予免责", "请以后及时登记，本次不免责"]


def morning(random: Random) -> dict:
    return {"巡检情况": random.choice(MORNINGS), "问题项": random.choices([0, 1, 2, 3], [6, 3, 2, 1])[0]}


def closing(random: Random) -> dict:
    return {"关闭情况": random.choice(CLOSINGS)}


def machine_room(random: Random) -> dict:
    return {"机房温度": random.choice([21, 22, 22, 23, 23, 24, 25]), "异常": ""}


def nearby(random: Random) -> dict:
    return {"检查情况": random.choice(NEARBY)}


def sharing(random: Random) -> dict:
    return {"分享主题": random.choice(TOPICS)}


def archive_update(random: Random) -> dict:
    return {"更新份数": random.randrange(6, 28), "催还份数": random.randrange(0, 7), "说明": ""}


def archive_check(random: Random) -> dict:
    misplaced = random.choices([0, 1, 2], [6, 3, 1])[0]
    missing = random.choices([0, 1], [9, 1])[0]
    return {
        "抽查份数": random.choice([10, 12, 15, 20]),
        "错放份数": misplaced,
        "缺失份数": missing,
        "处理": "已归位" if misplaced else "",
    }


def roster(random: Random) -> dict:
    changes = random.choice(["入职 1 人", "离职 1 人", "入职 2 人、离职 1 人", "无变动"])
    return {"在册人数": random.randrange(78, 83), "变动": changes}


def training(random: Random) -> dict:
    return {"培训内容": random.choice(TRAININGS)}


def etiquette(random: Random) -> dict:
    topic, minutes = random.choice(ETIQUETTE)
    return {"议程": topic, "纪要": minutes}


def suppliers(random: Random) -> dict:
    return {
        "考评家数": random.randrange(12, 19),
        "平均得分": random.randrange(81, 90),
        "结论": "两家交付延迟，已约谈；其余续用。",
    }


def stocktake(random: Random) -> dict:
    differing = random.choices([0, 1, 2], [6, 3, 1])[0]
    restock = random.choice(["", "A4 纸 10 箱、纸杯 5 条", "硒鼓 2 支"])
    return {"盘点品种": random.randrange(58, 66), "有误差品种": differing, "补货": restock}


def decoration(random: Random) -> dict:
    plan = random.choice(["前台花艺与电梯厅灯笼", "茶水间主题台、门厅展架", "各区绿植与横幅"])
    return {"方案": plan, "费用（元）": random.randrange(8, 25) * 100}
