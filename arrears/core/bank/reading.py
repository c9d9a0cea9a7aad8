"""Read a bank statement of any kind that we take: told by what it holds, never by its name."""

import re

from arrears.core.bank import comma_separated, ofx, qif, spreadsheet, tables
from arrears.core.bank.lines import MAX_BYTES, BankStatement, Columns, StatementError, UnknownTable
from arrears.core.bank.texts import decode
from cms_tracker.language import mark, say

_OFX = re.compile(r"OFXHEADER|<OFX\b", re.IGNORECASE)
_QIF = re.compile(r"\s*!(?:Type|Account|Option|Clear)\b", re.IGNORECASE)
_MARKUP = re.compile(r"\s*<")

_NOT_TAKEN = (
    (b"%PDF-", mark("This is a PDF. Choose Export or Download at your bank, and take CSV, OFX, QIF or Excel.")),
    (b"\xd0\xcf\x11\xe0", mark("This is an old Excel file, or one with a password. Save it as CSV and choose that.")),
    (b"\x89PNG", mark("This is a picture. Choose the statement as CSV, OFX, QIF or Excel.")),
    (b"\xff\xd8\xff", mark("This is a picture. Choose the statement as CSV, OFX, QIF or Excel.")),
)


def read(content: bytes, *, chosen: Columns | None = None) -> BankStatement | UnknownTable:
    """The lines of a statement, or the first rows of a table whose columns we do not know.

    ``chosen`` is what a person said about the columns of such a table. Takes CSV of any common
    encoding, OFX 1 and 2, QIF and XLSX. Raises StatementError, in one sentence for the person,
    for a file that cannot be read at all; a line that cannot is named in the answer.
    """
    if len(content) > MAX_BYTES:
        raise StatementError(say("This file is larger than 10 MB. Download a shorter period."))
    for beginning, why in _NOT_TAKEN:
        if content.startswith(beginning):
            raise StatementError(why)
    if content.startswith(b"PK\x03\x04"):
        return tables.read(spreadsheet.table(content), chosen)
    text = decode(content)
    if _OFX.search(text[:4000]):
        return ofx.read(text)
    if _QIF.match(text):
        return qif.read(text)
    if _MARKUP.match(text):
        raise StatementError(say("This is a web page, not a statement. Download it again as CSV, OFX, QIF or Excel."))
    if "\0" in text[:4000]:
        raise StatementError(say("This file is not a statement that we can read. Choose CSV, OFX, QIF or Excel."))
    return tables.read(comma_separated.table(text), chosen)
