from django.urls import include, path

from .views import calls, front_desk, settings

front_desk_urls = [
    path("", front_desk.front_desk, name="front-desk"),
    path("lookup/", front_desk.caller_lookup, name="caller-lookup"),
    path("caller/<int:pk>/", front_desk.caller_choose, name="caller-choose"),
    path("proposal/", front_desk.caller_proposal, name="caller-proposal"),
    path("owed/", front_desk.desk_owed, name="desk-owed"),
    path("calls/", front_desk.desk_calls, name="desk-calls"),
]

call_urls = [
    path("", calls.calls, name="calls"),
    path("log/", front_desk.call_log, name="call-log"),
    path("<int:pk>/", calls.call_detail, name="call-detail"),
    path("<int:pk>/number/", calls.call_number, name="call-number"),
    path("<int:pk>/hang-up/", calls.call_hang_up, name="call-hang-up"),
    path("<int:pk>/feed-back/", calls.call_feed_back, name="call-feed-back"),
    path("<int:pk>/call-back/", calls.call_call_back, name="call-call-back"),
    path("<int:pk>/correct/", calls.call_correct, name="call-correct"),
    path("<int:pk>/withdraw/", calls.call_withdraw, name="call-withdraw"),
    path("<int:pk>/check/", calls.call_check, name="call-check"),
]

settings_urls = [
    path("", settings.reception_settings, name="reception-settings"),
    path("figures/", settings.reception_figures, name="reception-figures"),
    path("<slug:noun>/new/", settings.reception_setting, name="reception-setting-new"),
    path("<slug:noun>/<int:pk>/", settings.reception_setting, name="reception-setting"),
    path("rule/<int:pk>/remove/", settings.rule_remove, name="rule-remove"),
]

urlpatterns = [
    path("front-desk/", include(front_desk_urls)),
    path("calls/", include(call_urls)),
    path("reception/settings/", include(settings_urls)),
    path("", include("reception.customer_urls")),
]
