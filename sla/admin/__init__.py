from . import policy, timer  # noqa: F401
