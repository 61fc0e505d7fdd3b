"""Plumbing of every test: a database that other processes can open, a broker, and a word on browsers."""

pytest_plugins = ["tests.plugins.database", "tests.plugins.broker", "tests.plugins.browser"]
