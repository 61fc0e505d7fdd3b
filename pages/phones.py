"""Phone numbers as callers say them and colleagues write them, kept in one notation and so found again."""

import re
import unicodedata
from typing import NamedTuple

import phonenumbers
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from phonenumbers import PhoneNumberFormat

MOST_CHARACTERS = 60
INTERNAL = re.compile(r"\d{3,6}")
CHINESE_MOBILE = re.compile(r"\+861[3-9]\d{9}")
ONLY_NUMBER_SIGNS = re.compile(r"\+?[\d\s()\-/.]+")
LABEL = re.compile(r"^(?:tel|phone|电话|手机|座机)\s*[:.]?\s*", re.IGNORECASE)
SPOKEN_EXTENSION = re.compile(
    r"[\s,;(\-]*(?:转分机|转内线|转|分机号?|内线|extension|ext|x|#)[\s.:]*(\d{1,8})\s*\)?$", re.IGNORECASE
)
DASHED_EXTENSION = re.compile(r"(?<=\d)\s*-\s*(\d{3,6})$")
BRACKETED_COUNTRY = re.compile(r"^\(\s*(\+|00)\s*(\d{1,3})\s*\)")
DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−ー－~", "-"))


class Phone(NamedTuple):
    """`number` is E.164 ("+8613800138000") or a bare internal extension ("8001"); `extension` may be ""."""

    number: str
    extension: str = ""

    def __str__(self) -> str:
        return display(self.number, self.extension)


def parse(text: str, region: str = "CN") -> Phone:
    """Read a number in any usual notation; raise ValidationError with a sentence if it is none."""
    plain = _plain(text)
    if INTERNAL.fullmatch(plain):
        return Phone(plain)
    base, extension = _split_extension(plain, region)
    number = _number(base, region)
    if number is None:
        raise ValidationError(_mistake(base), code="phone")
    return Phone(number, extension)


def mask(number: str) -> str:
    """A number of which only the ends are seen: "+8613800138000" → "138****8000"; internal ones stay."""
    number = str(number or "")
    if len(number) <= 6:
        return number
    head = _head(number)
    return f"{head}****{number[-4:]}" if len(number) > 8 else f"****{number[-2:]}"


def display(number: str, extension: str = "") -> str:
    """A number as one reads it aloud: "138 0013 8000", "010 8888 8888 转 8001", "+1 415-555-2671"."""
    shown = _spaced(str(number or ""))
    return (
        _("%(number)s ext. %(extension)s") % {"number": shown, "extension": extension} if extension else shown
    )


def tail(number: str, n: int = 4) -> str:
    """The last `n` digits, for finding a number by its end."""
    return re.sub(r"\D", "", str(number or ""))[-n:]


def digest(number: str) -> str:
    """HMAC-SHA256 (hex) by which an encrypted number is found again.

    Keyed by the oldest of SALT_KEY: a new salt is put in front of the list, and old digests must stay good.
    """
    return salted_hmac(
        "pages.phones", str(number or ""), secret=settings.SALT_KEY[-1], algorithm="sha256"
    ).hexdigest()


def _plain(text: str) -> str:
    if len(text or "") > MOST_CHARACTERS:
        raise ValidationError(
            _("A phone number has at most %(most)d characters.") % {"most": MOST_CHARACTERS}
        )
    plain = unicodedata.normalize("NFKC", text or "").translate(DASHES).strip()
    plain = "".join(sign for sign in plain if unicodedata.category(sign) != "Cf")
    return BRACKETED_COUNTRY.sub(r"\1\2 ", LABEL.sub("", plain).strip())


def _split_extension(plain: str, region: str) -> tuple[str, str]:
    if spoken := SPOKEN_EXTENSION.search(plain):
        return plain[: spoken.start()], spoken[1]
    dashed = DASHED_EXTENSION.search(plain)
    if dashed and _number(plain, region) is None and _number(plain[: dashed.start()], region):
        return plain[: dashed.start()], dashed[1]
    return plain, ""


def _number(base: str, region: str) -> str | None:
    if not ONLY_NUMBER_SIGNS.fullmatch(base.strip()):
        return None
    try:
        parsed = phonenumbers.parse(base.replace("/", " "), region)
    except phonenumbers.NumberParseException:
        return None
    number = phonenumbers.format_number(parsed, PhoneNumberFormat.E164)
    domestic = parsed.country_code == phonenumbers.country_code_for_region(region)
    fits = phonenumbers.is_valid_number(parsed) if domestic else phonenumbers.is_possible_number(parsed)
    return number if fits or CHINESE_MOBILE.fullmatch(number) else None


def _mistake(base: str) -> str:
    digits = re.sub(r"\D", "", base)
    if ONLY_NUMBER_SIGNS.fullmatch(base.strip() or "x") and len(digits) in (7, 8):
        return _("Add the area code, such as 010-8888 8888.")
    return _(
        "This is not a phone number. Examples: 138 0013 8000, 010-8888 8888 ext. 8001, +1 415 555 2671, 8001."
    )


def _head(number: str) -> str:
    if CHINESE_MOBILE.fullmatch(number):
        return number[3:6]
    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return number[:2]
    if parsed.country_code != 86:
        return f"+{parsed.country_code} "
    area = phonenumbers.length_of_geographical_area_code(parsed)
    return f"0{number[3 : 3 + area]}" if area else number[3:6]


def _spaced(number: str) -> str:
    if CHINESE_MOBILE.fullmatch(number):
        return f"{number[3:6]} {number[6:10]} {number[10:]}"
    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return number
    form = PhoneNumberFormat.NATIONAL if parsed.country_code == 86 else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, form)
