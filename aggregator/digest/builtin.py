"""The built-in writer: verbatim sentences of the story's own entries, with no model and no key.

What it cannot do (join two sources in a sentence, give a claim its owner, write an overview) it does not try.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from aggregator.digest.summaries import summarise
from aggregator.models import Choice, Draft, Reader
from aggregator.protocols import Secrets, Writer


class Options(BaseModel, extra="forbid"):
    """It takes none."""


class BuiltIn:
    """The writer behind `built-in`."""

    def write(self, stories: Sequence[Choice], reader: Reader, deadline: datetime) -> Draft:  # noqa: ARG002  # the joint's arguments
        """Give a summary for each story: a headline, and up to three sentences of its fresh entries."""
        return Draft(summaries={choice.story.id: summarise(choice) for choice in stories})


def factory(options: Options, secrets: Secrets, tools: Any) -> Writer:  # noqa: ARG001  # the joint's arguments
    """Build the writer; it needs nothing."""
    return BuiltIn()
