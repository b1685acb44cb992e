"""What a line of the log never holds: the secret of the address that an agenda reads."""

import logging
import re

SECRET = re.compile(r"(/agenda/)[^/\s]+(\.ics)")


class WithoutSecrets(logging.Filter):
    """Hide the secret of an address before the line is written."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Every line is kept, without its secret."""
        told = record.getMessage()
        hidden = SECRET.sub(r"\1…\2", told)
        if hidden != told:
            record.msg, record.args = hidden, ()
        return True
