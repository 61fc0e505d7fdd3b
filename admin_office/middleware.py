"""The one page of the admin that carries style attributes of its own gets them; no other page does."""

from collections.abc import Callable

from csp.constants import UNSAFE_INLINE
from django.http import HttpRequest, HttpResponse


class ExportPageStyles:
    """django-import-export's export page has three inline styles: relax `style-src` there only."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        if match and match.app_name == "admin" and (match.url_name or "").endswith("_export"):
            response._csp_update = {"style-src": [UNSAFE_INLINE]}
        return response
