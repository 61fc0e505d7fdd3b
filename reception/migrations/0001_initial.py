import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import encrypted_fields.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organization", "0001_initial"),
        ("organization", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="CallerType",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40, unique=True, verbose_name="name")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                ("active", models.BooleanField(default=True, verbose_name="in use")),
                ("key", models.SlugField(max_length=30, unique=True, verbose_name="key")),
                (
                    "script",
                    models.TextField(
                        blank=True,
                        help_text="{公司}, {称呼} and {归属人} become our name, the caller's, and the account manager's.",
                        verbose_name="script",
                    ),
                ),
                ("handling", models.TextField(blank=True, verbose_name="what to do")),
                (
                    "is_new_customer",
                    models.BooleanField(
                        default=False,
                        help_text="Hanging up starts the two minutes for the customer register.",
                        verbose_name="new customer",
                    ),
                ),
                (
                    "no_feedback_reason",
                    models.CharField(
                        blank=True,
                        help_text="Filled in for such callers, who concern nobody in the house. Empty: somebody must be told.",
                        max_length=120,
                        verbose_name="why nobody need be told",
                    ),
                ),
                (
                    "hotkey",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Alt and this digit choose the type on the call form.",
                        null=True,
                        unique=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(9),
                        ],
                        verbose_name="digit key",
                    ),
                ),
            ],
            options={
                "verbose_name": "caller type",
                "verbose_name_plural": "caller types",
                "ordering": ["position", "name"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Product",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40, unique=True, verbose_name="name")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                ("active", models.BooleanField(default=True, verbose_name="in use")),
            ],
            options={
                "verbose_name": "product",
                "verbose_name_plural": "products",
                "ordering": ["position", "name"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Region",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40, unique=True, verbose_name="name")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                ("active", models.BooleanField(default=True, verbose_name="in use")),
            ],
            options={
                "verbose_name": "region",
                "verbose_name_plural": "regions",
                "ordering": ["position", "name"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AllocationRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "owner_first",
                    models.BooleanField(
                        default=True,
                        help_text="A known customer's own account manager is proposed before anybody else.",
                        verbose_name="account manager first",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                ("active", models.BooleanField(default=True, verbose_name="in use")),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        help_text="Its members in turn, where no people are named; its head when none of them is here.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.department",
                        verbose_name="department",
                    ),
                ),
            ],
            options={
                "verbose_name": "allocation rule",
                "verbose_name_plural": "allocation rules",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="AllocationTarget",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "rule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="targets",
                        to="reception.allocationrule",
                        verbose_name="rule",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "person of an allocation rule",
                "verbose_name_plural": "people of an allocation rule",
                "ordering": ["position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("rule", "user"), name="allocation_target_once_per_rule")
                ],
            },
        ),
        migrations.AddField(
            model_name="allocationrule",
            name="people",
            field=models.ManyToManyField(
                related_name="allocation_rules",
                through="reception.AllocationTarget",
                to=settings.AUTH_USER_MODEL,
                verbose_name="people",
            ),
        ),
        migrations.CreateModel(
            name="AllocationTurn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("last_at", models.DateTimeField(verbose_name="last turn")),
                (
                    "rule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="turns",
                        to="reception.allocationrule",
                        verbose_name="rule",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "turn",
                "verbose_name_plural": "turns",
                "constraints": [
                    models.UniqueConstraint(fields=("rule", "user"), name="allocation_turn_once_per_rule")
                ],
            },
        ),
        migrations.CreateModel(
            name="Call",
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
                            ("active", "In progress"),
                            ("ended", "Ended"),
                            ("missed", "Missed"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "once",
                    models.UUIDField(editable=False, null=True, unique=True, verbose_name="form ticket"),
                ),
                ("caller_name", models.CharField(blank=True, max_length=80, verbose_name="caller")),
                ("company", models.CharField(blank=True, max_length=120, verbose_name="company")),
                (
                    "initials",
                    models.CharField(
                        blank=True, editable=False, max_length=200, verbose_name="pinyin initials"
                    ),
                ),
                (
                    "number",
                    encrypted_fields.fields.EncryptedCharField(
                        blank=True, max_length=40, null=True, verbose_name="phone number"
                    ),
                ),
                ("extension", models.CharField(blank=True, max_length=10, verbose_name="extension")),
                (
                    "tail",
                    models.CharField(
                        blank=True,
                        db_index=True,
                        editable=False,
                        max_length=4,
                        verbose_name="end of the number",
                    ),
                ),
                (
                    "digest",
                    models.CharField(
                        blank=True,
                        db_index=True,
                        editable=False,
                        max_length=64,
                        verbose_name="digest of the number",
                    ),
                ),
                ("purpose", models.TextField(blank=True, max_length=2000, verbose_name="purpose")),
                ("rang_at", models.DateTimeField(verbose_name="rang at")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered at")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                (
                    "rings",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(99)],
                        verbose_name="rings",
                    ),
                ),
                (
                    "caller_hung_up_first",
                    models.BooleanField(default=False, verbose_name="caller hung up first"),
                ),
                (
                    "override_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="why somebody else"),
                ),
                (
                    "no_feedback_reason",
                    models.CharField(blank=True, max_length=120, verbose_name="why nobody need be told"),
                ),
                (
                    "feedback_text",
                    models.TextField(blank=True, editable=False, max_length=2000, verbose_name="feedback"),
                ),
                ("fed_back_at", models.DateTimeField(editable=False, null=True, verbose_name="fed back at")),
                ("received_at", models.DateTimeField(editable=False, null=True, verbose_name="received at")),
                (
                    "called_back_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="called back at"),
                ),
                (
                    "callback_outcome",
                    models.CharField(blank=True, editable=False, max_length=500, verbose_name="outcome"),
                ),
                (
                    "withdrawn_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="withdrawn at"),
                ),
                (
                    "withdrawal_reason",
                    models.CharField(
                        blank=True, editable=False, max_length=200, verbose_name="reason of withdrawal"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="logged at")),
                ("updated_at", models.DateTimeField(auto_now=True, db_index=True, verbose_name="changed at")),
                (
                    "hung_up_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="hung up at, by the telephone system"
                    ),
                ),
                (
                    "called_back_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="called back by",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "fed_back_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="fed back by",
                    ),
                ),
                (
                    "proposed_to",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="proposed",
                    ),
                ),
                (
                    "receptionist",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calls_taken",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="taken by",
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="reception.allocationrule",
                        verbose_name="rule",
                    ),
                ),
                (
                    "transferred_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calls_concerning",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person concerned",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="withdrawn by",
                    ),
                ),
                (
                    "caller_type",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="reception.callertype",
                        verbose_name="caller type",
                    ),
                ),
            ],
            options={
                "verbose_name": "call",
                "verbose_name_plural": "calls",
                "ordering": ["-rang_at", "-pk"],
                "permissions": [
                    ("view_number", "Can see callers' whole numbers"),
                    ("export_call", "Can export calls"),
                    ("arrange_reception", "Can change caller types, rules and desk settings"),
                ],
                "indexes": [
                    models.Index(fields=["-rang_at", "-id"], name="call_newest"),
                    models.Index(
                        condition=models.Q(("status", "active")), fields=["status"], name="call_open"
                    ),
                    models.Index(
                        condition=models.Q(("called_back_at", None), ("status", "missed")),
                        fields=["rang_at"],
                        name="call_missed",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_at", None),
                                ("answered_at__gte", models.F("rang_at")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("ended_at", None),
                                ("ended_at__gte", models.F("answered_at")),
                                _connector="OR",
                            ),
                        ),
                        name="call_instants_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rings", None), ("rings__lte", 99), _connector="OR"),
                        name="call_rings_up_to_99",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_at__isnull", False), ("ended_at", None), ("status", "active")
                            ),
                            models.Q(("ended_at__isnull", False), ("status", "ended")),
                            models.Q(("answered_at", None), ("ended_at", None), ("status", "missed")),
                            models.Q(("status", "withdrawn"), ("withdrawn_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="call_state_fits_instants",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("fed_back_at", None), ("transferred_to__isnull", False), _connector="OR"
                        ),
                        name="call_feedback_goes_to_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CallCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "checked_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="checked at"
                    ),
                ),
                ("followed_script", models.BooleanField(default=False, verbose_name="standard script used")),
                (
                    "caller_hung_up_first",
                    models.BooleanField(default=False, verbose_name="hung up only after the caller"),
                ),
                (
                    "voice",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="voice",
                    ),
                ),
                (
                    "pace",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="pace",
                    ),
                ),
                (
                    "diction",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="diction",
                    ),
                ),
                (
                    "warmth",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="warmth",
                    ),
                ),
                ("remark", models.TextField(blank=True, max_length=1000, verbose_name="remark")),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="checks",
                        to="reception.call",
                        verbose_name="call",
                    ),
                ),
                (
                    "checker",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="checker",
                    ),
                ),
            ],
            options={
                "verbose_name": "call spot check",
                "verbose_name_plural": "call spot checks",
                "ordering": ["-checked_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("call", "checker"), name="call_check_once_per_checker"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("diction__range", (1, 5)),
                            ("pace__range", (1, 5)),
                            ("voice__range", (1, 5)),
                            ("warmth__range", (1, 5)),
                        ),
                        name="call_check_marks_1_to_5",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="allocationrule",
            name="caller_type",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                to="reception.callertype",
                verbose_name="caller type",
            ),
        ),
        migrations.CreateModel(
            name="Customer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(db_index=True, max_length=80, verbose_name="name")),
                ("company", models.CharField(blank=True, max_length=160, verbose_name="company")),
                ("title", models.CharField(blank=True, max_length=80, verbose_name="job title")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                (
                    "numbers",
                    models.CharField(blank=True, editable=False, max_length=400, verbose_name="phones"),
                ),
                ("notes", models.TextField(blank=True, max_length=4000, verbose_name="notes")),
                (
                    "initials",
                    models.CharField(
                        blank=True, editable=False, max_length=250, verbose_name="pinyin initials"
                    ),
                ),
                (
                    "sound",
                    models.CharField(
                        blank=True, db_index=True, editable=False, max_length=250, verbose_name="pinyin"
                    ),
                ),
                (
                    "company_key",
                    models.CharField(
                        blank=True,
                        db_index=True,
                        editable=False,
                        max_length=160,
                        verbose_name="company, shortened",
                    ),
                ),
                (
                    "once",
                    models.UUIDField(editable=False, null=True, unique=True, verbose_name="form ticket"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="registered at"
                    ),
                ),
                ("updated_at", models.DateTimeField(auto_now=True, db_index=True, verbose_name="changed at")),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="withdrawn at"),
                ),
                (
                    "anonymised_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="anonymised at"),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="registered by",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged_from",
                        to="reception.customer",
                        verbose_name="merged into",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="customers_owned",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account manager",
                    ),
                ),
                (
                    "source_call",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="customers_registered",
                        to="reception.call",
                        verbose_name="first call",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to="reception.product",
                        verbose_name="product",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to="reception.region",
                        verbose_name="region",
                    ),
                ),
            ],
            options={
                "verbose_name": "customer",
                "verbose_name_plural": "customers",
                "ordering": ["-created_at", "-pk"],
                "permissions": [
                    ("export_customer", "Can export customers"),
                    ("merge_customer", "Can merge customers"),
                    ("withdraw_customer", "Can withdraw customers"),
                    ("anonymise_customer", "Can anonymise customers"),
                ],
                "indexes": [models.Index(fields=["-created_at", "-id"], name="customer_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("merged_into", models.F("id")), _negated=True),
                        name="customer_is_not_merged_into_itself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("name__gt", ""), ("anonymised_at__isnull", False), _connector="OR"
                        ),
                        name="customer_has_a_name",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="call",
            name="customer",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="calls",
                to="reception.customer",
                verbose_name="customer",
            ),
        ),
        migrations.CreateModel(
            name="CustomerMerge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
                ("phones_moved", models.JSONField(default=list, verbose_name="phones moved")),
                ("calls_moved", models.JSONField(default=list, verbose_name="calls moved")),
                ("taken_over", models.JSONField(default=dict, verbose_name="taken over")),
                ("merged_at", models.DateTimeField(verbose_name="merged at")),
                ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="undone at")),
                (
                    "merged_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="merged by",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="merges_away",
                        to="reception.customer",
                        verbose_name="merged entry",
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="merges",
                        to="reception.customer",
                        verbose_name="remaining entry",
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="undone by",
                    ),
                ),
            ],
            options={
                "verbose_name": "customer merge",
                "verbose_name_plural": "customer merges",
                "ordering": ["-merged_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="CustomerPhone",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", encrypted_fields.fields.EncryptedCharField(max_length=40, verbose_name="number")),
                ("extension", models.CharField(blank=True, max_length=10, verbose_name="extension")),
                ("label", models.CharField(blank=True, max_length=20, verbose_name="what for")),
                (
                    "tail",
                    models.CharField(
                        db_index=True, editable=False, max_length=4, verbose_name="last four digits"
                    ),
                ),
                (
                    "digest",
                    models.CharField(db_index=True, editable=False, max_length=64, verbose_name="digest"),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="phones",
                        to="reception.customer",
                        verbose_name="customer",
                    ),
                ),
            ],
            options={
                "verbose_name": "customer's phone",
                "verbose_name_plural": "customers' phones",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("customer", "digest", "extension"),
                        name="customer_phone_once_for_each_customer",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DeskSettings",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "company",
                    models.CharField(
                        blank=True,
                        help_text="As the script says it.",
                        max_length=40,
                        verbose_name="our name on the telephone",
                    ),
                ),
                (
                    "seconds_per_ring",
                    models.PositiveSmallIntegerField(
                        default=6,
                        help_text="Turns the instants of ring and answer into a number of rings.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(30),
                        ],
                        verbose_name="seconds per ring",
                    ),
                ),
                (
                    "ring_limit",
                    models.PositiveSmallIntegerField(
                        default=3,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(20),
                        ],
                        verbose_name="rings allowed",
                    ),
                ),
            ],
            options={
                "verbose_name": "desk settings",
                "verbose_name_plural": "desk settings",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="desk_settings_single_row")
                ],
            },
        ),
        migrations.CreateModel(
            name="PhoneCall",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=80, verbose_name="number there")),
                (
                    "call",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="phone_calls",
                        to="reception.call",
                        verbose_name="call",
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.apiclient",
                        verbose_name="API client",
                    ),
                ),
            ],
            options={
                "verbose_name": "call on the telephone system",
                "verbose_name_plural": "calls on the telephone system",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("client", "reference"), name="phone_call_once_for_each_system"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PhoneEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("event_id", models.CharField(max_length=80, verbose_name="event")),
                (
                    "kind",
                    models.CharField(
                        choices=[("ring", "ring"), ("answer", "answer"), ("hangup", "hang-up")],
                        max_length=10,
                        verbose_name="what",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="at")),
                (
                    "number",
                    encrypted_fields.fields.EncryptedCharField(
                        blank=True, max_length=100, null=True, verbose_name="phone number"
                    ),
                ),
                ("extension", models.CharField(blank=True, max_length=10, verbose_name="extension")),
                ("agent", models.CharField(blank=True, max_length=10, verbose_name="extension of the desk")),
                ("reason", models.CharField(blank=True, max_length=80, verbose_name="reason")),
                ("received_at", models.DateTimeField(verbose_name="received at")),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.apiclient",
                        verbose_name="API client",
                    ),
                ),
                (
                    "phone_call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="reception.phonecall",
                        verbose_name="call on the telephone system",
                    ),
                ),
            ],
            options={
                "verbose_name": "telephone event",
                "verbose_name_plural": "telephone events",
                "ordering": ["at", "event_id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("client", "event_id"), name="phone_event_once_for_each_system"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="call",
            name="product",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="reception.product",
                verbose_name="product",
            ),
        ),
        migrations.AddField(
            model_name="allocationrule",
            name="product",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                to="reception.product",
                verbose_name="product",
            ),
        ),
        migrations.AddField(
            model_name="call",
            name="region",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="reception.region",
                verbose_name="region",
            ),
        ),
        migrations.AddField(
            model_name="allocationrule",
            name="region",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                to="reception.region",
                verbose_name="region",
            ),
        ),
    ]
