"""The first password: nobody knows it but its owner, who sets it through a link sent by e-mail."""

import logging
from smtplib import SMTPException

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from pages.refusals import Refused

from .models import User

logger = logging.getLogger(__name__)


def send_link(user: User, *, by: User) -> None:
    """Send a link that works once and sets the password; raise `Refused` when it cannot be sent."""
    if user.status == User.Status.LEFT or not user.is_active:
        raise Refused(_("%(name)s cannot sign in any more.") % {"name": user.name})
    if not user.email:
        raise Refused(_("%(name)s has no e-mail address.") % {"name": user.name})
    try:
        _send(user)
    except (OSError, SMTPException) as error:
        logger.warning("Password link for user %s was not sent: %s", user.pk, error)
        raise Refused(_("The mail server does not answer. Try again in a few minutes.")) from error
    logger.info("User %s sent a password link to user %s", by.pk, user.pk)


def _send(user: User) -> None:
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    link = settings.SITE_URL + reverse("account_reset_password_from_key", kwargs=key)
    with translation.override(user.language):
        body = render_to_string("organization/email/password_link.txt", {"person": user, "link": link})
        send_mail(_("Set your password"), body, None, [user.email])
