"""The screen on the wall, and the manager's list of such screens."""

from django.urls import path

from .views import displays, wall

urlpatterns = [
    path("wall/", wall.wall, name="wall"),
    path("wall/now/", wall.wall_now, name="wall-now"),
    path("wall/enter/", wall.wall_enter, name="wall-enter"),
    path("displays/", displays.displays, name="displays"),
    path("displays/new/", displays.display_new, name="display-new"),
    path("displays/<int:pk>/", displays.display, name="display"),
    path("displays/<int:pk>/revoke/", displays.display_revoke, name="display-revoke"),
]
