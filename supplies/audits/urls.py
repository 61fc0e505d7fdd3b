"""Looking for the assets."""

from django.urls import path

from ..views import audit_deciding as deciding
from ..views import audit_scanning as scanning
from ..views import audits

ONE = "audits/<int:pk>/"

urlpatterns = [
    path("audits/", audits.audits, name="audits"),
    path("audits/open/", audits.audit_open, name="audit-open"),
    path(ONE, audits.audit, name="audit"),
    path(f"{ONE}cancel/", audits.audit_cancel, name="audit-cancel"),
    path(f"{ONE}walk/", scanning.audit_walk, name="audit-walk"),
    path(f"{ONE}scan/", scanning.audit_scan, name="audit-scan"),
    path(f"{ONE}hand-in/", scanning.audit_hand_in, name="audit-hand-in"),
    path(f"{ONE}take-up/", deciding.audit_take_up, name="audit-take-up"),
    path(f"{ONE}close/", deciding.audit_close, name="audit-close"),
    path(f"{ONE}lines/<int:line>/settle/", deciding.audit_settle, name="audit-settle"),
    path(f"{ONE}scans/<int:sighting>/look-into/", deciding.audit_look_into, name="audit-look-into"),
    path(f"{ONE}result.pdf", deciding.audit_paper, name="audit-paper"),
    path(f"{ONE}result.<str:format>", deciding.audit_result, name="audit-result"),
]
