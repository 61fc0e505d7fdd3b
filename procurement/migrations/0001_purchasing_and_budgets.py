import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.math
import encrypted_fields.fields
import pages.money
import pages.uploads
import procurement.credit_code
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("organization", "0002_user_rights_stamp"),
        ("organization", "__first__"),
        ("sla", "0004_proof_of_an_occurrence"),
        ("supplies", "0002_ledger_is_append_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="CostCategory",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, unique=True, verbose_name="kind of cost")),
                (
                    "nature",
                    models.CharField(
                        choices=[
                            ("fixed", "Fixed"),
                            ("per_head", "Per head"),
                            ("seasonal", "Seasonal"),
                            ("variable", "As needed"),
                            ("one_off", "One-off"),
                        ],
                        max_length=10,
                        verbose_name="nature",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "use",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("other", "Everything that belongs nowhere else"),
                            ("assets", "Purchase of fixed assets"),
                            ("repairs", "Repairs of fixed assets"),
                        ],
                        help_text="Goods that belong to no kind of cost go where this says; each stands once.",
                        max_length=10,
                        verbose_name="takes",
                    ),
                ),
                ("active", models.BooleanField(default=True, verbose_name="in use")),
                (
                    "goods",
                    models.ManyToManyField(
                        blank=True,
                        related_name="cost_categories",
                        to="supplies.category",
                        verbose_name="categories of goods",
                    ),
                ),
            ],
            options={
                "verbose_name": "kind of cost",
                "verbose_name_plural": "kinds of cost",
                "ordering": ["position", "name"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("use", ""), _negated=True),
                        fields=("use",),
                        name="cost_category_for_a_use_is_one",
                        violation_error_message="Another kind of cost takes this already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Criterion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40, unique=True, verbose_name="criterion")),
                (
                    "weight",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="weight",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("on_time", "Deliveries on time"),
                            ("defects", "Goods without defects"),
                            ("price", "Price against last year"),
                            ("hand", "Judged by hand"),
                        ],
                        default="hand",
                        max_length=10,
                        verbose_name="filled from",
                    ),
                ),
                ("guide", models.CharField(blank=True, max_length=200, verbose_name="how to judge")),
                ("active", models.BooleanField(default=True, verbose_name="in use")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
            ],
            options={
                "verbose_name": "criterion",
                "verbose_name_plural": "criteria",
                "ordering": ["position", "pk"],
                "permissions": [("arrange_reviews", "Can change the criteria of supplier reviews")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("weight__range", (1, 100))), name="criterion_weighs_something"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(models.Q(("source", "hand"), _negated=True), ("active", True)),
                        fields=("source",),
                        name="criterion_source_used_once",
                        violation_error_message="Another criterion is filled from this already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PurchaseRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("initials", models.CharField(blank=True, editable=False, max_length=400)),
                ("purpose", models.CharField(blank=True, max_length=300, verbose_name="what for")),
                ("needed_on", models.DateField(blank=True, null=True, verbose_name="needed on")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Requirement to be confirmed"),
                            ("quoting", "Being quoted"),
                            ("approval", "To be approved"),
                            ("approved", "Approved"),
                            ("ordered", "Ordered"),
                            ("closed", "Closed"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="created at")),
                ("submitted_at", models.DateTimeField(null=True, verbose_name="submitted at")),
                ("confirmed_at", models.DateTimeField(null=True, verbose_name="requirement confirmed at")),
                (
                    "confirmed_text",
                    models.TextField(blank=True, editable=False, verbose_name="what was confirmed"),
                ),
                (
                    "sent_back_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="why it was sent back"),
                ),
                (
                    "few_quotes_reason",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="why fewer than three suppliers"
                    ),
                ),
                (
                    "total",
                    pages.money.MoneyField(
                        decimal_places=2,
                        default=Decimal("0.00"),
                        editable=False,
                        max_digits=14,
                        verbose_name="amount",
                    ),
                ),
                (
                    "over_budget",
                    models.BooleanField(default=False, editable=False, verbose_name="exceeds a budget"),
                ),
                ("approved_at", models.DateTimeField(null=True, verbose_name="approved at")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="closed at")),
                ("end_reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "once",
                    models.UUIDField(editable=False, null=True, unique=True, verbose_name="form ticket"),
                ),
                (
                    "buyer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="buyer",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmed by",
                    ),
                ),
                (
                    "confirmer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="to be confirmed by",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.department",
                        verbose_name="using department",
                    ),
                ),
                (
                    "requester",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="purchase_requests",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="requested by",
                    ),
                ),
                (
                    "shortage",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="purchase_request",
                        to="supplies.shortage",
                        verbose_name="shortage",
                    ),
                ),
            ],
            options={
                "verbose_name": "purchase request",
                "verbose_name_plural": "purchase requests",
                "ordering": ["-created_at", "-pk"],
                "permissions": [
                    ("buy", "Can quote and order"),
                    ("receive_goods", "Can write down what was delivered"),
                    ("view_every_request", "Can see every department's purchases"),
                    ("arrange_procurement", "Can change the rules of approval and purchasing"),
                ],
                "indexes": [
                    models.Index(fields=["-created_at", "-id"], name="request_newest"),
                    models.Index(fields=["status", "created_at"], name="request_by_status"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("status__in", ["quoting", "approval", "approved", "ordered", "closed"]),
                                _negated=True,
                            ),
                            models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="request_is_confirmed_before_it_is_quoted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["refused", "withdrawn"]), _negated=True),
                            models.Q(("end_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="request_has_an_end_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_by", None),
                            ("requester", None),
                            models.Q(("confirmed_by", models.F("requester")), _negated=True),
                            _connector="OR",
                        ),
                        name="request_is_not_confirmed_by_its_requester",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewRound",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("quarter", models.PositiveSmallIntegerField(verbose_name="quarter")),
                ("opened_at", models.DateTimeField(verbose_name="opened at")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="closed at")),
                (
                    "occurrence",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sla.occurrence",
                        verbose_name="occurrence of a duty",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="opened by",
                    ),
                ),
            ],
            options={
                "verbose_name": "round of supplier reviews",
                "verbose_name_plural": "rounds of supplier reviews",
                "ordering": ["-year", "-quarter"],
                "constraints": [
                    models.UniqueConstraint(fields=("year", "quarter"), name="review_round_once_a_quarter"),
                    models.CheckConstraint(
                        condition=models.Q(("quarter__range", (1, 4))), name="review_round_is_of_a_quarter"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Supplier",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, unique=True, verbose_name="name")),
                ("initials", models.CharField(blank=True, editable=False, max_length=120)),
                (
                    "status",
                    models.CharField(
                        choices=[("live", "Live"), ("suspended", "Suspended"), ("ended", "Ended")],
                        default="live",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "status_reason",
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason"),
                ),
                ("left_on", models.DateField(editable=False, null=True, verbose_name="not live since")),
                (
                    "tax_number",
                    models.CharField(
                        blank=True,
                        max_length=18,
                        validators=[procurement.credit_code.validate],
                        verbose_name="unified social credit code",
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="address")),
                (
                    "bank_account",
                    encrypted_fields.fields.EncryptedCharField(
                        blank=True, max_length=200, null=True, verbose_name="bank and account"
                    ),
                ),
                (
                    "payment_days",
                    models.PositiveSmallIntegerField(default=30, verbose_name="days for payment"),
                ),
                ("remark", models.CharField(blank=True, max_length=300, verbose_name="remark")),
                ("since", models.DateField(verbose_name="supplier since")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "once",
                    models.UUIDField(editable=False, null=True, unique=True, verbose_name="form ticket"),
                ),
            ],
            options={
                "verbose_name": "supplier",
                "verbose_name_plural": "suppliers",
                "ordering": ["name"],
                "permissions": [
                    ("view_bank_account", "Can see suppliers' bank accounts"),
                    ("end_supplier", "Can suspend suppliers and end with them"),
                    ("export_supplier", "Can export suppliers"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("tax_number", ""), _negated=True),
                        fields=("tax_number",),
                        name="supplier_tax_number_once",
                        violation_error_message="There is a supplier with this credit code already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("left_on", None), ("status", "live")),
                            models.Q(
                                models.Q(("status", "live"), _negated=True),
                                ("left_on__isnull", False),
                                models.Q(("status_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="supplier_not_live_since_a_day_for_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SupplierList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file_name", models.CharField(max_length=200, verbose_name="file")),
                (
                    "rows",
                    encrypted_fields.fields.EncryptedTextField(blank=True, null=True, verbose_name="rows"),
                ),
                ("uploaded_at", models.DateTimeField(verbose_name="uploaded at")),
                ("applied_at", models.DateTimeField(null=True, verbose_name="taken over at")),
                ("created", models.PositiveIntegerField(default=0, verbose_name="suppliers added")),
                ("changed", models.PositiveIntegerField(default=0, verbose_name="suppliers changed")),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="uploaded by",
                    ),
                ),
            ],
            options={
                "verbose_name": "list of suppliers",
                "verbose_name_plural": "lists of suppliers",
                "ordering": ["-uploaded_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="ApprovalRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "from_amount",
                    pages.money.MoneyField(
                        decimal_places=2,
                        max_digits=14,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="from this amount",
                    ),
                ),
                (
                    "approver",
                    models.CharField(
                        choices=[
                            ("head", "The head of the using department"),
                            ("admin_manager", "An admin manager"),
                            ("person", "A certain person"),
                        ],
                        max_length=20,
                        verbose_name="who approves",
                    ),
                ),
                (
                    "only_over_budget",
                    models.BooleanField(default=False, verbose_name="only when a budget is exceeded"),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                ("active", models.BooleanField(default=True, verbose_name="in force")),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "rule of approval",
                "verbose_name_plural": "rules of approval",
                "ordering": ["position", "from_amount", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approver", "person"), ("person__isnull", False)),
                            models.Q(models.Q(("approver", "person"), _negated=True), ("person", None)),
                            _connector="OR",
                        ),
                        name="approval_rule_names_a_person_when_it_says_so",
                        violation_error_message="Name the person who approves, or choose a role.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Budget",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(2000),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="year",
                    ),
                ),
                (
                    "period",
                    models.CharField(
                        choices=[("month", "Month"), ("quarter", "Quarter"), ("year", "Year")],
                        max_length=10,
                        verbose_name="period",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(default=0, verbose_name="month or quarter")),
                (
                    "amount",
                    pages.money.MoneyField(
                        decimal_places=2,
                        max_digits=14,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="amount",
                    ),
                ),
                (
                    "warn_percent",
                    models.PositiveSmallIntegerField(
                        default=80,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="warn from percent used",
                    ),
                ),
                (
                    "on_request",
                    models.CharField(
                        choices=[
                            ("ignore", "Nothing"),
                            ("warn", "Warn"),
                            ("ask", "Ask for approval"),
                            ("block", "Refuse"),
                        ],
                        default="warn",
                        max_length=10,
                        verbose_name="at the request",
                    ),
                ),
                (
                    "on_order",
                    models.CharField(
                        choices=[
                            ("ignore", "Nothing"),
                            ("warn", "Warn"),
                            ("ask", "Ask for approval"),
                            ("block", "Refuse"),
                        ],
                        default="ask",
                        max_length=10,
                        verbose_name="at the order",
                    ),
                ),
                (
                    "on_invoice",
                    models.CharField(
                        choices=[
                            ("ignore", "Nothing"),
                            ("warn", "Warn"),
                            ("ask", "Ask for approval"),
                            ("block", "Refuse"),
                        ],
                        default="warn",
                        max_length=10,
                        verbose_name="at the invoice",
                    ),
                ),
                ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                ("warned_at", models.DateTimeField(editable=False, null=True, verbose_name="warned at")),
                (
                    "told_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="seen to be crossed at"),
                ),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.department",
                        verbose_name="department",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="answers for it",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="budgets",
                        to="procurement.costcategory",
                        verbose_name="kind of cost",
                    ),
                ),
            ],
            options={
                "verbose_name": "budget",
                "verbose_name_plural": "budgets",
                "ordering": ["-year", "period", "number", "category", "department"],
                "permissions": [("view_every_budget", "Can see every department's budgets and costs")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("department__isnull", False)),
                        fields=("year", "period", "number", "category", "department"),
                        name="budget_once_per_period_kind_and_department",
                        violation_error_message="There is a budget for this already; change its amount.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("department", None)),
                        fields=("year", "period", "number", "category"),
                        name="budget_once_per_period_and_kind_for_all",
                        violation_error_message="There is a budget for this already; change its amount.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("number__range", (1, 12)), ("period", "month")),
                            models.Q(("number__range", (1, 4)), ("period", "quarter")),
                            models.Q(("number", 0), ("period", "year")),
                            _connector="OR",
                        ),
                        name="budget_period_has_its_number",
                        violation_error_message="A month is 1 to 12, a quarter 1 to 4; a year has no number.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0)), name="budget_is_not_negative"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Cost",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                ("amount", pages.money.MoneyField(decimal_places=2, max_digits=14, verbose_name="amount")),
                ("text", models.CharField(max_length=200, verbose_name="what for")),
                (
                    "document",
                    models.CharField(blank=True, max_length=60, verbose_name="number of the document"),
                ),
                ("entered_at", models.DateTimeField(verbose_name="entered at")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="why it was reversed")),
                ("source_id", models.PositiveBigIntegerField(null=True)),
                ("once", models.CharField(editable=False, max_length=64, null=True, unique=True)),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.department",
                        verbose_name="department",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "reverses",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversed_by",
                        to="procurement.cost",
                        verbose_name="reverses",
                    ),
                ),
                (
                    "source_type",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contenttypes.contenttype",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="costs",
                        to="procurement.costcategory",
                        verbose_name="kind of cost",
                    ),
                ),
            ],
            options={
                "verbose_name": "cost",
                "verbose_name_plural": "costs",
                "ordering": ["-day", "-pk"],
                "permissions": [("enter_cost", "Can enter, import and reverse costs")],
                "indexes": [
                    models.Index(fields=["-day", "-id"], name="cost_newest"),
                    models.Index(fields=["category", "day"], name="cost_by_category"),
                    models.Index(
                        condition=models.Q(("source_id__isnull", False)),
                        fields=["source_type", "source_id"],
                        name="cost_by_source",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount", 0), _negated=True), name="cost_is_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0), ("reverses__isnull", False), _connector="OR"),
                        name="cost_is_negative_only_to_reverse",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reverses", None), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="cost_is_reversed_with_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Order",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("placed", "Placed"),
                            ("received", "Received"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "total",
                    pages.money.MoneyField(decimal_places=2, default=0, max_digits=14, verbose_name="total"),
                ),
                ("expected_on", models.DateField(verbose_name="delivery agreed for")),
                ("terms", models.CharField(blank=True, max_length=300, verbose_name="terms")),
                ("created_at", models.DateTimeField(verbose_name="created at")),
                (
                    "over_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="why the budget is crossed"),
                ),
                ("asked_at", models.DateTimeField(null=True, verbose_name="release asked for at")),
                ("released_at", models.DateTimeField(null=True, verbose_name="released at")),
                ("placed_at", models.DateTimeField(null=True, verbose_name="placed at")),
                ("received_at", models.DateTimeField(null=True, verbose_name="received in full at")),
                ("cancelled_at", models.DateTimeField(null=True, verbose_name="cancelled at")),
                (
                    "cancel_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="reason for cancelling"),
                ),
                (
                    "once",
                    models.UUIDField(editable=False, null=True, unique=True, verbose_name="form ticket"),
                ),
                (
                    "buyer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="buyer",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="created by",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.department",
                        verbose_name="using department",
                    ),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="released by",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="procurement.purchaserequest",
                        verbose_name="purchase request",
                    ),
                ),
                (
                    "supplier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="procurement.supplier",
                        verbose_name="supplier",
                    ),
                ),
            ],
            options={
                "verbose_name": "purchase order",
                "verbose_name_plural": "purchase orders",
                "ordering": ["-created_at", "-pk"],
                "indexes": [
                    models.Index(fields=["-created_at", "-id"], name="order_newest"),
                    models.Index(fields=["supplier", "placed_at"], name="order_by_supplier"),
                    models.Index(
                        condition=models.Q(("status", "placed")), fields=["expected_on"], name="order_open"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["draft", "cancelled"]),
                            ("placed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="order_placed_when_it_says_so",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "cancelled"), _negated=True),
                            models.Q(
                                ("cancelled_at__isnull", False),
                                models.Q(("cancel_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="order_is_cancelled_with_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Approval",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("ahead", "Still to come"),
                            ("waiting", "Waiting"),
                            ("approved", "Approved"),
                            ("refused", "Refused"),
                            ("dropped", "No longer needed"),
                        ],
                        default="ahead",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("team", models.CharField(blank=True, max_length=40, verbose_name="role")),
                (
                    "over_budget",
                    models.BooleanField(default=False, verbose_name="because a budget is exceeded"),
                ),
                ("decided_at", models.DateTimeField(null=True, verbose_name="decided at")),
                ("comment", models.CharField(blank=True, max_length=200, verbose_name="comment")),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="approvals",
                        to="procurement.purchaserequest",
                        verbose_name="purchase request",
                    ),
                ),
            ],
            options={
                "verbose_name": "approval",
                "verbose_name_plural": "approvals",
                "ordering": ["request", "position", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("status", "waiting")),
                        fields=["person", "status"],
                        name="approval_waiting",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("person__isnull", False), ("team", "")),
                            models.Q(("person", None), models.Q(("team", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="approval_belongs_to_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("status__in", ["approved", "refused"]),
                            ),
                            models.Q(("decided_by", None), ("status__in", ["ahead", "waiting", "dropped"])),
                            _connector="OR",
                        ),
                        name="approval_decided_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Quote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("quoted_on", models.DateField(verbose_name="quoted on")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                (
                    "delivery_days",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="delivered within days"
                    ),
                ),
                ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                (
                    "file",
                    models.FileField(
                        blank=True, upload_to=pages.uploads.StoredIn("quotes"), verbose_name="file"
                    ),
                ),
                (
                    "filename",
                    models.CharField(blank=True, editable=False, max_length=120, verbose_name="file name"),
                ),
                ("content_type", models.CharField(blank=True, editable=False, max_length=100)),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="quotes",
                        to="procurement.purchaserequest",
                        verbose_name="purchase request",
                    ),
                ),
                (
                    "supplier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quotes",
                        to="procurement.supplier",
                        verbose_name="supplier",
                    ),
                ),
            ],
            options={
                "verbose_name": "quote",
                "verbose_name_plural": "quotes",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("request", "supplier"),
                        name="quote_once_per_supplier",
                        violation_error_message="This supplier's quote is there already; change it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until", None),
                            ("valid_until__gte", models.F("quoted_on")),
                            _connector="OR",
                        ),
                        name="quote_is_valid_after_it_was_made",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RequestLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("specification", models.CharField(blank=True, max_length=200, verbose_name="specification")),
                ("unit", models.CharField(max_length=10, verbose_name="unit")),
                (
                    "quantity",
                    models.PositiveIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(999999),
                        ],
                        verbose_name="quantity",
                    ),
                ),
                ("is_asset", models.BooleanField(default=False, verbose_name="becomes a fixed asset")),
                (
                    "expected_price",
                    pages.money.MoneyField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="expected unit price",
                    ),
                ),
                (
                    "choice_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="why not the cheapest"),
                ),
                (
                    "dear_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="why dearer than last year"),
                ),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="supplies.category",
                        verbose_name="category",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="supplies.item",
                        verbose_name="item",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="procurement.purchaserequest",
                        verbose_name="purchase request",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of a purchase request",
                "verbose_name_plural": "lines of purchase requests",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gte", 1)), name="request_line_buys_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("item", None), ("is_asset", False), _connector="OR"),
                        name="request_line_is_stock_or_asset",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "To be scored"),
                            ("scored", "To be decided"),
                            ("decided", "Decided"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "deliveries",
                    models.PositiveIntegerField(default=0, verbose_name="deliveries in the quarter"),
                ),
                (
                    "bought",
                    models.DecimalField(
                        decimal_places=2, default=0, max_digits=14, verbose_name="bought for"
                    ),
                ),
                (
                    "total",
                    models.DecimalField(decimal_places=2, max_digits=5, null=True, verbose_name="score"),
                ),
                ("scored_at", models.DateTimeField(null=True, verbose_name="scored at")),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[("keep", "Keep"), ("negotiate", "Negotiate"), ("replace", "Replace")],
                        max_length=10,
                        verbose_name="decision",
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True, verbose_name="decided at")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                ("follow_up_on", models.DateField(null=True, verbose_name="follow up by")),
                ("followed_up_at", models.DateTimeField(null=True, verbose_name="followed up at")),
                ("outcome", models.CharField(blank=True, max_length=300, verbose_name="what came of it")),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "follow_up_person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="followed up by",
                    ),
                ),
                (
                    "scored_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="scored by",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="procurement.reviewround",
                        verbose_name="round",
                    ),
                ),
                (
                    "supplier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="procurement.supplier",
                        verbose_name="supplier",
                    ),
                ),
            ],
            options={
                "verbose_name": "supplier review",
                "verbose_name_plural": "supplier reviews",
                "ordering": [
                    models.OrderBy(models.F("total"), descending=True, nulls_last=True),
                    "supplier__name",
                ],
                "permissions": [("decide_review", "Can decide what follows from a supplier review")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("round", "supplier"), name="review_once_per_supplier_and_round"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            ("scored_by", None),
                            models.Q(("decided_by", models.F("scored_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="review_not_decided_by_its_scorer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("deliveries__gt", 0), ("total", None), _connector="OR"),
                        name="review_without_deliveries_has_no_score",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("total", None), ("total__range", (0, 100)), _connector="OR"),
                        name="review_score_up_to_100",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "decided"), _negated=True),
                            models.Q(
                                ("decided_by__isnull", False), models.Q(("decision", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="review_decided_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decision__in", ["negotiate", "replace"]), _negated=True),
                            models.Q(
                                ("follow_up_on__isnull", False),
                                ("follow_up_person__isnull", False),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="review_follow_up_has_day_person_and_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SuppliedCategory",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="supplies.category",
                        verbose_name="category of goods",
                    ),
                ),
                (
                    "supplier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="procurement.supplier",
                        verbose_name="supplier",
                    ),
                ),
            ],
            options={
                "verbose_name": "category of a supplier",
                "verbose_name_plural": "categories of suppliers",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("supplier", "category"), name="supplier_supplies_a_category_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Paper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("contract", "Contract"), ("licence", "Licence"), ("other", "Other paper")],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("number", models.CharField(blank=True, max_length=60, verbose_name="number")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="in force from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="in force until")),
                (
                    "amount",
                    pages.money.MoneyField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="amount"
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        blank=True, upload_to=pages.uploads.StoredIn("suppliers"), verbose_name="file"
                    ),
                ),
                (
                    "filename",
                    models.CharField(blank=True, editable=False, max_length=120, verbose_name="file name"),
                ),
                ("content_type", models.CharField(blank=True, editable=False, max_length=100)),
                ("added_at", models.DateTimeField(verbose_name="added at")),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="withdrawn at")),
                (
                    "withdrawal_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="reason for withdrawing"),
                ),
                (
                    "once",
                    models.UUIDField(editable=False, null=True, unique=True, verbose_name="form ticket"),
                ),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="added by",
                    ),
                ),
                (
                    "renewed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="renews",
                        to="procurement.paper",
                        verbose_name="renewed by",
                    ),
                ),
                (
                    "supplier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="procurement.supplier",
                        verbose_name="supplier",
                    ),
                ),
            ],
            options={
                "verbose_name": "paper of a supplier",
                "verbose_name_plural": "papers of suppliers",
                "ordering": [models.OrderBy(models.F("ends_on"), nulls_last=True), "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("renewed_by", None), ("withdrawn_at", None)),
                        fields=["ends_on"],
                        name="paper_kept_by_end",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on", None),
                            ("ends_on", None),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="paper_ends_after_it_starts",
                        violation_error_message="A paper ends after it starts.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("title", models.CharField(blank=True, max_length=60, verbose_name="job title")),
                (
                    "phone",
                    encrypted_fields.fields.EncryptedCharField(
                        blank=True, max_length=40, null=True, verbose_name="phone"
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("first", models.BooleanField(default=False, verbose_name="call first")),
                (
                    "once",
                    models.UUIDField(editable=False, null=True, unique=True, verbose_name="form ticket"),
                ),
                (
                    "supplier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contacts",
                        to="procurement.supplier",
                        verbose_name="supplier",
                    ),
                ),
            ],
            options={
                "verbose_name": "contact",
                "verbose_name_plural": "contacts",
                "ordering": ["-first", "name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Control",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.DateField(verbose_name="month")),
                ("explanation", models.CharField(max_length=300, verbose_name="explanation")),
                ("action", models.CharField(max_length=300, verbose_name="what is done")),
                ("until", models.DateField(blank=True, null=True, verbose_name="until")),
                ("noted_at", models.DateTimeField(verbose_name="noted at")),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="withdrawn at")),
                (
                    "once",
                    models.UUIDField(editable=False, null=True, unique=True, verbose_name="form ticket"),
                ),
                (
                    "budget",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="controls",
                        to="procurement.budget",
                        verbose_name="budget",
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="noted by",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="controls",
                        to="procurement.costcategory",
                        verbose_name="kind of cost",
                    ),
                ),
            ],
            options={
                "verbose_name": "control",
                "verbose_name_plural": "controls",
                "ordering": ["-month", "-pk"],
                "indexes": [models.Index(fields=["category", "month"], name="control_by_month")],
            },
        ),
        migrations.CreateModel(
            name="Invoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=40, verbose_name="invoice number")),
                ("dated_on", models.DateField(verbose_name="dated")),
                (
                    "amount",
                    pages.money.MoneyField(
                        decimal_places=2,
                        max_digits=14,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="amount",
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        blank=True, upload_to=pages.uploads.StoredIn("invoices"), verbose_name="file"
                    ),
                ),
                (
                    "filename",
                    models.CharField(blank=True, editable=False, max_length=120, verbose_name="file name"),
                ),
                ("content_type", models.CharField(blank=True, editable=False, max_length=100)),
                ("entered_at", models.DateTimeField(verbose_name="entered at")),
                (
                    "over_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="why more than was received"),
                ),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="withdrawn at")),
                (
                    "withdrawal_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="reason for withdrawing"),
                ),
                (
                    "once",
                    models.UUIDField(editable=False, null=True, unique=True, verbose_name="form ticket"),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invoices",
                        to="procurement.order",
                        verbose_name="purchase order",
                    ),
                ),
                (
                    "supplier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procurement.supplier",
                        verbose_name="supplier",
                    ),
                ),
            ],
            options={
                "verbose_name": "invoice",
                "verbose_name_plural": "invoices",
                "ordering": ["-dated_on", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("supplier", "number"),
                        name="invoice_once_per_supplier_and_number",
                        violation_error_message="This invoice of the supplier has been entered already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)), name="invoice_amount_is_something"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OrderLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("specification", models.CharField(blank=True, max_length=200, verbose_name="specification")),
                ("unit", models.CharField(max_length=10, verbose_name="unit")),
                ("is_asset", models.BooleanField(default=False, verbose_name="becomes a fixed asset")),
                (
                    "quantity",
                    models.PositiveIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(999999),
                        ],
                        verbose_name="quantity",
                    ),
                ),
                (
                    "unit_price",
                    pages.money.MoneyField(
                        decimal_places=2,
                        max_digits=14,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="unit price",
                    ),
                ),
                ("amount", pages.money.MoneyField(decimal_places=2, max_digits=14, verbose_name="amount")),
                (
                    "dear_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="why dearer than last year"),
                ),
                ("received", models.PositiveIntegerField(default=0, verbose_name="received")),
                ("cancelled", models.PositiveIntegerField(default=0, verbose_name="cancelled")),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="supplies.category",
                        verbose_name="category",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="supplies.item",
                        verbose_name="item",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="procurement.order",
                        verbose_name="purchase order",
                    ),
                ),
                (
                    "request_line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="order_lines",
                        to="procurement.requestline",
                        verbose_name="line of a purchase request",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of an order",
                "verbose_name_plural": "lines of orders",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gte", 1)), name="order_line_orders_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "amount",
                                django.db.models.functions.math.Round(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("unit_price"), "*", models.F("quantity")
                                    ),
                                    2,
                                ),
                            )
                        ),
                        name="order_line_amount_is_price_times_quantity",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("cancelled__lte", models.F("quantity"))),
                        name="order_line_cancels_what_has_not_come",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlannedSpending",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("amount", pages.money.MoneyField(decimal_places=2, max_digits=14, verbose_name="amount")),
                (
                    "budget",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="planned",
                        to="procurement.budget",
                        verbose_name="budget",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="planned_spending",
                        to="supplies.yearendplan",
                        verbose_name="year-end plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "planned spending",
                "verbose_name_plural": "planned spending",
                "ordering": ["budget", "plan"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan", "budget"), name="year_end_plan_is_in_a_budget_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="QuoteLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "unit_price",
                    pages.money.MoneyField(
                        decimal_places=2,
                        max_digits=14,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="unit price",
                    ),
                ),
                (
                    "quote",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="procurement.quote",
                        verbose_name="quote",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="quotes",
                        to="procurement.requestline",
                        verbose_name="line of a purchase request",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of a quote",
                "verbose_name_plural": "lines of quotes",
                "ordering": ["unit_price", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("quote", "line"), name="quote_prices_a_line_once"),
                    models.CheckConstraint(
                        condition=models.Q(("unit_price__gte", 0)), name="quote_price_is_not_negative"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("arrived", "To be accepted"),
                            ("accepted", "Accepted"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="arrived",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("note_number", models.CharField(blank=True, max_length=60, verbose_name="delivery note")),
                ("arrived_at", models.DateTimeField(verbose_name="arrived at")),
                ("accepted_at", models.DateTimeField(null=True, verbose_name="accepted at")),
                (
                    "over_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="why more than ordered"),
                ),
                ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="withdrawn at")),
                (
                    "withdrawal_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="reason for withdrawing"),
                ),
                (
                    "once",
                    models.UUIDField(editable=False, null=True, unique=True, verbose_name="form ticket"),
                ),
                (
                    "accepted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="accepted by",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipts",
                        to="procurement.order",
                        verbose_name="purchase order",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.place",
                        verbose_name="delivered to",
                    ),
                ),
                (
                    "posting",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="supplies.posting",
                        verbose_name="stock document",
                    ),
                ),
                (
                    "received_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="received by",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="withdrawn by",
                    ),
                ),
            ],
            options={
                "verbose_name": "receipt of goods",
                "verbose_name_plural": "receipts of goods",
                "ordering": ["-arrived_at", "-pk"],
                "indexes": [
                    models.Index(fields=["-arrived_at", "-id"], name="receipt_newest"),
                    models.Index(fields=["accepted_at"], name="receipt_by_acceptance"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "accepted"), _negated=True),
                            models.Q(("accepted_at__isnull", False), ("accepted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="receipt_is_accepted_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "withdrawn"), _negated=True),
                            models.Q(
                                ("withdrawn_at__isnull", False),
                                models.Q(("withdrawal_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="receipt_is_withdrawn_with_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewScore",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("weight", models.PositiveSmallIntegerField(verbose_name="weight")),
                (
                    "proposed",
                    models.DecimalField(decimal_places=2, max_digits=5, null=True, verbose_name="proposed"),
                ),
                ("basis", models.JSONField(default=dict, verbose_name="from what")),
                (
                    "score",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="score",
                    ),
                ),
                ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procurement.criterion",
                        verbose_name="criterion",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scores",
                        to="procurement.review",
                        verbose_name="review",
                    ),
                ),
            ],
            options={
                "verbose_name": "score of a review",
                "verbose_name_plural": "scores of reviews",
                "ordering": ["criterion__position", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("review", "criterion"), name="review_scores_a_criterion_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("score", None), ("score__range", (0, 100)), _connector="OR"),
                        name="review_score_of_a_criterion_up_to_100",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Commitment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(verbose_name="counts on")),
                ("amount", pages.money.MoneyField(decimal_places=2, max_digits=14, verbose_name="bound")),
                (
                    "released",
                    pages.money.MoneyField(
                        decimal_places=2, default=0, max_digits=14, verbose_name="released"
                    ),
                ),
                ("made_at", models.DateTimeField(verbose_name="bound at")),
                ("released_at", models.DateTimeField(null=True, verbose_name="released in full at")),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.department",
                        verbose_name="department",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitments",
                        to="procurement.costcategory",
                        verbose_name="kind of cost",
                    ),
                ),
                (
                    "order_line",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitment",
                        to="procurement.orderline",
                        verbose_name="line of an order",
                    ),
                ),
            ],
            options={
                "verbose_name": "commitment",
                "verbose_name_plural": "commitments",
                "ordering": ["-made_at", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("released_at", None)),
                        fields=["category", "day"],
                        name="commitment_open",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("released__gte", 0), ("released__lte", models.F("amount"))),
                        name="commitment_releases_what_it_bound",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("released_at", None), ("released", models.F("amount")), _connector="OR"
                        ),
                        name="commitment_is_released_in_full_when_it_says_so",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReceiptLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "quantity",
                    models.PositiveIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(999999),
                        ],
                        verbose_name="quantity",
                    ),
                ),
                ("rejected", models.PositiveIntegerField(default=0, verbose_name="rejected")),
                ("fits", models.BooleanField(null=True, verbose_name="fits the need")),
                ("defect", models.CharField(blank=True, max_length=200, verbose_name="defect of goods")),
                (
                    "order_line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipt_lines",
                        to="procurement.orderline",
                        verbose_name="line of an order",
                    ),
                ),
                (
                    "receipt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="procurement.receipt",
                        verbose_name="receipt of goods",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of a receipt",
                "verbose_name_plural": "lines of receipts",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("receipt", "order_line"), name="receipt_names_an_order_line_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rejected__lte", models.F("quantity"))),
                        name="receipt_line_rejects_what_came",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("rejected", 0), models.Q(("fits", False), _negated=True)),
                            models.Q(("defect", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="receipt_line_says_what_is_wrong",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reimbursement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "To be claimed"),
                            ("claimed", "Claimed"),
                            ("paid", "Paid"),
                            ("returned", "Sent back by finance"),
                            ("dropped", "No longer needed"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "amount",
                    pages.money.MoneyField(
                        decimal_places=2,
                        max_digits=14,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="amount",
                    ),
                ),
                ("arose_at", models.DateTimeField(verbose_name="arose at")),
                ("claimed_at", models.DateTimeField(null=True, verbose_name="claimed at")),
                (
                    "claim_number",
                    models.CharField(blank=True, max_length=40, verbose_name="number of the claim"),
                ),
                ("settled_at", models.DateTimeField(null=True, verbose_name="paid or sent back at")),
                ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                (
                    "claimant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="to be claimed by",
                    ),
                ),
                (
                    "invoice",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reimbursements",
                        to="procurement.invoice",
                        verbose_name="invoice",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reimbursements",
                        to="procurement.order",
                        verbose_name="purchase order",
                    ),
                ),
            ],
            options={
                "verbose_name": "reimbursement",
                "verbose_name_plural": "reimbursements",
                "ordering": ["-arose_at", "-pk"],
                "permissions": [("settle_reimbursement", "Can record that a claim was paid or sent back")],
                "indexes": [
                    models.Index(fields=["-arose_at", "-id"], name="reimbursement_newest"),
                    models.Index(
                        condition=models.Q(("status__in", ["open", "returned"])),
                        fields=["arose_at"],
                        name="reimbursement_unclaimed",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["claimed", "paid"]), _negated=True),
                            models.Q(("claimed_at__isnull", False), ("invoice__isnull", False)),
                            _connector="OR",
                        ),
                        name="reimbursement_claimed_with_an_invoice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0)), name="reimbursement_is_not_negative"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Price",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("likeness", models.CharField(max_length=200)),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("office_supply", "Office supply"),
                            ("consumable", "Low-value consumable"),
                            ("reception_supply", "Reception supply"),
                            ("spare_part", "Spare part"),
                            ("asset", "Fixed asset"),
                            ("other", "Other purchase"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(max_length=300, verbose_name="name")),
                ("day", models.DateField(verbose_name="bought on")),
                (
                    "quantity",
                    models.PositiveIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)], verbose_name="quantity"
                    ),
                ),
                (
                    "unit_price",
                    pages.money.MoneyField(
                        decimal_places=2,
                        max_digits=14,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="unit price",
                    ),
                ),
                ("amount", pages.money.MoneyField(decimal_places=2, max_digits=14, verbose_name="amount")),
                (
                    "last_year",
                    pages.money.MoneyField(
                        decimal_places=2, editable=False, max_digits=14, null=True, verbose_name="last year"
                    ),
                ),
                (
                    "reason",
                    models.CharField(blank=True, max_length=200, verbose_name="why dearer than last year"),
                ),
                (
                    "once",
                    models.UUIDField(editable=False, null=True, unique=True, verbose_name="form ticket"),
                ),
                (
                    "buyer",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="buyer",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="prices",
                        to="supplies.category",
                        verbose_name="category",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="prices",
                        to="supplies.item",
                        verbose_name="item",
                    ),
                ),
                (
                    "receipt_line",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="price",
                        to="procurement.receiptline",
                        verbose_name="line of a receipt",
                    ),
                ),
                (
                    "supplier",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="prices",
                        to="procurement.supplier",
                        verbose_name="supplier",
                    ),
                ),
            ],
            options={
                "verbose_name": "price paid",
                "verbose_name_plural": "prices paid",
                "ordering": ["-day", "-pk"],
                "indexes": [
                    models.Index(fields=["likeness", "day"], name="price_by_likeness"),
                    models.Index(fields=["-day", "-id"], name="price_newest"),
                    models.Index(fields=["supplier", "day"], name="price_by_supplier"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "amount",
                                django.db.models.functions.math.Round(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("unit_price"), "*", models.F("quantity")
                                    ),
                                    2,
                                ),
                            )
                        ),
                        name="price_amount_is_price_times_quantity",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gte", 1)), name="price_of_something"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="supplier",
            name="categories",
            field=models.ManyToManyField(
                related_name="suppliers",
                through="procurement.SuppliedCategory",
                to="supplies.category",
                verbose_name="categories of goods",
            ),
        ),
        migrations.AddField(
            model_name="requestline",
            name="chosen",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="procurement.quoteline",
                verbose_name="chosen quote",
            ),
        ),
    ]
