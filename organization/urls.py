"""The pages about people, their absences, their departments and places, and the systems let in."""

from django.urls import path

from .views import absences, api_clients, people, places, staff_lists

urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/me/", people.profile, name="profile"),
    path("people/away/", absences.away, name="away"),
    path("people/import/", staff_lists.people_import, name="people-import"),
    path("people/import/template/", staff_lists.people_import_template, name="people-import-template"),
    path("people/import/<int:pk>/", staff_lists.people_import_preview, name="people-import-preview"),
    path("people/import/<int:pk>/apply/", staff_lists.people_import_apply, name="people-import-apply"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/mobile/", people.person_mobile, name="person-mobile"),
    path("people/<int:pk>/leave/", people.person_leave, name="person-leave"),
    path("people/<int:pk>/password-link/", people.person_password_link, name="person-password-link"),
    path("absences/", absences.absences, name="absences"),
    path("absences/new/", absences.absence_new, name="absence-new"),
    path("absences/stand-in/", absences.absence_stand_in, name="absence-stand-in"),
    path("absences/<int:pk>/", absences.absence, name="absence"),
    path("absences/<int:pk>/withdraw/", absences.absence_withdraw, name="absence-withdraw"),
    path("departments/", places.departments, name="departments"),
    path("departments/<int:pk>/", places.department, name="department"),
    path("places/", places.places, name="places"),
    path("api-clients/", api_clients.api_clients, name="api-clients"),
    path("api-clients/new/", api_clients.api_client_new, name="api-client-new"),
    path("api-clients/<int:pk>/", api_clients.api_client, name="api-client"),
    path("api-clients/<int:pk>/rotate/", api_clients.api_client_rotate, name="api-client-rotate"),
    path("api-clients/<int:pk>/revoke/", api_clients.api_client_revoke, name="api-client-revoke"),
]
