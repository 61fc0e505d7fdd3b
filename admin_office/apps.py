from django.apps import AppConfig


class AdminOfficeConfig(AppConfig):
    name = "admin_office"

    def ready(self) -> None:
        from . import checks  # noqa: F401
