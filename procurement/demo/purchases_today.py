"""What is asked for now: after budgets and prices of the past are there, so that they show."""

from datetime import datetime
from random import Random

from . import purchase_words as words
from .purchases import Buying


def fill(random: Random, now: datetime) -> None:
    buying = Buying(random, now)
    for wish in words.TODAY:
        buying.live(wish)
