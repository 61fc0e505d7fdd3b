from . import calendar, policy, timer  # noqa: F401
