"""The page that every employee has."""

from django.urls import path

from .views import mine

urlpatterns = [
    path("mine/", mine.mine, name="mine"),
    path("mine/now/", mine.mine_now, name="mine-now"),
]
