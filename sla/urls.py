"""The pages about promises and working time."""

from django.urls import include, path

from .views import calendar, escalations, excuses, policies, timers

urlpatterns = [
    path("", include("sla.board_urls")),
    path("", include("sla.duty_urls")),
    path("", include("sla.invariant_urls")),
    path("", include("sla.mine_urls")),
    path("", include("sla.wall_urls")),
    path("", include("sla.scorecard_urls")),
    path("escalations/", escalations.escalations, name="escalations"),
    path("escalations/ended/", escalations.escalations_ended, name="escalations-ended"),
    path("escalations/lagging/", escalations.escalations_lagging, name="escalations-lagging"),
    path("timers/<int:pk>/", timers.timer, name="timer"),
    path("timers/<int:pk>/acknowledge/", timers.timer_acknowledge, name="timer-acknowledge"),
    path("timers/<int:pk>/pause/", timers.timer_pause, name="timer-pause"),
    path("timers/<int:pk>/resume/", timers.timer_resume, name="timer-resume"),
    path("timers/<int:pk>/reassign/", timers.timer_reassign, name="timer-reassign"),
    path("timers/<int:pk>/candidates/", timers.timer_candidates, name="timer-candidates"),
    path("timers/<int:pk>/excuse/", timers.timer_excuse, name="timer-excuse"),
    path("excuses/", excuses.excuses, name="excuses"),
    path("excuses/decided/", excuses.excuses_decided, name="excuses-decided"),
    path("excuses/mine/", excuses.excuses_mine, name="excuses-mine"),
    path("excuses/<int:pk>/decide/", excuses.excuse_decide, name="excuse-decide"),
    path("promises/", policies.policies, name="policies"),
    path("promises/<slug:key>/", policies.policy, name="policy"),
    path("promises/<slug:key>/edit/", policies.policy_edit, name="policy-edit"),
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
