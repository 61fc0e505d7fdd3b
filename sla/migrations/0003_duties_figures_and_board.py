import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import pages.stamps
import sla.models.evidence
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("organization", "__first__"),
        ("sla", "0002_policy_stamp"),
    ]

    operations = [
        migrations.CreateModel(
            name="Attendance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
            ],
            options={
                "verbose_name": "attendance",
                "verbose_name_plural": "attendances",
            },
        ),
        migrations.CreateModel(
            name="BoardSettings",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "margin",
                    models.PositiveSmallIntegerField(
                        default=5,
                        validators=[django.core.validators.MaxValueValidator(50)],
                        verbose_name="at risk up to so many points below the target",
                    ),
                ),
                (
                    "repeated_misses",
                    models.PositiveSmallIntegerField(
                        default=3,
                        validators=[
                            django.core.validators.MinValueValidator(2),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="misses that propose an improvement",
                    ),
                ),
                (
                    "repeated_days",
                    models.PositiveSmallIntegerField(
                        default=7,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(92),
                        ],
                        verbose_name="within so many days",
                    ),
                ),
                (
                    "weeks_ahead",
                    models.PositiveSmallIntegerField(
                        default=8,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(53),
                        ],
                        verbose_name="weeks for which duties are laid out",
                    ),
                ),
            ],
            options={
                "verbose_name": "board settings",
                "verbose_name_plural": "board settings",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="board_settings_single_row")
                ],
            },
        ),
        migrations.CreateModel(
            name="DailyFigure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("standard", models.CharField(max_length=40, verbose_name="standard")),
                ("day", models.DateField(verbose_name="day")),
                ("counted", models.PositiveIntegerField(verbose_name="counted")),
                ("kept", models.PositiveIntegerField(verbose_name="kept")),
                ("excused", models.PositiveIntegerField(default=0, verbose_name="excused")),
                ("seconds", models.PositiveBigIntegerField(default=0, verbose_name="seconds taken")),
            ],
            options={
                "verbose_name": "daily figure",
                "verbose_name_plural": "daily figures",
                "ordering": ["day", "standard"],
                "permissions": [("view_board", "Can see the standards board")],
                "indexes": [models.Index(fields=["day", "standard"], name="daily_figure_by_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "counted__gte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("kept"), "+", models.F("excused")
                                ),
                            )
                        ),
                        name="daily_figure_counts_add_up",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Display",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="where it hangs")),
                (
                    "digest",
                    models.CharField(
                        editable=False, max_length=64, unique=True, verbose_name="digest of the token"
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="created")),
                ("seen_at", models.DateTimeField(null=True, verbose_name="last seen")),
                ("revoked_at", models.DateTimeField(null=True, verbose_name="revoked")),
            ],
            options={
                "verbose_name": "display",
                "verbose_name_plural": "displays",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Draw",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40, verbose_name="drawn from")),
                (
                    "seed",
                    models.CharField(
                        default=pages.stamps.new_stamp, editable=False, max_length=32, verbose_name="seed"
                    ),
                ),
                ("population", models.JSONField(verbose_name="population")),
                ("wanted", models.PositiveSmallIntegerField(verbose_name="number drawn")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="what for")),
                ("drawn_at", models.DateTimeField(verbose_name="drawn")),
            ],
            options={
                "verbose_name": "sample",
                "verbose_name_plural": "samples",
                "ordering": ["-drawn_at"],
                "permissions": [("draw_sample", "Can draw random samples")],
            },
        ),
        migrations.CreateModel(
            name="Drawn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                ("key", models.CharField(max_length=60, verbose_name="key")),
                ("label", models.CharField(max_length=200, verbose_name="about")),
                ("link", models.CharField(blank=True, max_length=200, verbose_name="link")),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Not looked at yet"),
                            ("good", "As it should be"),
                            ("bad", "Not as it should be"),
                            ("gone", "Could not be looked at"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="result",
                    ),
                ),
                ("remark", models.CharField(blank=True, max_length=500, verbose_name="remark")),
                ("looked_at", models.DateTimeField(null=True, verbose_name="looked at")),
            ],
            options={
                "verbose_name": "drawn record",
                "verbose_name_plural": "drawn records",
                "ordering": ["position"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("looked_at", None), ("result", "")),
                            models.Q(models.Q(("result", ""), _negated=True), ("looked_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="drawn_looked_at_when_there_is_a_result",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Duty",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="what is to be done")),
                ("instructions", models.TextField(blank=True, max_length=4000, verbose_name="how")),
                ("standard", models.CharField(max_length=40, verbose_name="clause")),
                ("rule", models.JSONField(verbose_name="when it recurs")),
                (
                    "roll",
                    models.CharField(
                        choices=[
                            ("keep", "on that day all the same"),
                            ("next", "on the next working day"),
                            ("previous", "on the working day before"),
                            ("skip", "not at all"),
                        ],
                        default="next",
                        max_length=10,
                        verbose_name="on a day off",
                    ),
                ),
                ("opens", models.CharField(blank=True, max_length=5, verbose_name="not before")),
                ("closes", models.CharField(blank=True, max_length=5, verbose_name="not after")),
                (
                    "assignment",
                    models.CharField(
                        choices=[
                            ("person", "one person"),
                            ("role", "everybody in a role"),
                            ("rotation", "people in turn"),
                        ],
                        max_length=10,
                        verbose_name="done by",
                    ),
                ),
                ("team", models.CharField(blank=True, max_length=40, verbose_name="role")),
                ("evidence", models.JSONField(blank=True, default=list, verbose_name="what is to be shown")),
                ("since", models.DateField(verbose_name="from")),
                ("until", models.DateField(blank=True, null=True, verbose_name="until")),
                ("active", models.BooleanField(default=True, verbose_name="in force")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("laid_until", models.DateField(editable=False, null=True, verbose_name="laid out until")),
                (
                    "once",
                    models.UUIDField(editable=False, null=True, unique=True, verbose_name="form ticket"),
                ),
            ],
            options={
                "verbose_name": "duty",
                "verbose_name_plural": "duties",
                "ordering": ["standard", "title"],
                "permissions": [("do_every_duty", "Can do and skip everybody's duties")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None), ("until__gte", models.F("since")), _connector="OR"
                        ),
                        name="duty_ends_after_it_began",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DutyTurn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
            ],
            options={
                "verbose_name": "turn",
                "verbose_name_plural": "turns",
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="asked as")),
                ("file", models.FileField(upload_to=sla.models.evidence.evidence_path, verbose_name="file")),
                ("filename", models.CharField(max_length=120, verbose_name="file name")),
                ("content_type", models.CharField(max_length=100, verbose_name="kind of file")),
                ("added_at", models.DateTimeField(verbose_name="added at")),
            ],
            options={
                "verbose_name": "evidence",
                "verbose_name_plural": "evidence",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Invariant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("standard", models.CharField(max_length=40, unique=True, verbose_name="standard")),
                ("observed_since", models.DateTimeField(null=True, verbose_name="first checked")),
                ("checked_at", models.DateTimeField(null=True, verbose_name="checked")),
                ("held_since", models.DateTimeField(null=True, verbose_name="holds since")),
                ("broken_since", models.DateTimeField(null=True, verbose_name="broken since")),
                ("count", models.PositiveIntegerField(default=0, verbose_name="number of offenders")),
                ("offenders", models.JSONField(default=list, verbose_name="offenders")),
            ],
            options={
                "verbose_name": "invariant",
                "verbose_name_plural": "invariants",
                "ordering": ["standard"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("broken_since", None), ("held_since", None), _connector="OR"),
                        name="invariant_holds_or_is_broken",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Occurrence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                ("opens_at", models.DateTimeField(verbose_name="from")),
                ("due_at", models.DateTimeField(verbose_name="until")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("open", "Open"),
                            ("done", "Done"),
                            ("skipped", "Skipped"),
                        ],
                        default="planned",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("team", models.CharField(blank=True, max_length=40, verbose_name="role")),
                ("answers", models.JSONField(blank=True, default=dict, verbose_name="what was shown")),
                ("remark", models.CharField(blank=True, max_length=500, verbose_name="remark")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="done or skipped at")),
            ],
            options={
                "verbose_name": "occurrence of a duty",
                "verbose_name_plural": "occurrences of duties",
                "ordering": ["due_at", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "planned")),
                        fields=["opens_at"],
                        name="occurrence_planned_by_opening",
                    ),
                    models.Index(fields=["due_at"], name="occurrence_by_due"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("due_at__gt", models.F("opens_at"))),
                        name="occurrence_is_due_after_it_opens",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("state__in", ["planned", "open"])),
                            models.Q(("ended_at__isnull", False), ("state__in", ["done", "skipped"])),
                            _connector="OR",
                        ),
                        name="occurrence_ended_when_done_or_skipped",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RepeatedMiss",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("standard", models.CharField(max_length=40, verbose_name="standard")),
                ("first_day", models.DateField(verbose_name="from")),
                ("last_day", models.DateField(verbose_name="until")),
                ("misses", models.PositiveIntegerField(verbose_name="misses")),
                ("noticed_at", models.DateTimeField(verbose_name="noticed")),
            ],
            options={
                "verbose_name": "repeated miss",
                "verbose_name_plural": "repeated misses",
                "ordering": ["-noticed_at"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("standard", "last_day"), name="repeated_miss_once_per_day"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Scorecard",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.DateField(unique=True, verbose_name="month")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("working", "Being made"),
                            ("ready", "Ready"),
                            ("failed", "Failed"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("progress", models.PositiveSmallIntegerField(default=0, verbose_name="progress in percent")),
                ("error", models.CharField(blank=True, max_length=300, verbose_name="what went wrong")),
                ("pdf", models.FileField(blank=True, upload_to="scorecards/", verbose_name="PDF")),
                ("sheet", models.FileField(blank=True, upload_to="scorecards/", verbose_name="XLSX")),
                ("asked_at", models.DateTimeField(verbose_name="asked")),
                ("begun_at", models.DateTimeField(null=True, verbose_name="begun")),
                ("made_at", models.DateTimeField(null=True, verbose_name="made")),
                ("mailed_at", models.DateTimeField(null=True, verbose_name="mailed")),
            ],
            options={
                "verbose_name": "scorecard",
                "verbose_name_plural": "scorecards",
                "ordering": ["-month"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "ready"), _negated=True),
                            ("made_at__isnull", False),
                            _connector="OR",
                        ),
                        name="scorecard_made_when_ready",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StaleDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("standard", models.CharField(max_length=40, verbose_name="standard")),
                ("day", models.DateField(verbose_name="day")),
            ],
            options={
                "verbose_name": "outdated day",
                "verbose_name_plural": "outdated days",
            },
        ),
        migrations.AddIndex(
            model_name="timer",
            index=models.Index(
                condition=models.Q(("outcome", "missed")),
                fields=["standard", "due_at"],
                name="timer_missed_by_standard",
            ),
        ),
        migrations.AddField(
            model_name="attendance",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="person",
            ),
        ),
        migrations.AddField(
            model_name="dailyfigure",
            name="person",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="person",
            ),
        ),
        migrations.AddField(
            model_name="display",
            name="created_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="created by",
            ),
        ),
        migrations.AddField(
            model_name="display",
            name="revoked_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="revoked by",
            ),
        ),
        migrations.AddField(
            model_name="draw",
            name="drawn_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="drawn by",
            ),
        ),
        migrations.AddField(
            model_name="drawn",
            name="draw",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="drawn",
                to="sla.draw",
                verbose_name="sample",
            ),
        ),
        migrations.AddField(
            model_name="drawn",
            name="looked_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="looked at by",
            ),
        ),
        migrations.AddField(
            model_name="duty",
            name="calendar",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="duties",
                to="sla.calendar",
                verbose_name="calendar",
            ),
        ),
        migrations.AddField(
            model_name="duty",
            name="person",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="duties",
                to=settings.AUTH_USER_MODEL,
                verbose_name="person",
            ),
        ),
        migrations.AddField(
            model_name="dutyturn",
            name="duty",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="turns",
                to="sla.duty",
                verbose_name="duty",
            ),
        ),
        migrations.AddField(
            model_name="dutyturn",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="person",
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="added_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="added by",
            ),
        ),
        migrations.AddField(
            model_name="occurrence",
            name="duty",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="occurrences",
                to="sla.duty",
                verbose_name="duty",
            ),
        ),
        migrations.AddField(
            model_name="occurrence",
            name="ended_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="done or skipped by",
            ),
        ),
        migrations.AddField(
            model_name="occurrence",
            name="person",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="occurrences",
                to=settings.AUTH_USER_MODEL,
                verbose_name="person",
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="occurrence",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="files",
                to="sla.occurrence",
                verbose_name="occurrence of a duty",
            ),
        ),
        migrations.AddField(
            model_name="attendance",
            name="occurrence",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="attendances",
                to="sla.occurrence",
                verbose_name="occurrence of a duty",
            ),
        ),
        migrations.AddField(
            model_name="scorecard",
            name="asked_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="asked by",
            ),
        ),
        migrations.AddConstraint(
            model_name="dailyfigure",
            constraint=models.UniqueConstraint(
                condition=models.Q(("person__isnull", False)),
                fields=("standard", "day", "person"),
                name="daily_figure_once_per_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="dailyfigure",
            constraint=models.UniqueConstraint(
                condition=models.Q(("person", None)),
                fields=("standard", "day"),
                name="daily_figure_once_for_nobody",
            ),
        ),
        migrations.AddConstraint(
            model_name="drawn",
            constraint=models.UniqueConstraint(fields=("draw", "position"), name="drawn_position_unique"),
        ),
        migrations.AddConstraint(
            model_name="drawn",
            constraint=models.UniqueConstraint(fields=("draw", "key"), name="drawn_once"),
        ),
        migrations.AddConstraint(
            model_name="duty",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("assignment", "person"), ("person__isnull", False), ("team", "")),
                    models.Q(("assignment", "role"), ("person", None), models.Q(("team", ""), _negated=True)),
                    models.Q(("assignment", "rotation"), ("person", None), ("team", "")),
                    _connector="OR",
                ),
                name="duty_has_one_way_of_assignment",
            ),
        ),
        migrations.AddConstraint(
            model_name="dutyturn",
            constraint=models.UniqueConstraint(fields=("duty", "position"), name="duty_turn_position_unique"),
        ),
        migrations.AddConstraint(
            model_name="dutyturn",
            constraint=models.UniqueConstraint(fields=("duty", "person"), name="duty_turn_person_once"),
        ),
        migrations.AddIndex(
            model_name="occurrence",
            index=models.Index(
                condition=models.Q(("state__in", ["planned", "open"])),
                fields=["person", "due_at"],
                name="occurrence_ahead_by_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="occurrence",
            constraint=models.UniqueConstraint(
                fields=("duty", "day"), name="occurrence_once_per_duty_and_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.UniqueConstraint(
                fields=("occurrence", "person"), name="attendance_once_per_person"
            ),
        ),
    ]
