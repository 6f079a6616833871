"""E-mails that tests make: as a mail program would save them."""

from email.message import EmailMessage

PAGE = (
    "<html><head><title>Not this</title><style>p {color: red}</style></head><body onload='steal()'>"
    "<p>Dear <b>Ada</b>,</p><div>The cot is here.</div><div>All of it.</div>"
    "<script>steal()</script><img src='https://track.example/1' onerror='steal()'>"
    "<ul><li>two sides<li>a base</ul><a href='javascript:steal()'>Answer</a></body></html>"
)


def email(words: str = "The cot came on Tuesday.\n", *, page: str = "", **headers: str) -> EmailMessage:
    """One e-mail; headers by their names with `_` for `-`."""
    made = EmailMessage()
    usual = {
        "From": "Ruth Ofori <ruth@harbour.example>", "To": "Ada Quill <ada@harbour.example>",
        "Subject": "The cot", "Date": "Tue, 03 Mar 2026 23:30:00 +0000", "Message_ID": "<1@harbour.example>",
    }  # fmt: skip
    for name, value in (usual | headers).items():
        if value:
            made[name.replace("_", "-")] = value
    if words:
        made.set_content(words)
    if page and words:
        made.add_alternative(page, subtype="html")
    elif page:
        made.set_content(page, subtype="html")
    return made
