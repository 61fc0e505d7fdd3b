"""What is typed when somebody wants something bought: what for, and any number of lines."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from organization.models import Department, User
from organization.person_field import PersonField, spell
from pages.cleaning import CleanForm
from pages.money import MOST as MOST_MONEY
from pages.once import OnceField
from supplies.models import Category, Item
from supplies.models.item import MOST

from ..models import PurchaseRequest, RequestLine
from ..models.request_wish import Wanted

ROWS, MOST_ROWS, MOST_OFFERED = 5, 60, 500


def spell_item(item: Item) -> str:
    """How an item stands in the list of suggestions, understood by ItemField: "BG00012 中性笔 0.5mm"."""
    return f"{item.code} {item}"


def offered_items() -> list[Item]:
    """What the list of suggestions holds; others are found by number or name as well."""
    return list(Item.objects.in_use().select_related("category").order_by("code")[:MOST_OFFERED])


class ItemField(forms.CharField):
    """Gives the one item in use that fits what was typed, or None where it was left empty."""

    default_error_messages = {
        "nothing": _("Nothing in stock fits this. Leave it empty for what is not kept in stock."),
        "several": _("Several items fit. Choose one from the list."),
    }

    def __init__(self, **kwargs: Any):
        super().__init__(**{"required": False, "max_length": 200, **kwargs})
        self.widget.attrs |= {"list": "items", "autocomplete": "off", "data-item": ""}

    def clean(self, value: Any) -> Item | None:
        text = " ".join(super().clean(value).split())
        if not text:
            return None
        items = Item.objects.in_use()
        found = list(items.filter(code=text.split()[0])[:1]) or list(items.matching(text)[:2])
        if len(found) != 1:
            mistake = "several" if found else "nothing"
            raise ValidationError(self.error_messages[mistake], code=mistake)
        return found[0]

    def prepare_value(self, value: Any) -> Any:
        return spell_item(value) if isinstance(value, Item) else value


class LineForm(CleanForm):
    """One line; an empty one counts as none. What is kept in stock brings its name, unit and category."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    item = ItemField(label=_("from stock"))
    name = forms.CharField(label=pgettext_lazy("goods", "name"), max_length=80, required=False)
    specification = forms.CharField(label=_("specification"), max_length=200, required=False)
    category = forms.ModelChoiceField(
        label=_("category"), queryset=Category.objects.filter(active=True), required=False, empty_label="—"
    )
    quantity = forms.IntegerField(label=_("quantity"), min_value=1, max_value=MOST, required=False)
    unit = forms.CharField(label=pgettext_lazy("of measure", "unit"), max_length=10, required=False)
    expected_price = forms.DecimalField(
        label=_("expected unit price"),
        min_value=0,
        max_value=MOST_MONEY,
        decimal_places=2,
        max_digits=14,
        required=False,
    )
    is_asset = forms.BooleanField(label=_("fixed asset"), required=False)

    TYPED = ("item", "name", "specification", "quantity", "unit", "expected_price")

    def __init__(self, *args: Any, categories: list | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if categories is not None:
            self.fields["category"].choices = categories
        self.fields["quantity"].widget.attrs["inputmode"] = "numeric"
        self.fields["expected_price"].widget.attrs["inputmode"] = "decimal"

    @property
    def is_blank(self) -> bool:
        return not any(str(self.data.get(self.add_prefix(name)) or "").strip() for name in self.TYPED)

    def full_clean(self) -> None:
        """Nothing is asked of an empty line."""
        if self.is_bound and self.is_blank:
            self._errors, self.cleaned_data = forms.utils.ErrorDict(), {}
            return
        super().full_clean()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        item = cleaned.get("item")
        if item:
            self._take_from_stock(cleaned, item)
        for name, sentence in _NEEDED.items():
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, sentence)
        return cleaned

    def _take_from_stock(self, cleaned: dict[str, Any], item: Item) -> None:
        cleaned["name"] = cleaned.get("name") or item.name
        cleaned["specification"] = cleaned.get("specification") or item.specification
        cleaned["category"] = item.category
        cleaned["unit"] = cleaned.get("unit") or item.unit
        if cleaned["unit"] != item.unit:
            sentence = gettext("It is kept in %(unit)s; ask for it in that unit.")
            self.add_error("unit", sentence % {"unit": item.unit})
        if cleaned.get("is_asset"):
            self.add_error("is_asset", _("What is kept in stock is no fixed asset."))

    @property
    def wanted(self) -> Wanted:
        return Wanted(**self.cleaned_data)


