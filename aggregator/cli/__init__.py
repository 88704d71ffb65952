"""The command `digest`: one file per group of commands; each parses, calls one function, prints."""


def main() -> None:
    """Run the command; a person sees a sentence, never a traceback."""
    try:
        from aggregator.cli.app import run

        run()
    except KeyboardInterrupt:  # before or after the command itself
        raise SystemExit(130) from None


__all__ = ["main"]
