from . import (
    assets,  # noqa: F401
    stock,  # noqa: F401
)
