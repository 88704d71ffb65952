"""How the command ends: one number a reason, the same in docs/cli.md."""

from enum import IntEnum

from aggregator.errors import AggregatorError, CatalogueError, NothingReadError, NothingToSayError, SettingsError, UsageError


class ExitCode(IntEnum):
    """What a script reads off."""

    DONE = 0  # also when some sources failed: they are listed
    FAILED = 1  # full disk, unreadable or newer database, verify or doctor found faults
    USAGE = 2  # wrong usage or configuration
    NOTHING_READ = 3  # nothing could be fetched and nothing is stored
    NOTHING_TO_SAY = 4
    PARTIAL = 5  # a partial digest, where --strict was given
    INTERRUPTED = 130


def exit_code(error: AggregatorError) -> ExitCode:
    """Say how the command ends after this error."""
    match error:
        case UsageError() | CatalogueError() | SettingsError():
            return ExitCode.USAGE
        case NothingReadError():
            return ExitCode.NOTHING_READ
        case NothingToSayError():
            return ExitCode.NOTHING_TO_SAY
        case _:
            return ExitCode.FAILED
