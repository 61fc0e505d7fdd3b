"""Amounts in the capital numerals of Chinese banking (人民币大写), which cannot be altered by a stroke.

After 《正确填写票据和结算凭证的基本规定》, annex 1 of 《支付结算办法》 (银发〔1997〕393 号):
整 follows 元 where nothing comes after it, never 分; of several noughts in a row one 零 is written; 零
follows 元 where 角 is nought and 分 is not; and here also, which it allows, where 元 itself is nought.
"""

from decimal import Decimal

from pages.money import MOST, rounded

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿")
OF_GROUP = 10_000


def capitals(amount: Decimal) -> str:
    """ "人民币壹仟肆佰零玖元伍角" for 1409.50. Raises ValueError for what is negative or beyond 9999 亿."""
    amount = rounded(amount)
    if not 0 <= amount <= MOST:
        raise ValueError(f"No amount to be written in capitals: {amount}")
    yuan, cents = divmod(int(amount * 100), 100)
    return "人民币" + (_yuan(yuan) if yuan or not cents else "") + _cents(cents, yuan)


def _yuan(yuan: int) -> str:
    words, rest, place = "", yuan, 0
    below = False  # whether a lower group has to be joined by 零
    while rest:
        rest, group = divmod(rest, OF_GROUP)
        if group:
            words = _group(group) + GROUPS[place] + ("零" if below and words else "") + words
        below = 0 < group < 1000 if group else bool(words)
        place += 1
    return (words or DIGITS[0]) + "元"


def _group(group: int) -> str:
    """ "肆仟零玖" for 4009."""
    words, gap = "", False
    for place in reversed(range(4)):
        digit = group // 10**place % 10
        if digit:
            words += ("零" if gap and words else "") + DIGITS[digit] + PLACES[place]
        gap = not digit
    return words


def _cents(cents: int, yuan: int) -> str:
    jiao, fen = divmod(cents, 10)
    if not cents:
        return "整"
    nought = "零" if yuan and (not jiao or yuan % 10 == 0) else ""
    return nought + (f"{DIGITS[jiao]}角" if jiao else "") + (f"{DIGITS[fen]}分" if fen else "")
