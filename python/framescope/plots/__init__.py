"""Pictures of numbers: `result.plot`. Altair and vl-convert draw them (the extra `plot`), without a network."""
