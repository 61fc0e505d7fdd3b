from django.urls import path

from pages import bell, home, language, pulse

urlpatterns = [
    path("", home.home, name="home"),
    path("pulse/", pulse.pulse, name="pulse"),
    path("bell/", bell.bell, name="bell"),
    path("language/", language.set_language, name="set-language"),
]
