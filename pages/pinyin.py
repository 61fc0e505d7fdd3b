"""Finding people and companies by the first letters of their pinyin, as one types in a Chinese office."""

import re
from functools import lru_cache

NOT_ALPHANUMERIC = re.compile(r"[^a-z0-9]+")


def initials(text: str) -> str:
    """First letters of the pinyin: 张三 → "zs"; Latin letters and digits stay: "A座 Lily" → "azlily"."""
    return _latin(text, "FIRST_LETTER")


def full(text: str) -> str:
    """The whole pinyin without tones and spaces: 张三 → "zhangsan"."""
    return _latin(text, "NORMAL")


@lru_cache(maxsize=4096)
def _latin(text: str, style: str) -> str:
    if text.isascii():
        return NOT_ALPHANUMERIC.sub("", text.lower())
    from pypinyin import Style, lazy_pinyin  # 60 ms and 20 MB: only when somebody is named

    return NOT_ALPHANUMERIC.sub("", "".join(lazy_pinyin(text, style=Style[style])).lower())
