"""Finding people and companies by the first letters of their pinyin, as one types in a Chinese office."""

import re
from functools import lru_cache

NOT_ALPHANUMERIC = re.compile(r"[^a-z0-9]+")
NAME_OF_A_PERSON = re.compile(r"[\u4e00-\u9fff]{2,4}")
# Signs that are read otherwise when they are a surname; pypinyin reads them as ordinary words.
SURNAMES = {
    "曾": "zeng", "单": "shan", "仇": "qiu", "解": "xie", "区": "ou", "查": "zha", "朴": "piao", "翟": "zhai",
    "缪": "miao", "员": "yun", "种": "chong", "召": "shao", "秘": "bi", "折": "she", "盖": "ge", "繁": "po",
    "句": "gou", "黑": "he", "能": "nai", "祭": "zhai", "尉": "wei", "隗": "wei", "牟": "mou", "覃": "qin",
    "长孙": "zhang sun", "尉迟": "yu chi", "万俟": "mo qi", "澹台": "tan tai", "单于": "chan yu",
}  # fmt: skip


def initials(text: str) -> str:
    """First letters of the pinyin: 张三 → "zs", 曾明 → "zm"; Latin letters stay: "A座 Lily" → "azlily"."""
    return _latin(text, "FIRST_LETTER")


def full(text: str) -> str:
    """The whole pinyin without tones and spaces: 张三 → "zhangsan"."""
    return _latin(text, "NORMAL")


@lru_cache(maxsize=4096)
def _latin(text: str, style: str) -> str:
    if text.isascii():
        return NOT_ALPHANUMERIC.sub("", text.lower())
    from pypinyin import Style, lazy_pinyin  # 60 ms and 20 MB: only when somebody is named

    surname, rest = _surname(text.strip())
    read = [word[0] if style == "FIRST_LETTER" else word for word in surname]
    return NOT_ALPHANUMERIC.sub("", "".join([*read, *lazy_pinyin(rest, style=Style[style])]).lower())


def _surname(text: str) -> tuple[list[str], str]:
    """The surname's own reading and what follows it; longer names are companies, read as ordinary words."""
    if NAME_OF_A_PERSON.fullmatch(text):
        for length in (2, 1):
            if read := SURNAMES.get(text[:length]):
                return read.split(), text[length:]
    return [], text
