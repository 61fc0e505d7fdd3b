from django.urls import include, path

from .views import calls, front_desk, settings

urlpatterns = [
    path("", include("reception.customer_urls")),
    path("front-desk/", front_desk.front_desk, name="front-desk"),
    path("front-desk/lookup/", front_desk.caller_lookup, name="caller-lookup"),
    path("front-desk/caller/<int:pk>/", front_desk.caller_choose, name="caller-choose"),
    path("front-desk/proposal/", front_desk.caller_proposal, name="caller-proposal"),
    path("front-desk/owed/", front_desk.desk_owed, name="desk-owed"),
    path("front-desk/calls/", front_desk.desk_calls, name="desk-calls"),
    path("calls/", calls.calls, name="calls"),
    path("calls/log/", front_desk.call_log, name="call-log"),
    path("calls/<int:pk>/", calls.call_detail, name="call-detail"),
    path("calls/<int:pk>/number/", calls.call_number, name="call-number"),
    path("calls/<int:pk>/hang-up/", calls.call_hang_up, name="call-hang-up"),
    path("calls/<int:pk>/feed-back/", calls.call_feed_back, name="call-feed-back"),
    path("calls/<int:pk>/call-back/", calls.call_call_back, name="call-call-back"),
    path("calls/<int:pk>/correct/", calls.call_correct, name="call-correct"),
    path("calls/<int:pk>/withdraw/", calls.call_withdraw, name="call-withdraw"),
    path("calls/<int:pk>/check/", calls.call_check, name="call-check"),
    path("reception/settings/", settings.reception_settings, name="reception-settings"),
    path("reception/settings/figures/", settings.reception_figures, name="reception-figures"),
    path("reception/settings/<slug:noun>/new/", settings.reception_setting, name="reception-setting-new"),
    path("reception/settings/<slug:noun>/<int:pk>/", settings.reception_setting, name="reception-setting"),
    path("reception/settings/rule/<int:pk>/remove/", settings.rule_remove, name="rule-remove"),
]
