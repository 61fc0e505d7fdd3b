"""The people at a supplier, and what is shown only when asked for: whole numbers, the bank account."""

from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from pages.answers import settled
from pages.clock import now

from ..forms.suppliers import ContactForm
from ..models import Contact
from .supplier_verbs import ask
from .suppliers import get_supplier

may_change = permission_required("procurement.change_supplier", raise_exception=True)


def get_contact(pk: int) -> Contact:
    return get_object_or_404(Contact.objects.select_related("supplier"), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@may_change
def contact_add(request: HttpRequest, pk: int) -> HttpResponse:
    supplier = get_supplier(pk)
    form = ContactForm(request.POST or None)
    if not form.is_bound or not form.is_valid():
        return _show(request, form, supplier)
    once = form.cleaned_data["once"]
    Contact.add(supplier, fields=form.fields_given, once=once, by=request.user, at=now())
    return settled(request, to=supplier, message=_("The contact is added."))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@may_change
def contact_change(request: HttpRequest, pk: int) -> HttpResponse:
    contact = get_contact(pk)
    form = ContactForm(request.POST or None, instance=contact)
    if not form.is_bound or not form.is_valid():
        return _show(request, form, contact.supplier)
    contact.change(fields=form.fields_given, by=request.user, at=now())
    return settled(request, to=contact, message=_("The change is saved."))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@may_change
def contact_remove(request: HttpRequest, pk: int) -> HttpResponse:
    contact = get_contact(pk)
    supplier = contact.supplier
    if request.method != "POST":
        sentence = _("%(name)s is no longer a contact there.") % {"name": contact.name}
        verb = pgettext("contact", "Remove")
        return ask(request, None, verb=verb, back=supplier, sentence=sentence, icon="trash", danger=True)
    contact.remove(by=request.user, at=now())
    return settled(request, to=supplier, message=_("The contact is removed."))


@require_POST
@never_cache
@login_required
@permission_required("procurement.view_contact", raise_exception=True)
def contact_phone(request: HttpRequest, pk: int) -> HttpResponse:
    contact = get_contact(pk)
    context = {"contact": contact, "number": contact.reveal(by=request.user)}
    return _looked_at(request, "procurement/_contact_phone.html", context, contact.supplier)


@require_POST
@never_cache
@login_required
@permission_required("procurement.view_bank_account", raise_exception=True)
def supplier_account(request: HttpRequest, pk: int) -> HttpResponse:
    supplier = get_supplier(pk)
    context = {"supplier": supplier, "account": supplier.reveal_account(by=request.user)}
    return _looked_at(request, "procurement/_supplier_account.html", context, supplier)


def _looked_at(request: HttpRequest, fragment: str, context: dict, supplier) -> HttpResponse:
    """The fragment for htmx, for a plain browser a page with it."""
    if request.htmx:
        return render(request, fragment, context)
    return render(
        request, "procurement/supplier_look.html", {"fragment": fragment, "back": supplier, **context}
    )


def _show(request: HttpRequest, form: ContactForm, supplier) -> HttpResponse:
    context = {"form": form, "supplier": supplier}
    return render(request, "procurement/contact_form.html", context, status=422 if form.errors else 200)
