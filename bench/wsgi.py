"""The product with the addresses of the benchmarks."""

from django.conf import settings

from admin_office.wsgi import application

settings.ROOT_URLCONF = "bench.urls"

__all__ = ["application"]
