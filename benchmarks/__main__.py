"""`make bench`: every measurement that needs nothing but this checkout."""

from benchmarks import startup, walk

for measure in (startup.main, walk.main):
    measure()
    print()
