"""One clause of the job description, as it is written down."""

from typing import Any, NamedTuple

from ..standards import Shape


class Clause(NamedTuple):
    """One clause (条目): number, short title and full wording, and by what its figure is found.

    `shape` is the main way of measuring it, `also` are others; `key` is the permanent key of the standard
    behind a clause that recurs, so that a duty can be set up for it before its work item is built.
    """

    number: str
    title: Any
    wording: Any
    shape: Shape
    key: str = ""
    also: tuple[Shape, ...] = ()

    @property
    def shapes(self) -> tuple[Shape, ...]:
        return (self.shape, *self.also)
