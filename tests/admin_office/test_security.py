"""What browsers are told to refuse, and the one door through which everybody comes in."""

import pytest
from csp.middleware import CSPMiddleware
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import ResolverMatch

from admin_office.middleware import ExportPageStyles

pytestmark = pytest.mark.django_db


def directives(answer) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in answer.headers["Content-Security-Policy"].split(";"))
    return {name: value for name, _space, value in parts}


def test_pages_run_only_scripts_and_styles_of_our_own(client):
    policy = directives(client.get("/accounts/login/"))
    assert policy["default-src"] == "'self'"
    assert policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in policy["script-src"]


def with_policy(url_name: str) -> dict[str, str]:
    """The policy of an answer to the admin page of that name."""
    request = RequestFactory().get("/")
    request.resolver_match = ResolverMatch(lambda: None, (), {}, url_name, app_names=["admin"])
    answer = CSPMiddleware(ExportPageStyles(lambda request: HttpResponse()))(request)
    return directives(answer)


def test_only_the_export_pages_of_the_admin_may_style_inline():
    assert with_policy("index")["style-src"] == "'self'"
    assert with_policy("organization_user_import")["style-src"] == "'self'"
    assert with_policy("organization_user_export")["style-src"] == "'self' 'unsafe-inline'"
    assert "unsafe" not in with_policy("organization_user_export")["script-src"]


def test_the_admin_is_entered_through_the_one_login(client):
    answer = client.get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0].startswith("/accounts/login/")
