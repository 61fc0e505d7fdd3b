"""Reading the file somebody sends, or one sentence on why it cannot be read."""

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from organization import sheets
from organization.sheets import Line

MOST_ROWS = 30_000
MOST_BYTES = 10 * 1024 * 1024
MOST_NAMED = 5


def read(upload: UploadedFile) -> list[Line]:
    """The rows of the first worksheet or of the CSV file. Raises ValidationError with a sentence."""
    lines = sheets.read(upload, upload.name or "", upload.size, most_rows=MOST_ROWS, most_bytes=MOST_BYTES)
    upload.seek(0)
    if merged := sheets.merged(upload.read()):
        raise ValidationError(
            _("Cells are merged over several rows (%(ranges)s). Unmerge them and fill each row of its own.")
            % {"ranges": "、".join(merged[:MOST_NAMED])},
            code="merged",
        )
    return lines
