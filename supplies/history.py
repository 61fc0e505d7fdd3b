"""Every change of a business record is kept, before and after."""


def register() -> None:
    pass
