"""A write that the rules refuse, with the one sentence that a person is shown."""


class Refusal(ValueError):
    """Raised by an operation before anything is written.

    ``field`` names the input it is about ("" for the whole form), ``message`` is one plain
    sentence. Views put it beside the field; commands print ``field: message``.
    """

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field
