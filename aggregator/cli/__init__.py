"""The command `digest`: one file per group of commands; each parses, calls one function, prints."""


def main() -> None:
    """Run the command; a person sees a sentence, never a traceback."""
    from aggregator.cli.app import run

    run()


__all__ = ["main"]
