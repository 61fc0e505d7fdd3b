from .budget import Budget, Commitment, Control, Cost, CostCategory
from .order import Invoice, Order, OrderLine, Receipt, ReceiptLine, Reimbursement
from .price import Price
from .request import Approval, ApprovalRule, PurchaseRequest, Quote, QuoteLine, RequestLine
from .review import Criterion, Review, ReviewRound, ReviewScore
from .supplier import Contact, Paper, Supplier

__all__ = [
    "Approval",
    "ApprovalRule",
    "Budget",
    "Commitment",
    "Contact",
    "Control",
    "Cost",
    "CostCategory",
    "Criterion",
    "Invoice",
    "Order",
    "OrderLine",
    "Paper",
    "Price",
    "PurchaseRequest",
    "Quote",
    "QuoteLine",
    "Receipt",
    "ReceiptLine",
    "Reimbursement",
    "RequestLine",
    "Review",
    "ReviewRound",
    "ReviewScore",
    "Supplier",
]
