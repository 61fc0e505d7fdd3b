"""Plumbing of every test: plain static files, a broker of its own, and a word about missing browsers."""

pytest_plugins = ["tests.plugins.static", "tests.plugins.broker"]
