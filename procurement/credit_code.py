"""The unified social credit code (统一社会信用代码): eighteen signs, of which the last proves the others."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # without I, O, S, V and Z, which look like digits
LENGTH = 18


def tidy(text: str) -> str:
    """As it stands on the licence: capitals, no spaces, no fullwidth signs."""
    return "".join(unicodedata.normalize("NFKC", text).upper().split()).replace("-", "")


def check_sign(first: str) -> str:
    """The eighteenth sign that belongs to the first seventeen.

    GB 32100-2015 《法人和其他组织统一社会信用代码编码规则》: every sign's place in the alphabet of 31 is
    multiplied by its weight 3^(i-1) mod 31; the check value is 31 less the remainder of their sum by 31.
    """
    total = sum(SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(first))
    return SIGNS[-total % 31]


def validate(code: str) -> None:
    """Raises ValidationError with one sentence on what is wrong with a tidied code."""
    if len(code) != LENGTH:
        raise ValidationError(
            _("A credit code has 18 characters; this one has %(count)d."),
            code="length",
            params={"count": len(code)},
        )
    if strange := next((sign for sign in code if sign not in SIGNS), ""):
        raise ValidationError(
            _("“%(sign)s” cannot stand in a credit code: the letters I, O, S, V and Z are not used."),
            code="sign",
            params={"sign": strange},
        )
    if check_sign(code[:-1]) != code[-1]:
        raise ValidationError(
            _("The last character does not fit the others; compare the code with the licence."),
            code="check",
        )
