from django.urls import path

from pages import home, language, pulse

urlpatterns = [
    path("", home.home, name="home"),
    path("pulse/", pulse.pulse, name="pulse"),
    path("language/", language.set_language, name="set-language"),
]
