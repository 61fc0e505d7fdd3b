"""Checked at start: what is encrypted in a table must not stand in clear in its history."""

from auditlog.registry import auditlog
from django.core.checks import Error
from encrypted_fields.fields import EncryptedFieldMixin


def encrypted_fields_are_masked(app_configs, **kwargs) -> list[Error]:
    """E001 for every encrypted field of an audited model that is neither masked nor excluded there."""
    return [
        Error(
            f"{model._meta.label}.{field.name} is encrypted, but its history would hold it in clear.",
            hint=f'auditlog.register({model.__name__}, mask_fields=["{field.name}"]) or exclude_fields.',
            id="pages.E001",
        )
        for model in auditlog.get_models()
        for field in _open_secrets(model)
    ]


def _open_secrets(model):
    rules = auditlog.get_model_fields(model)
    hidden = {*rules["mask_fields"], *rules["exclude_fields"]}
    recorded = set(rules["include_fields"])
    for field in model._meta.concrete_fields:
        shown = field.name not in hidden and (not recorded or field.name in recorded)
        if shown and isinstance(field, EncryptedFieldMixin):
            yield field
