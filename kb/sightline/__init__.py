"""Sightline check (見通し): whether a person can be seen from a viewpoint over and past what stands between."""
