import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import pages.stamps
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("organization", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Calendar",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(max_length=40, unique=True, verbose_name="key")),
                ("name", models.CharField(max_length=60, unique=True, verbose_name="name")),
                (
                    "always",
                    models.BooleanField(
                        default=False,
                        help_text="Every minute counts, on every day.",
                        verbose_name="around the clock",
                    ),
                ),
                (
                    "observes_holidays",
                    models.BooleanField(
                        default=True,
                        help_text="Public holidays are off and make-up workdays are worked, as the State Council announces them.",
                        verbose_name="observes holidays",
                    ),
                ),
                (
                    "week_summary",
                    models.CharField(
                        blank=True, editable=False, max_length=500, verbose_name="weekly hours (1 is Monday)"
                    ),
                ),
                (
                    "stamp",
                    models.CharField(
                        default=pages.stamps.new_stamp, editable=False, max_length=32, verbose_name="stamp"
                    ),
                ),
                (
                    "applied_stamp",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=32,
                        verbose_name="stamp to which running timers were fitted",
                    ),
                ),
            ],
            options={
                "verbose_name": "calendar",
                "verbose_name_plural": "calendars",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Policy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("standard", models.CharField(max_length=40, unique=True, verbose_name="standard")),
            ],
            options={
                "verbose_name": "promise",
                "verbose_name_plural": "promises",
                "ordering": ["standard"],
            },
        ),
        migrations.CreateModel(
            name="ConfirmedYear",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(unique=True, verbose_name="year")),
                (
                    "confirmed_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="confirmed at"),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmed by",
                    ),
                ),
            ],
            options={
                "verbose_name": "confirmed year",
                "verbose_name_plural": "confirmed years",
                "ordering": ["year"],
            },
        ),
        migrations.CreateModel(
            name="PolicyVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="version")),
                (
                    "target",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="target in percent",
                    ),
                ),
                ("deadline", models.JSONField(null=True, verbose_name="deadline")),
                ("enabled", models.BooleanField(default=True, verbose_name="in force")),
                ("may_pause", models.BooleanField(default=False, verbose_name="may be paused")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="in force since"),
                ),
                (
                    "stamp",
                    models.CharField(
                        default=pages.stamps.new_stamp, editable=False, max_length=32, verbose_name="stamp"
                    ),
                ),
                (
                    "calendar",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sla.calendar",
                        verbose_name="calendar",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="sla.policy",
                        verbose_name="promise",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a promise",
                "verbose_name_plural": "versions of a promise",
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("policy", "number"), name="policy_version_number_unique"),
                    models.CheckConstraint(
                        condition=models.Q(("target__lte", 100)), name="policy_version_target_percent"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("deadline", None), ("calendar__isnull", False), _connector="OR"),
                        name="policy_version_deadline_has_calendar",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="policy",
            name="current",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sla.policyversion",
                verbose_name="current version",
            ),
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                (
                    "percent",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="share of the time in percent",
                    ),
                ),
                (
                    "offset",
                    models.DurationField(blank=True, null=True, verbose_name="offset from the deadline"),
                ),
                ("to", models.JSONField(default=list, verbose_name="to whom")),
                ("channels", models.JSONField(blank=True, default=list, verbose_name="channels")),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="sla.policyversion",
                        verbose_name="version",
                    ),
                ),
            ],
            options={
                "verbose_name": "step",
                "verbose_name_plural": "steps",
                "ordering": ["version", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("version", "position"), name="step_position_unique"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("offset", None), ("percent__isnull", False)),
                            models.Q(("offset__isnull", False), ("percent", None)),
                            _connector="OR",
                        ),
                        name="step_has_one_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Timer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("standard", models.CharField(max_length=40, verbose_name="standard")),
                ("subject_id", models.PositiveBigIntegerField(verbose_name="record")),
                ("label", models.CharField(blank=True, max_length=200, verbose_name="about")),
                ("link", models.CharField(blank=True, max_length=200, verbose_name="link")),
                ("team", models.CharField(blank=True, max_length=40, verbose_name="team")),
                ("started_at", models.DateTimeField(verbose_name="started")),
                ("due_at", models.DateTimeField(verbose_name="due")),
                ("given_at", models.DateTimeField(blank=True, null=True, verbose_name="agreed date")),
                ("climbed", models.PositiveIntegerField(default=0, verbose_name="steps taken")),
                ("next_look_at", models.DateTimeField(blank=True, null=True, verbose_name="next step")),
                ("paused_at", models.DateTimeField(blank=True, null=True, verbose_name="paused since")),
                ("acknowledged_at", models.DateTimeField(blank=True, null=True, verbose_name="acknowledged")),
                ("stopped_at", models.DateTimeField(blank=True, null=True, verbose_name="stopped")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Running"),
                            ("met", "Met"),
                            ("missed", "Missed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="outcome",
                    ),
                ),
                ("stop_reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                ("excused", models.BooleanField(default=False, verbose_name="excused")),
                (
                    "acknowledged_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="acknowledged by",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="timers",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="responsible",
                    ),
                ),
                (
                    "stopped_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="stopped by",
                    ),
                ),
                (
                    "subject_type",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contenttypes.contenttype",
                        verbose_name="kind of record",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="timers",
                        to="sla.policyversion",
                        verbose_name="version",
                    ),
                ),
            ],
            options={
                "verbose_name": "timer",
                "verbose_name_plural": "timers",
                "ordering": ["due_at"],
                "permissions": [
                    ("view_every_timer", "Can see everybody's timers"),
                    ("reassign_timer", "Can reassign everybody's timers"),
                    ("acknowledge_timer", "Can acknowledge everybody's timers"),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("next_look_at__isnull", False)),
                        fields=["next_look_at"],
                        name="timer_next_look",
                    ),
                    models.Index(
                        condition=models.Q(("stopped_at", None)),
                        fields=["owner", "due_at"],
                        name="timer_running_by_owner",
                    ),
                    models.Index(
                        condition=models.Q(("stopped_at", None)),
                        fields=["standard", "due_at"],
                        name="timer_running_by_standard",
                    ),
                    models.Index(
                        condition=models.Q(("stopped_at__isnull", False)),
                        fields=["stopped_at"],
                        name="timer_stopped",
                    ),
                    models.Index(
                        condition=models.Q(("acknowledged_at__isnull", False)),
                        fields=["acknowledged_at"],
                        name="timer_acknowledged",
                    ),
                    models.Index(fields=["subject_type", "subject_id"], name="timer_subject"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("stopped_at", None)),
                        fields=("subject_type", "subject_id", "standard"),
                        name="timer_one_running_per_subject",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_at__gte", models.F("started_at"))),
                        name="timer_due_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", ""), ("stopped_at", None)),
                            models.Q(("stopped_at__isnull", False), models.Q(("outcome", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="timer_outcome_when_stopped",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("next_look_at", None),
                            models.Q(("acknowledged_at", None), ("paused_at", None), ("stopped_at", None)),
                            _connector="OR",
                        ),
                        name="timer_looked_at_only_while_climbing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pause",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("started_at", models.DateTimeField(verbose_name="from")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="until")),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
                (
                    "paused_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="paused by",
                    ),
                ),
                (
                    "resumed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="resumed by",
                    ),
                ),
                (
                    "timer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pauses",
                        to="sla.timer",
                        verbose_name="timer",
                    ),
                ),
            ],
            options={
                "verbose_name": "pause",
                "verbose_name_plural": "pauses",
                "ordering": ["started_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("timer",),
                        name="pause_one_open_per_timer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at", None), ("ended_at__gte", models.F("started_at")), _connector="OR"
                        ),
                        name="pause_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Holding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateTimeField(verbose_name="from")),
                ("until", models.DateTimeField(verbose_name="until")),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
                (
                    "handed_over_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="handed over by",
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="holder",
                    ),
                ),
                (
                    "timer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="holdings",
                        to="sla.timer",
                        verbose_name="timer",
                    ),
                ),
            ],
            options={
                "verbose_name": "holding",
                "verbose_name_plural": "holdings",
                "ordering": ["since"],
            },
        ),
        migrations.CreateModel(
            name="Excuse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Waiting for a decision"),
                            ("granted", "Granted"),
                            ("refused", "Refused"),
                        ],
                        default="asked",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("reason", models.TextField(max_length=1000, verbose_name="reason")),
                ("asked_at", models.DateTimeField(verbose_name="asked")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="decided")),
                ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked by",
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
                    "timer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="excuses",
                        to="sla.timer",
                        verbose_name="timer",
                    ),
                ),
            ],
            options={
                "verbose_name": "excuse",
                "verbose_name_plural": "excuses",
                "ordering": ["-asked_at"],
                "permissions": [("decide_excuse", "Can decide on excuses")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "refused"), _negated=True),
                        fields=("timer",),
                        name="excuse_one_open_or_granted_per_timer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("state", "asked")),
                            models.Q(
                                models.Q(("state", "asked"), _negated=True), ("decided_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="excuse_decided_when_not_asked",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Escalation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("due_at", models.DateTimeField(verbose_name="due")),
                ("noticed_at", models.DateTimeField(verbose_name="noticed")),
                (
                    "step",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sla.step",
                        verbose_name="step",
                    ),
                ),
                (
                    "timer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="escalations",
                        to="sla.timer",
                        verbose_name="timer",
                    ),
                ),
            ],
            options={
                "verbose_name": "escalation",
                "verbose_name_plural": "escalations",
                "ordering": ["-due_at"],
                "constraints": [
                    models.UniqueConstraint(fields=("timer", "step"), name="escalation_once_per_step")
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarHours",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "Monday"),
                            (1, "Tuesday"),
                            (2, "Wednesday"),
                            (3, "Thursday"),
                            (4, "Friday"),
                            (5, "Saturday"),
                            (6, "Sunday"),
                        ],
                        verbose_name="weekday",
                    ),
                ),
                ("opens", models.TimeField(verbose_name="opens")),
                ("closes", models.TimeField(verbose_name="closes")),
                (
                    "calendar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="weekly_hours",
                        to="sla.calendar",
                        verbose_name="calendar",
                    ),
                ),
            ],
            options={
                "verbose_name": "working hours",
                "verbose_name_plural": "working hours",
                "ordering": ["calendar", "weekday", "opens"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("calendar", "weekday", "opens"), name="calendar_hours_open_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weekday__lte", 6)), name="calendar_hours_weekday_exists"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("opens", models.F("closes")), _negated=True),
                            ("opens", "00:00"),
                            _connector="OR",
                        ),
                        name="calendar_hours_last_some_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DayOverride",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("date", models.DateField(verbose_name="day")),
                ("is_working", models.BooleanField(default=False, verbose_name="is worked")),
                (
                    "windows",
                    models.CharField(
                        blank=True,
                        help_text="Empty: the usual hours. Otherwise like 09:00-12:00.",
                        max_length=120,
                        verbose_name="hours",
                    ),
                ),
                ("reason", models.CharField(max_length=80, verbose_name="reason")),
                (
                    "source",
                    models.CharField(
                        choices=[("office", "Own decision"), ("notice", "State Council notice")],
                        default="office",
                        max_length=10,
                        verbose_name="source",
                    ),
                ),
                ("declared_at", models.DateTimeField(auto_now=True, verbose_name="declared at")),
                (
                    "calendar",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: every calendar that observes holidays.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="declared_days",
                        to="sla.calendar",
                        verbose_name="calendar",
                    ),
                ),
                (
                    "declared_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="declared by",
                    ),
                ),
            ],
            options={
                "verbose_name": "special day",
                "verbose_name_plural": "special days",
                "ordering": ["date", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("calendar", "date"), name="day_override_once_a_calendar"),
                    models.UniqueConstraint(
                        condition=models.Q(("calendar__isnull", True)),
                        fields=("date",),
                        name="day_override_once_for_all",
                    ),
                ],
            },
        ),
    ]