_NEEDED = {
    "name": _("Say what is to be bought."),
    "category": _("Choose a category."),
    "quantity": _("Say how many."),
    "unit": _("Say in which unit."),
}

LineFormSet = forms.formset_factory(
    LineForm, extra=ROWS, max_num=MOST_ROWS, absolute_max=MOST_ROWS, validate_max=True
)


class RequestForm(CleanForm):
    """A purchase request, new or to be changed, with its lines in `form.lines`."""

    title = forms.CharField(label=_("title"), max_length=120)
    department = forms.ModelChoiceField(label=_("using department"), queryset=Department.objects.none())
    purpose = forms.CharField(
        label=_("what for"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    needed_on = forms.DateField(
        label=_("needed on"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    confirmer = PersonField(
        label=_("who confirms the requirement"),
        help_text=_("Somebody of the using department; left empty, its head."),
    )
    once = OnceField()
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        by: User,
        instance: PurchaseRequest | None = None,
        initial: Mapping[str, Any] | None = None,
        lines: list[dict[str, Any]] | None = None,
    ) -> None:
        """`lines`: what the rows begin with, where it is not the request's own lines."""
        self.by, self.instance = by, instance
        super().__init__(data, initial={**_of_request(instance, by), **(initial or {})})
        self.fields["department"].queryset = departments_of(by, instance)
        known = lines if lines is not None else _lines_of(instance)
        options = {"categories": _categories()}
        self.lines = LineFormSet(
            data, prefix="lines", initial=None if data is not None else known, form_kwargs=options
        )

    def is_valid(self) -> bool:
        return bool(super().is_valid() & self.lines.is_valid())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.lines.is_valid() and not self.filled:
            self.add_error(None, _("Say at least one thing that is to be bought."))
        self._check_confirmer(cleaned.get("confirmer"), cleaned.get("department"))
        return cleaned

    def with_more_rows(self) -> "RequestForm":
        """The same form, all that was typed kept, with more empty rows."""
        typed = {name: self[name].value() for name in self.fields}
        lines = [{name: form[name].value() for name in form.fields} for form in self.lines]
        return RequestForm(by=self.by, instance=self.instance, initial=typed, lines=lines)

    @property
    def filled(self) -> list[LineForm]:
        return [form for form in self.lines if not form.is_blank]

    @property
    def wanted(self) -> list[Wanted]:
        return [form.wanted for form in self.filled]

    @property
    def fields_given(self) -> dict[str, Any]:
        """The columns of the request by name."""
        return {name: self.cleaned_data[name] for name in PurchaseRequest.CHANGEABLE}

    def _check_confirmer(self, person: User | None, department: Department | None) -> None:
        if person is None or department is None:
            return
        if person.pk == (self.instance.requester_id if self.instance else self.by.pk):
            self.add_error("confirmer", _("Somebody else of the using department confirms what you ask for."))
        elif person.department_id != department.pk and person.pk != department.head_id:
            self.add_error(
                "confirmer",
                gettext("%(name)s does not belong to %(department)s.")
                % {"name": person, "department": department},
            )


def departments_of(user: User, instance: PurchaseRequest | None = None) -> Any:
    """For which departments a person may ask: their own and those they head; buyers and clerks for any."""
    if user.has_perm("procurement.view_every_request"):
        return Department.objects.all()
    own = Department.objects.filter(pk=user.department_id) | Department.objects.filter(head=user)
    return own | Department.objects.filter(pk=instance.department_id) if instance else own


def _categories() -> list[tuple[Any, str]]:
    """Read once for all rows."""
    known = [(category.pk, str(category)) for category in Category.objects.filter(active=True)]
    return [("", "—"), *known]


def _of_request(request: PurchaseRequest | None, by: User) -> dict[str, Any]:
    if request is None:
        return {"department": by.department_id}
    fields = {name: getattr(request, name) for name in PurchaseRequest.CHANGEABLE}
    confirmer = spell(request.confirmer) if request.confirmer else ""
    return {**fields, "confirmer": confirmer, "version": request.version}


def _lines_of(request: PurchaseRequest | None) -> list[dict[str, Any]]:
    lines = request.lines.select_related("item") if request else []
    return [line_initial(line) for line in lines]


def line_initial(line: RequestLine) -> dict[str, Any]:
    """A line as its row begins."""
    item = spell_item(line.item) if line.item else ""
    columns = ("pk", "name", "specification", "quantity", "unit", "expected_price", "is_asset")
    return {**{name: getattr(line, name) for name in columns}, "category": line.category_id, "item": item}
