"""Whether two names may be one company: 北京晨光文具有限公司 and 晨光文具（北京）公司."""

import re
import unicodedata
from difflib import SequenceMatcher

ALIKE = 0.85
_BRACKETS = re.compile(r"\([^)]*\)")
_LEGAL_FORMS = re.compile(
    r"(?:股份|集团|控股)?(?:有限)?(?:责任)?公司$|(?:商行|经营部|服务部|工作室|商店|门市部)$"
    r"|(?:,?\s*(?:co\.?|company|ltd\.?|limited|inc\.?)[\s.,]*)+$"
)
_PLACES = re.compile(
    r"^(?:中国|(?:[\u4e00-\u9fff]{2,3}省)?(?:[\u4e00-\u9fff]{2,3}市)?)"
    r"(?:北京|上海|天津|重庆|广州|深圳|杭州|南京|苏州|成都|武汉|西安|青岛|大连|厦门|宁波|无锡|合肥|长沙|郑州|济南)?(?:市)?"
)


def key(name: str) -> str:
    """What is left of a company's name without place and legal form."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    plain = "".join(_BRACKETS.sub("", plain).split())
    for pattern in (_LEGAL_FORMS, _PLACES):
        shorter = pattern.sub("", plain, count=1)
        plain = shorter if len(shorter) >= 2 else plain
    return plain


def alike(one: str, other: str) -> bool:
    """True where the two keys are worth showing as possibly the same company."""
    one, other = key(one), key(other)
    if not one or not other:
        return False
    nearly = SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE
    return one == other or (nearly and min(len(one), len(other)) >= 4)
