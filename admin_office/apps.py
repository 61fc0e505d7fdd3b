from django.apps import AppConfig


class AdminOfficeConfig(AppConfig):
    name = "admin_office"
