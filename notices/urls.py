from django.urls import path

from notices.views import channels, deliveries, inbox

urlpatterns = [
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/read-all/", inbox.read_all, name="notices-read-all"),
    path("inbox/<int:pk>/read/", inbox.read, name="notice-read"),
    path("inbox/<int:pk>/acknowledge/", inbox.acknowledge, name="notice-acknowledge"),
    path("deliveries/", deliveries.deliveries, name="deliveries"),
    path("deliveries/<int:pk>/retry/", deliveries.retry, name="delivery-retry"),
    path("channels/", channels.channels, name="channels"),
    path("channels/new/<slug:kind>/", channels.new, name="channel-new"),
    path("channels/<int:pk>/edit/", channels.edit, name="channel-edit"),
    path("channels/<int:pk>/switch/", channels.switch, name="channel-switch"),
    path("channels/<int:pk>/test/", channels.test, name="channel-test"),
    path("channels/<int:pk>/remove/", channels.remove, name="channel-remove"),
]
