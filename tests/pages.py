"""Read a page as a person does: the words, without the markup."""

import html
import re

from django.http import HttpResponse


def words(response: HttpResponse) -> str:
    """The text of a page's main part, its spaces evened out."""
    main = response.content.decode().partition("<main")[2].partition(">")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", main))).strip()


def rows(response: HttpResponse) -> list[list[str]]:
    """The rows of the first table of a page that is not folded away, each as the texts of its cells."""
    folded = r"<details[^>]*>(?:(?!</details>).)*<table.*?</details>"
    page = re.sub(folded, "", response.content.decode(), flags=re.DOTALL)
    body = page.partition("<tbody")[2].partition("</tbody>")[0]
    return [
        [
            re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", cell))).strip()
            for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        ]
        for row in re.findall(r"<tr[^>]*>(.*?)</tr>", body, re.DOTALL)
    ]


def pence(text: str) -> list[int]:
    """Every amount in a text, in pence, in order."""
    found = re.findall(r"([−]?)£([\d,]+)\.(\d\d)", text)
    return [(-1 if sign else 1) * (int(whole.replace(",", "")) * 100 + int(rest)) for sign, whole, rest in found]
