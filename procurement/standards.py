"""The clauses and promises of purchasing, suppliers and budgets; each work item declares its own."""

from . import (
    standards_budgets,  # noqa: F401
    standards_deliveries,  # noqa: F401
    standards_requests,  # noqa: F401
    standards_suppliers,  # noqa: F401
)
