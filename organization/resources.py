"""Departments and places as spreadsheets, in and out, each row known by the name people use."""

from django.utils.translation import gettext_lazy as _
from import_export import fields, resources
from import_export.widgets import ForeignKeyWidget

from .models import Department, Place, User


class DepartmentResource(resources.ModelResource):
    parent = fields.Field("parent", "parent", ForeignKeyWidget(Department, "code"))
    head = fields.Field("head", "head", ForeignKeyWidget(User, "staff_no"))

    class Meta:
        model = Department
        name = _("departments")
        fields = ["code", "name", "parent", "head"]
        import_id_fields = ["code"]
        clean_model_instances = True
        skip_unchanged = True
        use_transactions = True


class PlaceResource(resources.ModelResource):
    class Meta:
        model = Place
        name = _("places")
        fields = ["id", "name", "kind", "parent"]
        import_id_fields = ["id"]
        clean_model_instances = True
        skip_unchanged = True
        use_transactions = True
