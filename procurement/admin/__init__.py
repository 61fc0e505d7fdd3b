from . import (
    deliveries,  # noqa: F401
    requests,  # noqa: F401
)
