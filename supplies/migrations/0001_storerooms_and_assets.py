import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import pages.money
import pages.uploads
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
    ]

    operations = [
        migrations.CreateModel(
            name="Category",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=20, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=60, unique=True, verbose_name="name")),
                (
                    "useful_months",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="useful life in months",
                    ),
                ),
                (
                    "residual_percent",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="residual value, percent",
                    ),
                ),
                ("active", models.BooleanField(default=True, verbose_name="in use")),
            ],
            options={
                "verbose_name": "category of goods",
                "verbose_name_plural": "categories of goods",
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("residual_percent", None), ("residual_percent__range", (0, 100)), _connector="OR"
                        ),
                        name="category_residual_is_a_share",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("useful_months", None), ("useful_months__gte", 1), _connector="OR"
                        ),
                        name="category_lasts_some_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Posting",
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
                        choices=[
                            ("receive", "Receive"),
                            ("issue", "Issue"),
                            ("return", "Return to stock"),
                            ("send_back", "Send back to the supplier"),
                            ("transfer", "Transfer"),
                            ("correct", "Correct"),
                            ("count", "Stocktake"),
                            ("opening", "Opening stock"),
                            ("reverse", "Reverse"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("posted_at", models.DateTimeField(verbose_name="posted at")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                ("source_id", models.PositiveBigIntegerField(null=True)),
                (
                    "once",
                    models.UUIDField(editable=False, null=True, unique=True, verbose_name="form ticket"),
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
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="handed to",
                    ),
                ),
                (
                    "posted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="posted by",
                    ),
                ),
                (
                    "reverses",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversed_by",
                        to="supplies.posting",
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
            ],
            options={
                "verbose_name": "stock document",
                "verbose_name_plural": "stock documents",
                "ordering": ["-posted_at", "-pk"],
                "indexes": [
                    models.Index(fields=["-posted_at", "-id"], name="posting_newest"),
                    models.Index(
                        condition=models.Q(("source_id__isnull", False)),
                        fields=["source_type", "source_id"],
                        name="posting_by_source",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "reverse"), ("reverses__isnull", False)),
                            models.Q(models.Q(("kind", "reverse"), _negated=True), ("reverses", None)),
                            _connector="OR",
                        ),
                        name="posting_reverses_when_it_says_so",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["correct", "reverse"]), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="posting_correction_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Requisition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("purpose", models.CharField(blank=True, max_length=200, verbose_name="what for")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for approval"),
                            ("approved", "Approved"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                            ("issued", "Handed out"),
                            ("called_off", "Rest called off"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("requested_at", models.DateTimeField(verbose_name="requested at")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="decided at")),
                (
                    "decision_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="reason of the decision"),
                ),
                ("closed_at", models.DateTimeField(null=True, verbose_name="closed at")),
                (
                    "closing_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="why the rest was called off"),
                ),
                (
                    "once",
                    models.UUIDField(editable=False, null=True, unique=True, verbose_name="form ticket"),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="closed by",
                    ),
                ),
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
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.department",
                        verbose_name="department",
                    ),
                ),
                (
                    "requester",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requisitions",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="requested by",
                    ),
                ),
            ],
            options={
                "verbose_name": "requisition",
                "verbose_name_plural": "requisitions",
                "ordering": ["-requested_at", "-pk"],
                "permissions": [
                    ("approve_requisition", "Can approve requisitions of every department"),
                    ("issue_requisition", "Can hand out what was approved"),
                ],
                "indexes": [
                    models.Index(fields=["-requested_at", "-id"], name="requisition_newest"),
                    models.Index(fields=["requester", "-requested_at"], name="requisition_by_requester"),
                    models.Index(
                        condition=models.Q(("status__in", ["waiting", "approved"])),
                        fields=["status", "requested_at"],
                        name="requisition_open",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            models.Q(("decided_by", models.F("requester")), _negated=True),
                            _connector="OR",
                        ),
                        name="requisition_not_decided_by_its_requester",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("status__in", ["approved", "refused", "issued", "called_off"]), _negated=True
                            ),
                            ("decided_by__isnull", False),
                            _connector="OR",
                        ),
                        name="requisition_is_decided_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at", None), ("status__in", ["waiting", "approved"])),
                            models.Q(
                                models.Q(("status__in", ["waiting", "approved"]), _negated=True),
                                ("closed_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="requisition_is_closed_when_it_says_so",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SuppliesSettings",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "tolerance",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[django.core.validators.MaxValueValidator(99)],
                        verbose_name="tolerated difference of a count, in units",
                    ),
                ),
                (
                    "quota_months",
                    models.PositiveSmallIntegerField(
                        default=3,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(24),
                        ],
                        verbose_name="months of past use that make the quota",
                    ),
                ),
                (
                    "quota_percent",
                    models.PositiveSmallIntegerField(
                        default=120,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(1000),
                        ],
                        verbose_name="quota in percent of past use",
                    ),
                ),
                (
                    "tag_prefix",
                    models.CharField(default="ZC", max_length=8, verbose_name="asset tags begin with"),
                ),
                (
                    "audit_tolerance_days",
                    models.PositiveSmallIntegerField(
                        default=5,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="days in which an audit of assets is to be finished",
                    ),
                ),
                (
                    "replace_below_percent",
                    models.PositiveSmallIntegerField(
                        default=20,
                        verbose_name="replace when the book value is below so many percent of the price",
                    ),
                ),
                (
                    "repair_above_percent",
                    models.PositiveSmallIntegerField(
                        default=40,
                        verbose_name="replace when repairs cost more than so many percent of the price",
                    ),
                ),
                (
                    "reception_allowance",
                    models.DecimalField(
                        decimal_places=2,
                        default=10,
                        max_digits=8,
                        verbose_name="reception supplies per visitor, CNY",
                    ),
                ),
            ],
            options={
                "verbose_name": "settings of supplies",
                "verbose_name_plural": "settings of supplies",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="supplies_settings_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="YearEndPlan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(unique=True, verbose_name="year")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Being drawn up"),
                            ("review", "To be approved"),
                            ("decided", "Decided"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("drawn_at", models.DateTimeField(verbose_name="drawn up at")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="decided at")),
                ("remark", models.CharField(blank=True, max_length=300, verbose_name="remark")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
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
                    "drawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="drawn up by",
                    ),
                ),
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
                    "submitted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="submitted by",
                    ),
                ),
            ],
            options={
                "verbose_name": "year-end plan",
                "verbose_name_plural": "year-end plans",
                "ordering": ["-year"],
                "permissions": [("decide_yearendplan", "Can decide the year-end plan of assets")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "decided"), _negated=True),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="year_end_plan_is_decided_by_somebody",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AssetAudit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=80, verbose_name="title")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Under way"),
                            ("review", "To be approved"),
                            ("closed", "Closed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("opened_at", models.DateTimeField(verbose_name="opened at")),
                ("due_on", models.DateField(verbose_name="to be finished by")),
                ("counted_at", models.DateTimeField(null=True, verbose_name="counted at")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="decided at")),
                ("remark", models.CharField(blank=True, max_length=300, verbose_name="remark")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "once",
                    models.UUIDField(editable=False, null=True, unique=True, verbose_name="form ticket"),
                ),
                (
                    "counted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="handed in by",
                    ),
                ),
                (
                    "counters",
                    models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="scanned or handed in by",
                    ),
                ),
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
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="opened by",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.place",
                        verbose_name="place",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="supplies.category",
                        verbose_name="category",
                    ),
                ),
            ],
            options={
                "verbose_name": "audit of assets",
                "verbose_name_plural": "audits of assets",
                "ordering": ["-opened_at", "-pk"],
                "permissions": [("approve_audit", "Can close an audit of assets")],
                "abstract": False,
                "indexes": [
                    models.Index(
                        condition=models.Q(("status__in", ["open", "review"])),
                        fields=["id"],
                        name="audit_open",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "closed"), _negated=True),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="audit_is_closed_by_somebody",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Asset",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("tag", models.CharField(max_length=30, unique=True, verbose_name="asset tag")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("initials", models.CharField(blank=True, editable=False, max_length=80)),
                (
                    "model",
                    models.CharField(blank=True, max_length=120, verbose_name="model and specification"),
                ),
                ("serial", models.CharField(blank=True, max_length=80, verbose_name="serial number")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("in_use", "In use"),
                            ("idle", "In store"),
                            ("lent", "Lent"),
                            ("in_repair", "In repair"),
                            ("scrapped", "Scrapped"),
                        ],
                        default="idle",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "price",
                    pages.money.MoneyField(
                        decimal_places=2,
                        max_digits=14,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="price",
                    ),
                ),
                (
                    "residual",
                    pages.money.MoneyField(
                        decimal_places=2,
                        max_digits=14,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="residual value",
                    ),
                ),
                (
                    "useful_months",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(1200),
                        ],
                        verbose_name="useful life in months",
                    ),
                ),
                ("bought_on", models.DateField(verbose_name="bought on")),
                ("in_use_on", models.DateField(verbose_name="put to use on")),
                ("supplier", models.CharField(blank=True, max_length=120, verbose_name="supplier")),
                ("warranty_until", models.DateField(blank=True, null=True, verbose_name="warranty until")),
                (
                    "picture",
                    models.FileField(
                        blank=True, upload_to=pages.uploads.StoredIn("assets"), verbose_name="picture"
                    ),
                ),
                ("picture_type", models.CharField(blank=True, editable=False, max_length=100)),
                ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                ("due_back_on", models.DateField(editable=False, null=True, verbose_name="due back on")),
                ("scrapped_on", models.DateField(editable=False, null=True, verbose_name="scrapped on")),
                (
                    "proceeds",
                    pages.money.MoneyField(
                        decimal_places=2,
                        editable=False,
                        max_digits=14,
                        null=True,
                        verbose_name="proceeds of scrapping",
                    ),
                ),
                ("seen_at", models.DateTimeField(editable=False, null=True, verbose_name="seen last")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "once",
                    models.UUIDField(editable=False, null=True, unique=True, verbose_name="form ticket"),
                ),
                (
                    "custodian",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assets",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="custodian",
                    ),
                ),
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
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.place",
                        verbose_name="place",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assets",
                        to="supplies.category",
                        verbose_name="category",
                    ),
                ),
            ],
            options={
                "verbose_name": "asset",
                "verbose_name_plural": "assets",
                "ordering": ["tag"],
                "permissions": [
                    ("handle_asset", "Can register, hand over, lend, repair and scrap assets"),
                    ("view_asset_value", "Can see what assets cost and are worth"),
                    ("import_asset", "Can import assets"),
                ],
                "indexes": [
                    models.Index(fields=["custodian", "status"], name="asset_by_custodian"),
                    models.Index(fields=["department", "tag"], name="asset_by_department"),
                    models.Index(
                        condition=models.Q(("status", "lent")), fields=["due_back_on"], name="asset_lent"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("residual__gte", 0), ("residual__lte", models.F("price"))),
                        name="asset_residual_is_part_of_the_price",
                        violation_error_message="The residual value lies between nothing and the price.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["in_use", "lent"]), _negated=True),
                            ("custodian__isnull", False),
                            _connector="OR",
                        ),
                        name="asset_in_use_has_a_custodian",
                        violation_error_message="An asset in use or lent has a custodian.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("scrapped_on__isnull", False), ("status", "scrapped")),
                            models.Q(models.Q(("status", "scrapped"), _negated=True), ("scrapped_on", None)),
                            _connector="OR",
                        ),
                        name="asset_is_scrapped_on_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("in_use_on__gte", models.F("bought_on"))),
                        name="asset_is_put_to_use_after_it_is_bought",
                        violation_error_message="An asset is put to use on the day it was bought or later.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "lent"), _negated=True),
                            ("due_back_on__isnull", False),
                            _connector="OR",
                        ),
                        name="asset_lent_is_due_back",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Item",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=30, unique=True, verbose_name="item number")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("specification", models.CharField(blank=True, max_length=120, verbose_name="specification")),
                ("initials", models.CharField(blank=True, editable=False, max_length=80)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("office_supply", "Office supply"),
                            ("consumable", "Low-value consumable"),
                            ("reception_supply", "Reception supply"),
                            ("spare_part", "Spare part"),
                        ],
                        default="office_supply",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("unit", models.CharField(max_length=10, verbose_name="unit")),
                (
                    "minimum",
                    models.PositiveIntegerField(
                        default=0,
                        validators=[django.core.validators.MaxValueValidator(999999)],
                        verbose_name="minimum stock",
                    ),
                ),
                (
                    "target",
                    models.PositiveIntegerField(
                        default=0,
                        validators=[django.core.validators.MaxValueValidator(999999)],
                        verbose_name="stock to fill up to",
                    ),
                ),
                ("shelf", models.CharField(blank=True, max_length=40, verbose_name="shelf")),
                (
                    "barcode",
                    models.CharField(
                        blank=True, max_length=60, null=True, unique=True, verbose_name="barcode"
                    ),
                ),
                (
                    "picture",
                    models.FileField(
                        blank=True, upload_to=pages.uploads.StoredIn("items"), verbose_name="picture"
                    ),
                ),
                ("picture_type", models.CharField(blank=True, editable=False, max_length=100)),
                ("requestable", models.BooleanField(default=True, verbose_name="may be asked for")),
                (
                    "reorders",
                    models.BooleanField(
                        default=True,
                        help_text="A purchase is requested as soon as the stock falls below the minimum.",
                        verbose_name="bought again by itself",
                    ),
                ),
                ("active", models.BooleanField(default=True, verbose_name="in use")),
                ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                ("on_hand", models.PositiveIntegerField(default=0, editable=False, verbose_name="on hand")),
                (
                    "value",
                    pages.money.MoneyField(
                        decimal_places=2,
                        default=Decimal("0.00"),
                        editable=False,
                        max_digits=14,
                        verbose_name="worth",
                    ),
                ),
                ("moved_at", models.DateTimeField(editable=False, null=True, verbose_name="moved last")),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="supplies.category",
                        verbose_name="category",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.place",
                        verbose_name="usual place",
                    ),
                ),
            ],
            options={
                "verbose_name": "item",
                "verbose_name_plural": "items",
                "ordering": ["code"],
                "permissions": [
                    ("post_stock", "Can receive, issue, return, transfer and correct stock"),
                    ("arrange_supplies", "Can change quotas, tolerances and other rules of the stock"),
                    ("import_item", "Can import items and opening stock"),
                ],
                "indexes": [
                    models.Index(fields=["name", "id"], name="item_by_name"),
                    models.Index(fields=["on_hand", "id"], name="item_by_stock"),
                    models.Index(
                        condition=models.Q(("active", True), ("on_hand__lt", models.F("minimum"))),
                        fields=["kind", "code"],
                        name="item_below_minimum",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("on_hand__gte", 0)), name="item_stock_is_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("value__gte", 0)), name="item_worth_is_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("on_hand__gt", 0), ("value", 0), _connector="OR"),
                        name="item_without_stock_is_worth_nothing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("target", 0), ("target__gte", models.F("minimum")), _connector="OR"
                        ),
                        name="item_target_reaches_minimum",
                        violation_error_message="The stock to fill up to is at least the minimum.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ItemImport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file_name", models.CharField(max_length=200, verbose_name="file")),
                ("rows", models.TextField(verbose_name="rows")),
                ("uploaded_at", models.DateTimeField(verbose_name="uploaded at")),
                ("confirmed_at", models.DateTimeField(null=True, verbose_name="confirmed at")),
                ("applied_at", models.DateTimeField(null=True, verbose_name="taken over at")),
                ("created", models.PositiveIntegerField(default=0, verbose_name="items added")),
                ("changed", models.PositiveIntegerField(default=0, verbose_name="items changed")),
                ("opened", models.PositiveIntegerField(default=0, verbose_name="items with opening stock")),
                ("failed", models.CharField(blank=True, max_length=300, verbose_name="why not")),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="uploaded by",
                    ),
                ),
                (
                    "posting",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="supplies.posting",
                        verbose_name="stock document",
                    ),
                ),
            ],
            options={
                "verbose_name": "import of items",
                "verbose_name_plural": "imports of items",
                "ordering": ["-uploaded_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Stocktake",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=80, verbose_name="title")),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("office_supply", "Office supply"),
                            ("consumable", "Low-value consumable"),
                            ("reception_supply", "Reception supply"),
                            ("spare_part", "Spare part"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("counting", "Counting"),
                            ("recounting", "Counting again"),
                            ("review", "To be approved"),
                            ("posted", "Posted"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="counting",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("frozen_at", models.DateTimeField(verbose_name="frozen at")),
                ("submitted_at", models.DateTimeField(null=True, verbose_name="handed in at")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="decided at")),
                ("remark", models.CharField(blank=True, max_length=300, verbose_name="remark")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "once",
                    models.UUIDField(editable=False, null=True, unique=True, verbose_name="form ticket"),
                ),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="supplies.category",
                        verbose_name="category",
                    ),
                ),
                (
                    "counters",
                    models.ManyToManyField(
                        blank=True, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="counted by"
                    ),
                ),
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
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.place",
                        verbose_name="place",
                    ),
                ),
                (
                    "posting",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stocktake",
                        to="supplies.posting",
                        verbose_name="stock document",
                    ),
                ),
            ],
            options={
                "verbose_name": "stocktake",
                "verbose_name_plural": "stocktakes",
                "ordering": ["-frozen_at", "-pk"],
                "permissions": [("approve_stocktake", "Can approve the variances of a stocktake")],
                "abstract": False,
                "indexes": [
                    models.Index(
                        condition=models.Q(("status__in", ["counting", "recounting", "review"])),
                        fields=["id"],
                        name="stocktake_open",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "posted"), _negated=True),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="stocktake_is_decided_by_somebody",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Handover",
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
                            ("waiting", "Waiting for acceptance"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("due_back_on", models.DateField(blank=True, null=True, verbose_name="due back on")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                ("asked_at", models.DateTimeField(verbose_name="handed over at")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="answered at")),
                (
                    "answer_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="reason of the answer"),
                ),
                ("once", models.UUIDField(editable=False, null=True, verbose_name="form ticket")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="handed over by",
                    ),
                ),
                (
                    "asset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handovers",
                        to="supplies.asset",
                        verbose_name="asset",
                    ),
                ),
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
                    "giver",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="giver",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.place",
                        verbose_name="place",
                    ),
                ),
                (
                    "taker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="taker",
                    ),
                ),
            ],
            options={
                "verbose_name": "hand-over",
                "verbose_name_plural": "hand-overs",
                "ordering": ["-asked_at", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("status", "waiting")), fields=["taker"], name="handover_waiting"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "waiting")),
                        fields=("asset",),
                        name="handover_one_waiting_per_asset",
                    ),
                    models.UniqueConstraint(fields=("once", "asset"), name="handover_once_per_form"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at", None), ("status", "waiting")),
                            models.Q(
                                models.Q(("status", "waiting"), _negated=True), ("answered_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="handover_answered_when_decided",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MaintenancePlan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=80, verbose_name="what is to be done")),
                (
                    "every_months",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(120),
                        ],
                        verbose_name="every so many months",
                    ),
                ),
                ("next_due_on", models.DateField(verbose_name="next due on")),
                (
                    "contractor",
                    models.CharField(blank=True, max_length=120, verbose_name="done by which company"),
                ),
                (
                    "expected_cost",
                    pages.money.MoneyField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="expected cost",
                    ),
                ),
                ("active", models.BooleanField(default=True, verbose_name="in force")),
                (
                    "once",
                    models.UUIDField(editable=False, null=True, unique=True, verbose_name="form ticket"),
                ),
                (
                    "asset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="plans",
                        to="supplies.asset",
                        verbose_name="asset",
                    ),
                ),
                (
                    "responsible",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="responsible",
                    ),
                ),
            ],
            options={
                "verbose_name": "maintenance plan",
                "verbose_name_plural": "maintenance plans",
                "ordering": ["next_due_on", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("active", True)), fields=["next_due_on"], name="plan_due"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Movement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="at")),
                ("quantity", models.IntegerField(verbose_name="quantity")),
                ("amount", pages.money.MoneyField(decimal_places=2, max_digits=14, verbose_name="amount")),
                ("balance", models.PositiveIntegerField(verbose_name="then at the place")),
                ("item_balance", models.PositiveIntegerField(verbose_name="then on hand")),
                (
                    "item_value",
                    pages.money.MoneyField(decimal_places=2, max_digits=14, verbose_name="then worth"),
                ),
                (
                    "department",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.department",
                        verbose_name="department",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="movements",
                        to="supplies.item",
                        verbose_name="item",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.place",
                        verbose_name="place",
                    ),
                ),
                (
                    "posting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="movements",
                        to="supplies.posting",
                        verbose_name="stock document",
                    ),
                ),
            ],
            options={
                "verbose_name": "movement",
                "verbose_name_plural": "movements",
                "ordering": ["-at", "-pk"],
                "indexes": [
                    models.Index(fields=["-at", "-id"], name="movement_newest"),
                    models.Index(fields=["item", "-at", "-id"], name="movement_of_item"),
                    models.Index(fields=["item", "place", "-at", "-id"], name="movement_at_place"),
                    models.Index(
                        condition=models.Q(("department__isnull", False)),
                        fields=["department", "item", "at"],
                        name="movement_of_department",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("quantity", 0), _negated=True), name="movement_moves_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("balance__gte", 0), ("item_balance__gte", 0), ("item_value__gte", 0)
                        ),
                        name="movement_balances_are_not_negative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Quota",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "monthly",
                    models.PositiveIntegerField(
                        validators=[django.core.validators.MaxValueValidator(999999)], verbose_name="a month"
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organization.department",
                        verbose_name="department",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="quotas",
                        to="supplies.item",
                        verbose_name="item",
                    ),
                ),
            ],
            options={
                "verbose_name": "quota",
                "verbose_name_plural": "quotas",
                "ordering": ["department", "item"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("department", "item"),
                        name="quota_once_per_department_and_item",
                        violation_error_message="This department has a quota of this item already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RequisitionLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "asked",
                    models.PositiveIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(999999),
                        ],
                        verbose_name="asked for",
                    ),
                ),
                (
                    "quota_left",
                    models.IntegerField(editable=False, null=True, verbose_name="left of the quota"),
                ),
                (
                    "over_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="why more than the quota"),
                ),
                ("approved", models.PositiveIntegerField(null=True, verbose_name="approved")),
                ("issued", models.PositiveIntegerField(default=0, verbose_name="handed out")),
                ("returned", models.PositiveIntegerField(default=0, verbose_name="brought back")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="supplies.item",
                        verbose_name="item",
                    ),
                ),
                (
                    "requisition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="supplies.requisition",
                        verbose_name="requisition",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of a requisition",
                "verbose_name_plural": "lines of requisitions",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("requisition", "item"), name="requisition_names_an_item_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("asked__gte", 1)), name="requisition_line_asks_for_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved", None), ("approved__lte", models.F("asked")), _connector="OR"
                        ),
                        name="requisition_line_approves_what_was_asked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("issued", 0), ("issued__lte", models.F("approved")), _connector="OR"
                        ),
                        name="requisition_line_issues_what_was_approved",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("returned__lte", models.F("issued"))),
                        name="requisition_line_returns_what_was_issued",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Shortage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fell_at", models.DateTimeField(verbose_name="short since")),
                ("on_hand", models.PositiveIntegerField(verbose_name="then on hand")),
                ("minimum", models.PositiveIntegerField(verbose_name="then the minimum")),
                ("asked_at", models.DateTimeField(null=True, verbose_name="purchase requested at")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="over at")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shortages",
                        to="supplies.item",
                        verbose_name="item",
                    ),
                ),
            ],
            options={
                "verbose_name": "shortage",
                "verbose_name_plural": "shortages",
                "ordering": ["-fell_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("item",),
                        name="shortage_once_at_a_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Sighting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=200, verbose_name="code")),
                (
                    "meaning",
                    models.CharField(
                        choices=[
                            ("found", "Found"),
                            ("misplaced", "At another place"),
                            ("again", "Scanned before"),
                            ("unexpected", "Not expected here"),
                            ("scrapped", "Scrapped by the register"),
                            ("unknown", "Unknown code"),
                        ],
                        max_length=12,
                        verbose_name="meaning",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="at")),
                ("explanation", models.CharField(blank=True, max_length=200, verbose_name="looked into")),
                (
                    "once",
                    models.UUIDField(editable=False, null=True, unique=True, verbose_name="form ticket"),
                ),
                (
                    "asset",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="supplies.asset",
                        verbose_name="asset",
                    ),
                ),
                (
                    "audit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sightings",
                        to="supplies.assetaudit",
                        verbose_name="audit",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "earlier",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="supplies.sighting",
                        verbose_name="scanned before",
                    ),
                ),
                (
                    "explained_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="looked into by",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.place",
                        verbose_name="scanned at",
                    ),
                ),
                (
                    "register_place",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.place",
                        verbose_name="place by the register",
                    ),
                ),
            ],
            options={
                "verbose_name": "sighting",
                "verbose_name_plural": "sightings",
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Stock",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("quantity", models.PositiveIntegerField(default=0, verbose_name="quantity")),
                (
                    "item",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stocks",
                        to="supplies.item",
                        verbose_name="item",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.place",
                        verbose_name="place",
                    ),
                ),
            ],
            options={
                "verbose_name": "stock at a place",
                "verbose_name_plural": "stock at places",
                "constraints": [
                    models.UniqueConstraint(fields=("item", "place"), name="stock_once_per_item_and_place"),
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gte", 0)), name="stock_is_not_negative"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StocktakeLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("frozen", models.PositiveIntegerField(verbose_name="frozen")),
                ("tolerance", models.PositiveSmallIntegerField(verbose_name="tolerance")),
                ("added", models.BooleanField(default=False, verbose_name="found in addition")),
                (
                    "counted",
                    models.PositiveIntegerField(
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(999999)],
                        verbose_name="counted",
                    ),
                ),
                ("counted_at", models.DateTimeField(null=True, verbose_name="counted at")),
                (
                    "left_out",
                    models.CharField(blank=True, max_length=200, verbose_name="why it was not counted"),
                ),
                ("recount", models.BooleanField(default=False, verbose_name="to be counted again")),
                (
                    "recounted",
                    models.PositiveIntegerField(
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(999999)],
                        verbose_name="counted again",
                    ),
                ),
                ("recounted_at", models.DateTimeField(null=True, verbose_name="counted again at")),
                ("book", models.PositiveIntegerField(null=True, verbose_name="ledger at the count")),
                ("variance", models.IntegerField(null=True, verbose_name="variance")),
                (
                    "amount",
                    pages.money.MoneyField(
                        decimal_places=2, max_digits=14, null=True, verbose_name="worth of the variance"
                    ),
                ),
                ("explanation", models.CharField(blank=True, max_length=200, verbose_name="explanation")),
                (
                    "counted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="counted by",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="supplies.item",
                        verbose_name="item",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.place",
                        verbose_name="place",
                    ),
                ),
                (
                    "recounted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="counted again by",
                    ),
                ),
                (
                    "stocktake",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="supplies.stocktake",
                        verbose_name="stocktake",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of a stocktake",
                "verbose_name_plural": "lines of stocktakes",
                "ordering": ["place", "item__code", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("stocktake", "item", "place"), name="stocktake_counts_a_stock_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("counted", None),
                            models.Q(("counted_at__isnull", False), ("counted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="stocktake_line_is_counted_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("recounted", None),
                            models.Q(
                                ("counted__isnull", False),
                                ("recounted_at__isnull", False),
                                ("recounted_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="stocktake_line_is_recounted_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("variance", None),
                            models.Q(
                                ("recounted", None),
                                (
                                    "variance",
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("counted"), "-", models.F("book")
                                    ),
                                ),
                            ),
                            models.Q(
                                ("recounted__isnull", False),
                                (
                                    "variance",
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("recounted"), "-", models.F("book")
                                    ),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="stocktake_line_variance_is_what_differs",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StrayCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=200, verbose_name="code")),
                ("scanned_at", models.DateTimeField(verbose_name="scanned at")),
                (
                    "place",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.place",
                        verbose_name="place",
                    ),
                ),
                (
                    "scanned_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="scanned by",
                    ),
                ),
                (
                    "stocktake",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="strays",
                        to="supplies.stocktake",
                        verbose_name="stocktake",
                    ),
                ),
            ],
            options={
                "verbose_name": "unknown code",
                "verbose_name_plural": "unknown codes",
                "ordering": ["-scanned_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("stocktake", "code"), name="stray_code_once_per_stocktake"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="YearEndLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("age_months", models.PositiveSmallIntegerField(verbose_name="age in months")),
                (
                    "book_value",
                    pages.money.MoneyField(decimal_places=2, max_digits=14, verbose_name="book value"),
                ),
                (
                    "repair_cost",
                    pages.money.MoneyField(decimal_places=2, max_digits=14, verbose_name="repairs so far"),
                ),
                (
                    "proposal",
                    models.CharField(
                        choices=[("keep", "Keep"), ("repair", "Repair"), ("replace", "Replace")],
                        max_length=10,
                        verbose_name="proposal",
                    ),
                ),
                ("grounds", models.JSONField(default=list, verbose_name="grounds")),
                (
                    "verdict",
                    models.CharField(
                        choices=[("keep", "Keep"), ("repair", "Repair"), ("replace", "Replace")],
                        max_length=10,
                        verbose_name="decision",
                    ),
                ),
                (
                    "expected_cost",
                    pages.money.MoneyField(
                        decimal_places=2,
                        default=0,
                        max_digits=14,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="expected cost",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="why not as proposed")),
                (
                    "asset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="supplies.asset",
                        verbose_name="asset",
                    ),
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
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.department",
                        verbose_name="department",
                    ),
                ),
                (
                    "typed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decision typed by",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="supplies.yearendplan",
                        verbose_name="plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of a year-end plan",
                "verbose_name_plural": "lines of year-end plans",
                "ordering": ["asset__tag"],
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "asset"), name="year_end_plan_has_an_asset_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="AssetEvent",
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
                        choices=[
                            ("registered", "Registered"),
                            ("handed_over", "Handed over"),
                            ("moved", "Moved"),
                            ("lent", "Lent"),
                            ("returned", "Returned"),
                            ("sent_to_repair", "Sent to repair"),
                            ("repaired", "Repaired"),
                            ("maintained", "Maintained"),
                            ("seen", "Found by an audit"),
                            ("corrected", "Corrected"),
                            ("scrapped", "Scrapped"),
                            ("restored", "Taken back into the register"),
                        ],
                        max_length=20,
                        verbose_name="what happened",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="at")),
                ("due_back_on", models.DateField(null=True, verbose_name="due back on")),
                (
                    "cost",
                    pages.money.MoneyField(decimal_places=2, max_digits=14, null=True, verbose_name="cost"),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                (
                    "asset",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="supplies.asset",
                        verbose_name="asset",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "custodian",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="custodian from then on",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.department",
                        verbose_name="department from then on",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.place",
                        verbose_name="place from then on",
                    ),
                ),
            ],
            options={
                "verbose_name": "event of an asset",
                "verbose_name_plural": "events of assets",
                "ordering": ["-at", "-pk"],
                "indexes": [models.Index(fields=["asset", "-at", "-id"], name="asset_event_newest")],
            },
        ),
        migrations.CreateModel(
            name="AuditLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("expected", "Not seen yet"),
                            ("found", "Found"),
                            ("misplaced", "At another place"),
                            ("missing", "Missing"),
                        ],
                        default="expected",
                        max_length=10,
                        verbose_name="result",
                    ),
                ),
                (
                    "settlement",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Not settled"),
                            ("register", "Register follows"),
                            ("put_back", "Put back"),
                            ("search", "Still looked for"),
                            ("write_off", "Written off"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="settled how",
                    ),
                ),
                ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                ("seen_at", models.DateTimeField(null=True, verbose_name="seen at")),
                ("settled_at", models.DateTimeField(null=True, verbose_name="settled at")),
                (
                    "asset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="supplies.asset",
                        verbose_name="asset",
                    ),
                ),
                (
                    "audit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="supplies.assetaudit",
                        verbose_name="audit",
                    ),
                ),
                (
                    "custodian",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="custodian",
                    ),
                ),
                (
                    "found_place",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.place",
                        verbose_name="found at",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.place",
                        verbose_name="place by the register",
                    ),
                ),
                (
                    "seen_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="seen by",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="settled by",
                    ),
                ),
            ],
            options={
                "verbose_name": "asset expected by an audit",
                "verbose_name_plural": "assets expected by audits",
                "ordering": ["place", "asset__tag"],
                "constraints": [
                    models.UniqueConstraint(fields=("audit", "asset"), name="audit_expects_an_asset_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("result__in", ["found", "misplaced"]), _negated=True),
                            models.Q(("seen_at__isnull", False), ("seen_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="audit_line_seen_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Repair",
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
                        choices=[("repair", "Repair"), ("maintenance", "Maintenance")],
                        default="repair",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("fault", models.CharField(max_length=200, verbose_name="what was wrong, or was done")),
                ("began_at", models.DateTimeField(verbose_name="began at")),
                (
                    "contractor",
                    models.CharField(blank=True, max_length=120, verbose_name="done by which company"),
                ),
                ("ended_at", models.DateTimeField(null=True, verbose_name="ended at")),
                (
                    "cost",
                    pages.money.MoneyField(
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="cost",
                    ),
                ),
                ("result", models.CharField(blank=True, max_length=200, verbose_name="result")),
                (
                    "asset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="repairs",
                        to="supplies.asset",
                        verbose_name="asset",
                    ),
                ),
                (
                    "began_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="reported by",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ended by",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="repairs",
                        to="supplies.maintenanceplan",
                        verbose_name="plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "repair",
                "verbose_name_plural": "repairs",
                "ordering": ["-began_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("asset",),
                        name="repair_one_at_a_time_per_asset",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at", None), ("ended_at__gte", models.F("began_at")), _connector="OR"
                        ),
                        name="repair_ends_after_it_begins",
                    ),
                ],
            },
        ),
    ]
