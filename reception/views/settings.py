"""The desk's settings in the browser: who takes which calls, kinds of callers, products, regions, figures."""

from typing import Any, NamedTuple

from django.contrib.auth.decorators import login_required, permission_required
from django.db.models import Model
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organization.person_field import suggestions
from pages.answers import answer

from ..forms.settings import AllocationRuleForm, CallerTypeForm, DeskSettingsForm, ProductForm, RegionForm
from ..models import AllocationRule, CallerType, DeskSettings, Product, Region


class Noun(NamedTuple):
    """One sort of thing to arrange."""

    form: type[ModelForm]
    heading: Any

    @property
    def model(self) -> type[Model]:
        return self.form._meta.model


NOUNS = {
    "rule": Noun(AllocationRuleForm, gettext_lazy("Allocation rule")),
    "caller-type": Noun(CallerTypeForm, gettext_lazy("Caller type")),
    "product": Noun(ProductForm, gettext_lazy("Product")),
    "region": Noun(RegionForm, gettext_lazy("Region")),
}
may_arrange = permission_required("reception.arrange_reception", raise_exception=True)


def get_noun(noun: str) -> Noun:
    """The sort of thing of that name in the address."""
    if noun not in NOUNS:
        raise Http404
    return NOUNS[noun]


@require_safe
@login_required
@may_arrange
def reception_settings(request: HttpRequest) -> HttpResponse:
    """GET /reception/settings/: everything at a glance."""
    rules = AllocationRule.objects.select_related("caller_type", "product", "region", "department")
    context = {
        "rules": rules.prefetch_related("targets__user"),
        "caller_types": CallerType.objects.all(),
        "offers": [
            ("product", _("Products"), Product.objects.all()),
            ("region", _("Regions"), Region.objects.all()),
        ],
        "figures": DeskSettings.current(),
    }
    return render(request, "reception/settings.html", context)


@require_http_methods(["GET", "POST"])
@login_required
@may_arrange
def reception_figures(request: HttpRequest) -> HttpResponse:
    """GET and POST /reception/settings/figures/."""
    form = DeskSettingsForm(request.POST or None, instance=DeskSettings.current())
    return _arrange(request, form, gettext_lazy("Telephone desk"))


@require_http_methods(["GET", "POST"])
@login_required
@may_arrange
def reception_setting(request: HttpRequest, noun: str, pk: int | None = None) -> HttpResponse:
    """GET and POST /reception/settings/<noun>/new/ and /<noun>/<pk>/."""
    kind = get_noun(noun)
    instance = get_object_or_404(kind.model, pk=pk) if pk else kind.model()
    return _arrange(request, kind.form(request.POST or None, instance=instance), kind.heading)


@require_POST
@login_required
@may_arrange
def rule_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /reception/settings/rule/<pk>/remove/."""
    get_object_or_404(AllocationRule, pk=pk).remove(by=request.user)
    return answer(request, "reception/settings.html", to="reception-settings", message=_("Removed."))


def _arrange(request: HttpRequest, form: ModelForm, heading: Any) -> HttpResponse:
    if not (form.is_bound and form.is_valid()):
        context = {"form": form, "heading": heading, "people": suggestions()}
        return render(request, "reception/setting.html", context, status=422 if form.is_bound else 200)
    form.save()
    return answer(request, "reception/setting.html", to="reception-settings", message=_("Saved."))
