"""The administration's tables of people, departments, places and absences."""

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _
from import_export.admin import ImportExportModelAdmin

from pages.phones import mask
from pages.refusals import Refused

from . import passwords
from .models import Absence, ApiClient, Department, Place, StaffList, User
from .resources import DepartmentResource, PlaceResource
from .roles import Role, label


class RoleFilter(admin.RelatedFieldListFilter):
    """Roles by the names people call them."""

    def field_choices(self, field, request, model_admin) -> list:
        return [(pk, label(name)) for pk, name in super().field_choices(field, request, model_admin)]


class PersonCreationForm(AdminUserCreationForm):
    """A new person; without a password until they set one through the link sent to them."""

    class Meta:
        model = User
        fields = ["username", "staff_no", "name", "email"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["usable_password"].initial = "false"


@admin.register(User)
class PersonAdmin(UserAdmin):
    """Roles are given here, by people who may, to others than themselves; rights only through roles."""

    add_form = PersonCreationForm
    list_display = ["name", "staff_no", "username", "department", "title", "extension", "status"]
    list_filter = ["status", "department", ("groups", RoleFilter), "is_staff"]
    list_select_related = ["department"]
    list_per_page = 50
    search_fields = ["name", "initials", "pinyin", "staff_no", "username", "extension"]
    autocomplete_fields = ["department", "place", "manager", "backup"]
    filter_horizontal = ["groups"]
    ordering = ["pinyin"]
    readonly_fields = ["masked_mobile", "status", "left_at", "last_login", "date_joined", "is_active"]
    actions = ["send_password_link"]
    fieldsets = [
        (None, {"fields": ["staff_no", "name", "username", "password", "email"]}),
        (_("Position"), {"fields": ["department", "title", "manager", "backup", "status", "left_at"]}),
        (_("Contact"), {"fields": ["extension", "masked_mobile", "im_id", "place", "language"]}),
        (_("Rights"), {"fields": ["groups", "is_staff", "is_superuser", "is_active"]}),
        (_("Dates"), {"fields": ["last_login", "date_joined"], "classes": ["collapse"]}),
    ]
    add_fieldsets = [
        (
            None,
            {
                "fields": [
                    "staff_no",
                    "name",
                    "username",
                    "email",
                    "usable_password",
                    "password1",
                    "password2",
                ]
            },
        ),
    ]

    @admin.display(description=_("mobile"))
    def masked_mobile(self, person: User) -> str:
        return mask(person.mobile) or "–"

    def get_readonly_fields(self, request, obj=None):
        fields = [*super().get_readonly_fields(request, obj)]
        if not request.user.is_superuser:
            fields.append("is_superuser")
        if not request.user.has_perm("organization.assign_roles") or obj == request.user:
            fields += ["groups", "is_staff", "is_superuser"]
        return fields

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "groups":
            groups = Group.objects.all()
            mine = request.user.role_names
            if not request.user.is_superuser and Role.ADMIN_MANAGER not in mine:
                groups = groups.exclude(name=Role.ADMIN_MANAGER)
            kwargs["queryset"] = groups
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if db_field.name == "groups":
            field.label_from_instance = lambda group: label(group.name)
        return field

    def has_change_permission(self, request, obj=None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or obj.may_be_managed_by(request.user))

    def has_delete_permission(self, request, obj=None) -> bool:
        """People leave; they are not deleted, for their name stands in the records."""
        return False

    @admin.action(description=_("Send a link to set the password"), permissions=["change"])
    def send_password_link(self, request, queryset) -> None:
        for person in queryset:
            try:
                if not person.may_be_managed_by(request.user):
                    raise Refused(_("You may not change how this person signs in."))
                passwords.send_link(person, by=request.user)
            except Refused as refused:
                self.message_user(request, f"{person}: {refused}", messages.ERROR)
            else:
                sent = _("%(name)s receives a link to set a password.") % {"name": person.name}
                self.message_user(request, sent, messages.SUCCESS)


@admin.register(Department)
class DepartmentAdmin(ImportExportModelAdmin):
    resource_classes = [DepartmentResource]
    list_display = ["name", "code", "parent", "head"]
    list_select_related = ["parent", "head"]
    search_fields = ["name", "code"]
    autocomplete_fields = ["parent", "head"]


@admin.register(Place)
class PlaceAdmin(ImportExportModelAdmin):
    resource_classes = [PlaceResource]
    list_display = ["name", "kind", "parent"]
    list_filter = ["kind"]
    list_select_related = ["parent"]
    search_fields = ["name", "parent__name"]
    autocomplete_fields = ["parent"]


@admin.register(Absence)
class AbsenceAdmin(admin.ModelAdmin):
    """For looking: absences are registered, changed and withdrawn on their own pages."""

    list_display = ["user", "starts_at", "ends_at", "reason", "registered_by", "withdrawn_at"]
    list_filter = ["starts_at", ("withdrawn_at", admin.EmptyFieldListFilter)]
    list_select_related = ["user", "registered_by"]
    search_fields = ["user__name", "user__initials", "user__staff_no"]
    date_hierarchy = "starts_at"

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


@admin.register(StaffList)
class StaffListAdmin(admin.ModelAdmin):
    """Which lists were taken over, when and by whom; what stood in them is not kept."""

    list_display = ["file_name", "uploaded_by", "uploaded_at", "applied_at", "created", "changed"]
    list_select_related = ["uploaded_by"]
    fields = list_display
    search_fields = ["file_name"]

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


@admin.register(ApiClient)
class ApiClientAdmin(admin.ModelAdmin):
    """For looking: tokens are issued, renewed and revoked on their own pages, where they are shown once."""

    list_display = ["name", "hint", "created_by", "created_at", "last_used_at", "revoked_at"]
    list_filter = [("revoked_at", admin.EmptyFieldListFilter)]
    list_select_related = ["created_by"]
    exclude = ["digest"]
    search_fields = ["name", "hint"]

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
