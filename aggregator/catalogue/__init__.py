"""sources.yaml and archetypes.yaml, read with the line that everything stands on."""
