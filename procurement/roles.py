"""What each role may do in purchasing and with the budgets.

Everybody may ask for a purchase and follow their own; the using department confirms what it needs and accepts
what came; a head of department approves, and sees the department's budgets. None of that needs a grant.
"""

from organization.roles import Role

_NOUNS = (
    "supplier", "contact", "paper", "criterion", "reviewround", "review", "reviewscore", "purchaserequest",
    "requestline", "quote", "quoteline", "approvalrule", "approval", "order", "orderline", "receipt",
    "receiptline", "invoice", "reimbursement", "price",
)  # fmt: skip
_MONEY = [
    f"procurement.view_{noun}"
    for noun in ("costcategory", "budget", "plannedspending", "commitment", "cost", "control")
]
_SEE = [f"procurement.view_{noun}" for noun in _NOUNS]
_SEE_ALL = [*_SEE, *_MONEY, "procurement.view_every_request", "procurement.view_every_budget"]
_BUY = [
    *_SEE,
    "procurement.view_every_request",
    "procurement.buy",
    "procurement.receive_goods",
    "procurement.add_supplier",
    "procurement.change_supplier",
    "procurement.export_supplier",
    "procurement.view_bank_account",
    "procurement.add_paper",
    "procurement.change_paper",
    "procurement.change_review",
    "procurement.add_price",
]
_DECIDE = [
    *_MONEY,
    "procurement.arrange_procurement",
    "procurement.end_supplier",
    "procurement.decide_review",
    "procurement.arrange_reviews",
    "procurement.settle_reimbursement",
    "procurement.view_every_budget",
    "procurement.enter_cost",
    *(
        f"procurement.{verb}_{noun}"
        for noun in ("budget", "costcategory", "control", "approvalrule", "criterion")
        for verb in ("add", "change", "delete")
    ),
]

GRANTS: dict[Role, list[str]] = {
    Role.BUYER: _BUY,
    Role.ADMIN_MANAGER: [*_BUY, *_DECIDE],
    Role.ADMINISTRATION_OFFICER: [*_SEE_ALL, "procurement.receive_goods", "procurement.enter_cost"],
    Role.INVENTORY_CLERK: [
        "procurement.view_supplier",
        "procurement.view_purchaserequest",
        "procurement.view_order",
        "procurement.view_receipt",
        "procurement.view_every_request",
        "procurement.receive_goods",
    ],
    Role.DEPARTMENT_HEAD: ["procurement.view_budget", "procurement.view_cost"],
    Role.AUDITOR: _SEE_ALL,
}
