"""What the office will not do: a verb that must not happen now says so in one sentence."""


class Refused(Exception):
    """Raised by a verb whose guard does not hold; carries one translated sentence for the person who asked.

    `RefusalMiddleware` answers HTTP 409: a toast for htmx, a page for a browser, {"error": …} for JSON.
    """

    status = 409

    def __init__(self, sentence):
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return str(self.sentence)


class Gone(Refused):
    """The record is not there, or not any more; answered with HTTP 404."""

    status = 404
