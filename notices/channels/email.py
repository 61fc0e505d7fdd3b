"""E-mail: one connection for a whole batch, and the same Message-ID however often a mail is repeated."""

import smtplib
from email.utils import formataddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from notices.channels.sending import Failure
from notices.channels.sending import Sender as BaseSender
from notices.messages import Message
from notices.models import Channel, Reason

CLOSING = 421


class Sender(BaseSender):
    def __init__(self, channel: Channel) -> None:
        super().__init__(channel)
        self.connection = get_connection()

    def __enter__(self) -> "Sender":
        self._open()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.connection.close()

    def send(self, message: Message) -> None:
        mail = letter(message)
        self._open()
        try:
            self.connection.send_messages([mail])
        except smtplib.SMTPRecipientsRefused as error:
            raise _refused(Reason.BAD_ADDRESS, *next(iter(error.recipients.values()))) from error
        except (smtplib.SMTPServerDisconnected, TimeoutError) as error:
            self._hang_up()
            raise _lost(error) from error
        except smtplib.SMTPResponseException as error:
            if error.smtp_code == CLOSING:
                self._hang_up()
            raise _refused(Reason.REJECTED, error.smtp_code, error.smtp_error) from error
        except (ValueError, smtplib.SMTPNotSupportedError) as error:
            raise Failure(Reason.BAD_ADDRESS, type(error).__name__, lasting=True) from error
        except OSError as error:
            self._hang_up()
            raise _lost(error) from error

    def _open(self) -> None:
        """Connect if we are not; what goes wrong here is nobody's mail in particular."""
        try:
            self.connection.open()
        except smtplib.SMTPAuthenticationError as error:
            raise Failure(Reason.SIGN_IN, error.smtp_code, everywhere=True) from error
        except OSError as error:  # SMTPException is one
            raise Failure(_why_lost(error), error, everywhere=True) from error

    def _hang_up(self) -> None:
        """Drop the line without the polite QUIT that a hanging server would keep us waiting for."""
        if session := getattr(self.connection, "connection", None):
            session.close()
            self.connection.connection = None


def letter(message: Message) -> EmailMultiAlternatives:
    """The mail itself, plain and HTML, in the recipient's language."""
    (person,) = message.people
    if not person.email or "@" not in person.email:
        raise Failure(Reason.NO_ADDRESS, lasting=True)
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    context = {"message": message, "person": person, "inbox": message.inbox}
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=render_to_string("notices/mail.txt", context),
        to=[formataddr((person.name, person.email))],
        headers={
            "Message-ID": f"<{message.number}@{host}>",
            "List-Id": formataddr((_("Admin Office notices"), f"notices.{host}")),
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    )
    mail.attach_alternative(render_to_string("notices/mail.html", context), "text/html")
    for news in message.news:
        for file in news.attachments:
            mail.attach(*file)
    return mail


def _refused(reason: Reason, code: int, said: bytes | str) -> Failure:
    words = said.decode(errors="replace") if isinstance(said, bytes) else said
    if 400 <= code < 500:
        return Failure(Reason.BUSY, f"{code} {words}")
    return Failure(reason, f"{code} {words}", lasting=True)


def _lost(error: Exception) -> Failure:
    """The line broke in the middle: perhaps the mail was taken, so the repeat bears the same Message-ID."""
    return Failure(_why_lost(error), error, certain=False)


def _why_lost(error: Exception) -> Reason:
    """smtplib reports a time-out in its commands as a disconnection, and says so only in the text."""
    return Reason.TIMEOUT if "timed out" in str(error) else Reason.UNREACHABLE
