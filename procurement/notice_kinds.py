"""What people are told."""


def register() -> None:
    pass
