class Refusal(Exception):
    """A verb cannot be carried out; the text is a finished sentence for the reader that says what to do.

    Pages show it where the reader is, the admin as a message. `field` names the form field it belongs to, if any.
    """

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = str(sentence)
        self.field = field


class StaleSave(Refusal):
    """The row was changed elsewhere since the form was opened; the page shows beside what was typed what is stored."""
