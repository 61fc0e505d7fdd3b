"""Duties and their occurrences."""

from django.urls import path

from .views import duties, duty_calendar, occurrences

urlpatterns = [
    path("duties/", duties.duties, name="duties"),
    path("duties/calendar/", duty_calendar.duty_calendar, name="duty-calendar"),
    path("duties/new/", duties.duty_new, name="duty-new"),
    path("duties/<int:pk>/", duties.duty, name="duty"),
    path("duties/<int:pk>/edit/", duties.duty_edit, name="duty-edit"),
    path("duties/<int:pk>/end/", duties.duty_end, name="duty-end"),
    path("duties/<int:pk>/resume/", duties.duty_resume, name="duty-resume"),
    path("occurrences/<int:pk>/", occurrences.occurrence, name="occurrence"),
    path("occurrences/<int:pk>/complete/", occurrences.occurrence_complete, name="occurrence-complete"),
    path("occurrences/<int:pk>/skip/", occurrences.occurrence_skip, name="occurrence-skip"),
    path("occurrences/<int:pk>/hand-over/", occurrences.occurrence_hand_over, name="occurrence-hand-over"),
    path("occurrences/<int:pk>/correct/", occurrences.occurrence_correct, name="occurrence-correct"),
    path("occurrences/<int:pk>/reopen/", occurrences.occurrence_reopen, name="occurrence-reopen"),
    path("occurrences/<int:pk>/files/<int:file>/", occurrences.occurrence_file, name="occurrence-file"),
]
