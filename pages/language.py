"""Chinese first, English for those who want it: everyone chooses, and the choice stays."""

from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST


class LanguageForm(forms.ModelForm):
    """The language a person reads."""

    language = forms.ChoiceField(choices=settings.LANGUAGES)

    class Meta:
        model = get_user_model()
        fields = ["language"]

    def choose(self) -> str:
        """Keep the choice with the person, if somebody is signed in, and give it back for the cookie."""
        if self.instance.pk:
            self.instance.save(update_fields=["language"])
        return self.cleaned_data["language"]


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """POST /language/ language=en next=/where/one/was/."""
    person = request.user if request.user.is_authenticated else None
    form = LanguageForm(request.POST, instance=person)
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(target if safe else resolve_url("home"))
    if form.is_valid():
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, form.choose(), max_age=365 * 86400, samesite="Lax")
    return response
