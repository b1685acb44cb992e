"""Answers of the test client that hold an open file."""

from django.http.response import HttpResponseBase


def read_to_the_end(response: HttpResponseBase) -> bytes:
    """What an answer holds, its file closed.

    To close the answer itself would tell Django that a request is over, and it would drop the connection of the test.
    """
    if response.streaming:
        return b"".join(response.streaming_content)  # type: ignore[attr-defined]  # a streaming answer has it
    return bytes(response.content)  # type: ignore[attr-defined]  # the others have this
