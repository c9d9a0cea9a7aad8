"""What a note says about how sure a fact is.

A case file may say in a note that something was inferred and not stated (docs/reference/case-file.md).
The rule here is ours and deliberately plain:

- a fact whose own note holds a word of *infer* (inferred, inference, infers) is inferred;
- the note of the whole file marks the amounts, written with a pound sign, that stand before such
  a word in the same clause: "that £71.55 a week underlies the plan is an inference from £372.06"
  marks £71.55, and not £372.06, from which it was inferred. A clause ends at a full stop, a
  semicolon, a colon or a comma that is followed by a space.
"""

import re

from cms_tracker import money

_INFERRED = re.compile(r"\binfer(?:red|ence|ences|s|ring)?\b", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[.;:,](?:\s|$)")
_AMOUNT = re.compile(r"£[0-9][0-9,]*(?:\.[0-9]{1,2})?")


def is_inferred(note: str) -> bool:
    """Say whether a fact's own note marks it as inferred."""
    return _INFERRED.search(note) is not None


def inferred_amounts(note: str) -> frozenset[int]:
    """The amounts, in pence, that the note of a whole file marks as inferred."""
    found: set[int] = set()
    for clause in _CLAUSE_END.split(note):
        word = _INFERRED.search(clause)
        if word is None:
            continue
        for amount in _AMOUNT.findall(clause[: word.start()]):
            try:
                found.add(money.parse_typed(amount))
            except money.AmountError:
                continue
    return frozenset(found)
