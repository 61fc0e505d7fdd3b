"""Work items 4.1, 4.2 and 4.3: each part of the house declares its own clauses."""

from . import (
    standards_assets,  # noqa: F401
    standards_requisitions,  # noqa: F401
    standards_stock,  # noqa: F401
    standards_stocktakes,  # noqa: F401
)
from .audits import standards as _audits  # noqa: F401
from .year_end import standards as _year_end  # noqa: F401
