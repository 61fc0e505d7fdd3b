"""The pages about promises and working time."""

from django.urls import path

from .views import calendar

urlpatterns = [
    path("calendars/", calendar.calendars, name="calendars"),
    path("calendars/try/", calendar.calendar_try, name="calendar-try"),
    path("calendars/notice/", calendar.calendar_notice, name="calendar-notice"),
    path("calendars/notice/apply/", calendar.calendar_notice_apply, name="calendar-notice-apply"),
    path("calendars/notice/template/", calendar.calendar_notice_template, name="calendar-notice-template"),
    path("calendars/days/<int:pk>/withdraw/", calendar.day_withdraw, name="day-withdraw"),
    path("calendars/years/<int:year>/confirm/", calendar.year_confirm, name="year-confirm"),
    path("calendars/years/<int:year>/withdraw/", calendar.year_withdraw, name="year-withdraw"),
    path("calendars/<int:pk>/", calendar.calendar, name="calendar"),
    path("calendars/<int:pk>/hours/", calendar.calendar_hours, name="calendar-hours"),
    path("calendars/<int:pk>/days/<slug:day>/", calendar.calendar_day, name="calendar-day"),
]
