"""Plumbing of every test: a database others can open, a broker, workers, and a word on browsers."""

pytest_plugins = [
    "tests.plugins.database",
    "tests.plugins.broker",
    "tests.plugins.browser",
    "tests.plugins.crew",
    "tests.plugins.postbox",
]
