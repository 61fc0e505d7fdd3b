"""Lines that must end somewhere: who reports to whom, what stands inside what."""


def closes(above: dict[int, int | None], start: int | None, parent: int | None) -> bool:
    """Whether putting `start` under `parent` would make a circle; `above` maps each row to the one over it.

    A circle that already stands further up, and does not touch `start`, ends the walk without blame.
    """
    seen = set()
    while parent is not None and parent not in seen:
        if parent == start:
            return True
        seen.add(parent)
        parent = above.get(parent)
    return False
