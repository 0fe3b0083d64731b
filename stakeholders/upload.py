from collections.abc import Mapping
from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from stakeholders.domain.table_file import LARGEST_FILE

FRAME = 100_000
"""Bytes for the other fields of a form and the marks between them."""


class LimitedUpload(FileUploadHandler):
    """Stands before Django's handlers and lets nothing beyond the limit reach memory or disk.

    What is larger is read from the line and dropped, so that the visitor gets a page and no broken connection; to the
    form it looks as if no file had been chosen, and `is_too_large` tells the difference.
    """

    request_length = 0

    def handle_raw_input(
        self, _input: Any, _headers: dict[str, str], content_length: int, _boundary: str, _encoding: str | None = None
    ) -> None:
        self.request_length = content_length

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self.request_length > LARGEST_FILE + FRAME:
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        if start + len(raw_data) > LARGEST_FILE:
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


def is_too_large(headers: Mapping[str, str]) -> bool:
    """Whether the request with these headers carries more than an allowed file."""
    length = headers.get("CONTENT_LENGTH", "")
    return length.isdigit() and int(length) > LARGEST_FILE
