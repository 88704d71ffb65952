"""Feeds for the acceptance tests: a week of three sources that tell three stories."""

from collections.abc import Iterable
from html import escape

Item = tuple[str, str, str, str]  # guid, title, link, text

MAKER = [
    (
        "m1",
        "Tarn Labs releases Brook 2, an open-weights language model",
        "https://tarn.example/brook-2",
        "Tarn Labs releases the weights of Brook 2, a language model of 9 billion parameters. It scores 71.2 on TicketBench.",
    ),
    (
        "m2",
        "Brook 2 fine-tuning guide for the language model",
        "https://tarn.example/brook-2-guide",
        "The guide shows how to fine-tune the Brook 2 language model on one graphics card with 24 GB of memory.",
    ),
]
PRESS = [
    (
        "p1",
        "Tarn Labs' Brook 2 is an open-weights language model",
        "https://press.example/tarn-brook-2",
        "Tarn Labs has released Brook 2, an open-weights large language model. Its licence allows commercial use.",
    ),
    (
        "p2",
        "Prompt injection in a calendar invitation made an AI assistant leak mail",
        "https://press.example/calendar-injection",
        "A prompt injection in a calendar invitation made the AI assistant Steward leak mail. It was fixed within 19 hours.",
    ),
]
BLOG = [
    (
        "b1",
        "Reranking beats bigger embeddings for retrieval",
        "https://blog.example/reranking",
        "A reranker on top of embeddings in our RAG index raised recall at 10 from 0.71 to 0.84. The vector database stayed.",
    ),
    (
        "b2",
        "An apple cake for the weekend",
        "https://blog.example/cake",
        "Six apples, butter, sugar and patience make this cake.",
    ),
]


def atom(title: str, items: Iterable[Item], day: str = "2026-03-04") -> str:
    """Give an Atom feed of these items, all published on one day."""
    entries = "".join(
        f"<entry><id>{guid}</id><title>{escape(name)}</title><link href='{link}'/><published>{day}T09:00:00Z</published>"
        f"<updated>{day}T09:00:00Z</updated><summary>{escape(text)}</summary></entry>"
        for guid, name, link, text in items
    )
    return (
        f"<?xml version='1.0' encoding='utf-8'?><feed xmlns='http://www.w3.org/2005/Atom'><id>urn:{title}</id>"
        f"<title>{title}</title><updated>{day}T09:00:00Z</updated>{entries}</feed>"
    )


def listing(*addresses: str) -> str:
    """Give a sources.yaml of these feeds on loopback."""
    return "sources:\n" + "".join(
        f"  - feed: {address}\n    name: {address.rpartition('/')[2]}\n    allow_private: true\n" for address in addresses
    )
