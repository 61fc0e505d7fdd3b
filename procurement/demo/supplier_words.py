"""The demo office's suppliers: who they are, and what they supply."""

from typing import NamedTuple


class Firm(NamedTuple):
    """A supplier: name, categories by code, whom one calls there, how many years ago it began."""

    name: str
    categories: tuple[str, ...]
    contact: str
    years: int


FIRMS = (
    Firm("北京晨曦文具有限公司", ("stationery", "paper"), "李娜", 4),
    Firm("北京博文办公用品有限公司", ("stationery", "paper", "printing"), "赵鹏", 5),
    Firm("上海墨香文化用品有限公司", ("stationery",), "钱敏", 2),
    Firm("北京易采商贸有限公司", ("stationery", "cleaning", "tea"), "孙磊", 3),
    Firm("天津恒达纸业有限公司", ("paper",), "周洁", 4),
    Firm("北京绿洲纸品有限公司", ("paper",), "吴涛", 2),
    Firm("北京速印图文有限公司", ("printing", "paper"), "郑爽", 3),
    Firm("北京佳彩打印耗材有限公司", ("printing",), "王斌", 4),
    Firm("深圳兴达科技有限公司", ("printing", "computers"), "冯雪", 3),
    Firm("北京洁雅清洁用品有限公司", ("cleaning",), "陈静", 5),
    Firm("北京净美佳日化有限公司", ("cleaning",), "褚亮", 3),
    Firm("河北百洁卫生用品有限公司", ("cleaning",), "卫平", 2),
    Firm("北京山泉饮品有限公司", ("tea",), "蒋欣", 4),
    Firm("北京香茗茶业有限公司", ("tea",), "沈阳", 3),
    Firm("北京悦享食品贸易有限公司", ("tea",), "韩梅", 1),
    Firm("北京安通机电设备有限公司", ("spares",), "杨帆", 4),
    Firm("北京光明电料有限公司", ("spares",), "朱军", 3),
    Firm("北京联创信息技术有限公司", ("computers",), "秦岭", 5),
    Firm("北京中科数码科技有限公司", ("computers", "printing"), "尤佳", 4),
    Firm("北京华信网络系统有限公司", ("computers",), "许晴", 2),
    Firm("上海云端电脑有限公司", ("computers",), "何伟", 2),
    Firm("北京五洲电器有限公司", ("appliances",), "吕品", 4),
    Firm("北京恒温暖通设备有限公司", ("appliances",), "施文", 3),
    Firm("北京视通会议设备有限公司", ("appliances", "computers"), "张弛", 3),
    Firm("北京森源家具有限公司", ("furniture",), "孔明亮", 5),
    Firm("河北雅居办公家具有限公司", ("furniture",), "曹颖", 3),
    Firm("北京宜家美办公家具有限公司", ("furniture",), "严实", 2),
    Firm("北京木语空间设计有限公司", ("furniture",), "华晨", 1),
    Firm("北京宏图综合贸易有限公司", ("stationery", "cleaning", "appliances"), "金鑫", 4),
    Firm("北京联合办公服务有限公司", ("paper", "tea", "furniture"), "魏来", 3),
    Firm("廊坊诚信五金有限公司", ("spares",), "陶然", 3),
    Firm("北京旭日照明有限公司", ("spares", "appliances"), "姜山", 2),
)
SUSPENDED = {"北京旭日照明有限公司": "连续两批灯管不合格，整改期间暂停"}
ENDED = {"廊坊诚信五金有限公司": "搬迁外地，送货不便，双方协商终止"}
DISTRICTS = ("朝阳区酒仙桥路", "海淀区中关村东路", "丰台区南四环西路", "通州区经海三路", "大兴区荣华中路")
BANKS = ("招商银行北京望京支行", "工商银行北京海淀支行", "建设银行北京丰台支行", "中国银行北京通州支行")
TITLES = ("销售经理", "客户经理", "大客户经理", "业务主管")
GOOD = ("响应快，配合好", "补货及时，主动回访", "售后上门快", "送货上楼，单据齐全")
FAIR = ("一般，需催单", "售后响应偏慢", "单据常有差错", "更换对接人，沟通不畅")
CORRECTED = ("其中一单系我方改期，不计迟到", "两件破损已当场更换", "因规格升级，价格不可直接比较")
NEGOTIATE = ("到货多次晚于约定，约谈整改", "价格高于去年同期，议价", "不合格率偏高，要求整改")
REPLACE = ("连续两季度得分偏低，寻找替代", "质量问题反复出现，更换")
TALKED = ("已约谈，对方承诺设专人跟单，次月复查", "议定下季度起降价 5%", "已提交整改报告，抽检合格")
REPLACED = ("已引入新供应商，原合同到期不续", "替代供应商已完成试单")
