from . import calendar, duty, invariant, policy, timer  # noqa: F401
