"""What every test may ask for by name, whatever it tests."""

pytest_plugins = [
    "tests.fixtures.strictness",
    "tests.fixtures.postgres",
    "tests.fixtures.browser",
    "tests.fixtures.validator",
]
