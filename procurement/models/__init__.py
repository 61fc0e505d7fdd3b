from .approval import Approval, ApprovalRule
from .budget import Budget, CostCategory, PlannedSpending
from .contact import Contact
from .control import Control
from .cost import Commitment, Cost
from .invoice import Invoice
from .order import Order
from .order_line import OrderLine
from .paper import Paper
from .price import Price
from .quote import Quote, QuoteLine
from .receipt import Receipt
from .receipt_line import ReceiptLine
from .reimbursement import Reimbursement
from .request import PurchaseRequest
from .request_line import RequestLine
from .review import Review
from .review_round import Criterion, ReviewRound
from .review_score import ReviewScore
from .supplier import SuppliedCategory, Supplier
from .supplier_list import SupplierList

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
    "PlannedSpending",
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
    "SuppliedCategory",
    "Supplier",
    "SupplierList",
]
