"""Write: choose, summarise with citations, compose, check."""
