"""The case file: everything of a case as one portable JSON document (rules section 7).

A person can take a case away, move it to another installation, or hand it to an adviser.
``parse`` never raises anything but CaseFileError, which names the field; ``dump`` loses nothing.
"""

import json

from arrears.core import case_reading, case_writing, strict_json
from arrears.core.case_values import CaseFile, CaseFileError

__all__ = ["CaseFile", "CaseFileError", "dump", "parse"]


def parse(text: str | bytes) -> CaseFile:
    """Read and check a case file; CaseFileError names the field that is wrong."""
    return case_reading.read(strict_json.load(text))


def dump(case: CaseFile) -> str:
    """Write a case file: the same case always gives the same text, and ``parse`` gives the case back.

    The ids of facts are not written: a fact that is read back is named by its path in the file.
    """
    return json.dumps(case_writing.write(case), ensure_ascii=False, indent=1) + "\n"
