"""The small words of a digest: numbers, lists and dates as a sentence wants them."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
HALF_A_DAY = timedelta(hours=12)
UNCLOSED = re.compile(r"[A-Za-z0-9%)\]]$")
DATE = re.compile(rf"\b({'|'.join(MONTHS)}) \d{{4}}\b")


def number(count: float) -> str:
    """Write whole numbers up to twelve as words, all else in figures."""
    whole = int(count)
    if whole != count:
        return f"{count:g}"
    return NUMBERS[whole] if 0 <= whole < len(NUMBERS) else str(whole)


def counted(count: float, noun: str, plural: str = "") -> str:
    """Write a number with its noun: "one story", "26 stories"."""
    return f"{number(count)} {noun if count == 1 else plural or noun + 's'}"


def listed(names: Sequence[str]) -> str:
    """Join names as a sentence does: "a", "a and b", "a, b and c"."""
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def first_of(names: Sequence[str], most: int) -> str:
    """Name at most so many, then "and N more"; never "and 1 more", for which the name itself has room."""
    if len(names) <= most + 1:
        return ", ".join(names)
    return f"{', '.join(names[:most])} and {len(names) - most} more"


def capitalised(sentence: str) -> str:
    """Begin with a capital, and leave the rest as it is."""
    return sentence[:1].upper() + sentence[1:]


def closed(sentence: str) -> str:
    """End with a full stop what ends without any: a title that serves as a sentence runs into the next one otherwise."""
    return f"{sentence}." if UNCLOSED.search(sentence) else sentence


def day(moment: datetime, *, this_year: int | None = None) -> str:
    """Write a date: "5 March 2026"; without the year where it is this one."""
    date = f"{moment.day} {MONTHS[moment.month - 1]}"
    return date if moment.year == this_year else f"{date} {moment.year}"


def period(since: datetime, until: datetime) -> str:
    """Write the days of a half-open period, by each end's nearest midnight: "2-8 March 2026".

    The ends are midnights of the reader's zone in UTC: half a day inwards is the right date for every zone within 12 hours.
    """
    first, last = (since + HALF_A_DAY, until - HALF_A_DAY) if until - since >= 2 * HALF_A_DAY else (since, since)
    if (first.year, first.month, first.day) == (last.year, last.month, last.day):
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}-{day(last)}"
    if first.year == last.year:
        return f"{first.day} {MONTHS[first.month - 1]} - {day(last)}"
    return f"{day(first)} - {day(last)}"


def names_a_day(text: str) -> bool:
    """Whether the text holds a date as `day` and `period` write it."""
    return DATE.search(text) is not None
