"""The digest as a message (RFC 5322): plain text, HTML, and the coming dates as a calendar.

Sending is a mail program's task: ``dateline digest --format eml --to desk@example.org | sendmail -t``.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, time, timedelta
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime

from pipeline.digest.calendar import to_ics
from pipeline.digest.model import Digest
from pipeline.digest.render import title, to_mail, to_markdown
from pipeline.records import DatelineError

SENDER = "Dateline <dateline@localhost>"


def to_eml(digest: Digest, to: str | None = None, sender: str = SENDER) -> bytes:
    """The message, the same bytes for the same digest. Raises DatelineError for an address that is none."""
    text, html, calendar = to_markdown(digest), to_mail(digest), to_ics(digest)
    mark = hashlib.sha256(f"{title(digest)}\n{to}\n{text}".encode()).hexdigest()
    message = EmailMessage(policy=policy.SMTP)
    try:
        message["From"] = sender
        if to:
            message["To"] = to
    except (ValueError, IndexError):
        raise DatelineError(f"no mail address: {to or sender!r}; write it like desk@example.org") from None
    if any(header.defects or not header.addresses for header in message.values()):
        raise DatelineError(f"no mail address: {to or sender!r}; write it like desk@example.org")
    message["Subject"] = _subject(digest)
    message["Date"] = format_datetime(datetime.combine(digest.period.last + timedelta(days=1), time(6), UTC))
    message["Message-ID"] = f"<{digest.period.name}.{mark[:16]}@dateline>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    message.add_alternative(html, subtype="html")
    message.add_attachment(calendar.encode(), "text", "calendar", filename=f"{digest.period.name}.ics",
                           params={"method": "PUBLISH", "charset": "utf-8"})  # fmt: skip
    for number, part in enumerate(p for p in message.walk() if p.is_multipart()):
        part.set_boundary(f"=={mark[16:40]}.{number}==")  # the library's own is drawn by lot
    return message.as_bytes()


def _subject(digest: Digest) -> str:
    """What matters most, in the subject."""
    lead = f": {digest.in_short[0].statement}" if digest.in_short else ""
    subject = " ".join(f"{title(digest)}{lead}".split())
    return subject if len(subject) <= 140 else subject[:139].rsplit(" ", 1)[0] + "…"
