"""Where the pages stand in the menu, who sees them, and what tells open screens to look again."""


def register() -> None:
    pass
