"""The square picture that an app reads, as one path: drawn by the template, without a file and without a style."""

from dataclasses import dataclass

import qrcode


@dataclass(frozen=True, slots=True, kw_only=True)
class Squares:
    """A picture of ``side`` by ``side`` squares; ``path`` draws the dark ones (SVG path data)."""

    side: int
    path: str


def squares(text: str) -> Squares:
    """Draw a text as a QR code, with the quiet border that the standard asks for."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=4)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
    return Squares(side=len(rows), path=path)
