"""Which entry speaks for a story: its page is the link, its title the title. And what a story is called from run to run."""

from collections import Counter
from collections.abc import Mapping, Sequence
from enum import IntEnum

from aggregator.models import EntryId, StoredEntry, StoryId
from aggregator.stories.words import pages, words
from aggregator.text import kinds, urls


class Standing(IntEnum):
    """How good an entry's page is as a story's link, the best first."""

    PRIMARY = 0  # the maker's own page, or the paper or repository itself
    ARTICLE = 1
    POINTER = 2  # a forum's link to a page that nobody else here has
    DISCUSSION = 3
    POST = 4
    ROUNDUP = 5


def lead(entries: Sequence[StoredEntry]) -> StoredEntry:
    """Choose the entry that speaks for the story: the primary page if one is there, else an article.

    Of several it is the one that most publishers point at, then the one whose title says what the other titles say, then the
    most detailed.
    """
    titles = [entry.title for entry in entries]
    held = Counter(page for page, _ in sorted({(page, kinds.publisher(entry)) for entry in entries for page in pages(entry)}))
    shared = Counter(word for entry in entries for word in sorted(set(words(entry.title))))

    def order(entry: StoredEntry) -> tuple[int, int, bool, float, int, str, str]:
        page = urls.canonical(entry.target or entry.url)
        at = (entry.date or entry.first_seen).isoformat()
        return (
            standing(entry, titles),
            -held[page],
            kinds.is_forum(entry),
            -centrality(entry, shared),
            -min(len(entry.text), 2000),
            at,
            entry.id,
        )

    return min(entries, key=order)


def centrality(entry: StoredEntry, shared: Mapping[str, int]) -> float:
    """Give how many of the story's titles hold a word of this entry's title, on average."""
    title = set(words(entry.title))
    return round(sum(shared[word] for word in title) / len(title), 1) if title else 0.0


def standing(entry: StoredEntry, titles: Sequence[str]) -> Standing:
    """Say what an entry's page is; the story's titles may name its house."""
    if kinds.is_roundup(entry):
        return Standing.ROUNDUP
    if kinds.is_post(entry):
        return Standing.POST
    forum = kinds.is_forum(entry)
    site = urls.site(entry.url if urls.is_web(entry.url) else entry.target or "")
    if forum and (not site or site in kinds.FORUMS):
        return Standing.DISCUSSION
    if kinds.is_primary(entry, titles):
        return Standing.PRIMARY
    return Standing.POINTER if forum else Standing.ARTICLE


def name_stories(groups: Sequence[Sequence[StoredEntry]], known: Mapping[EntryId, StoryId]) -> list[StoryId]:
    """Name each group: as most of its entries were called before, else after its oldest entry. No two share a name.

    Where a story has fallen into two, the larger part keeps the name, then the older one.
    """
    names: list[StoryId | None] = [None] * len(groups)
    taken: set[StoryId] = set()
    claims = [
        (-votes, -len(group), number, name)
        for number, group in enumerate(groups)
        for name, votes in Counter(known[e.id] for e in group if e.id in known).items()
        if votes * 2 > sum(e.id in known for e in group)
    ]
    for _, _, number, name in sorted(claims):
        if names[number] is None and name not in taken:
            names[number] = name
            taken.add(name)
    for number, group in enumerate(groups):
        if names[number] is None:
            fresh = (StoryId(f"s-{entry.id}") for entry in group)
            names[number] = next((name for name in fresh if name not in taken), StoryId(f"s-{group[0].id}-{number}"))
            taken.add(names[number] or StoryId(""))
    return [name for name in names if name is not None]
