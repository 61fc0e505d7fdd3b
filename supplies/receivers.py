"""What is heard from below."""


def connect() -> None:
    pass
