"""The room that a reading time gives, and the headings under which stories stand."""

from dataclasses import dataclass

LEADS, PAPERS, ALSO = "Leads", "Papers", "Also this week"

FOR_MINUTES = 6.0  # the reading time for which the figures below are meant
WORDS = 1100
FULL, LEAST_FULL, LINES, LEAST_LINES, LEAD, SECTION, PAPER = 20, 20, 9, 4, 9, 5, 5
QUOTA = 2  # stories for each archetype that the reader chose


@dataclass(frozen=True, slots=True)
class Room:
    """How much a digest may hold."""

    words: int  # at most
    full: int
    least_full: int  # as long as there is that much worth it
    lines: int
    least_lines: int  # that stay when room is scarce, as long as other stories can be told shorter
    leads: int
    section: int  # stories under one archetype
    papers: int


def room(minutes: float) -> Room:
    """Scale the figures for six minutes to this reading time; a minute still tells a story or two."""
    scale = max(minutes, 0.5) / FOR_MINUTES

    def scaled(figure: int, least: int) -> int:
        return max(least, round(figure * scale))

    return Room(
        words=scaled(WORDS, 100),
        full=scaled(FULL, 2),
        least_full=scaled(LEAST_FULL, 1),
        lines=scaled(LINES, 1),
        least_lines=scaled(LEAST_LINES, 0),
        leads=scaled(LEAD, 1),
        section=scaled(SECTION, 1),
        papers=scaled(PAPER, 1),
    )
