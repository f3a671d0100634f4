"""Progress of a long run as short lines for a person who waits."""

import time
from collections.abc import Callable

Say = Callable[[str], None]

_EVERY_SECONDS = 5.0


class Speed:
    """How far one list is, at most one line every few seconds."""

    def __init__(
        self, side: str, total: int, say: Say, *, start: int = 0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Count from `start` to `total` rows."""
        self._side, self._total, self._say, self._clock = side, total, say, clock
        self._start = start
        self._began = self._told = clock()

    def tell(self, done: int, more: str = "") -> None:
        """Say that `done` rows are read, when the last line is long enough ago; `more` stands behind the rows."""
        now = self._clock()
        if now - self._told < _EVERY_SECONDS:
            return
        self._told = now
        share = (now - self._began) / max(1, done - self._start)
        left = spoken(share * max(0, self._total - done))
        self._say(f"{self._side}: {done:,} of {self._total:,} rows{more}; about {left} remaining.")


def spoken(seconds: float) -> str:
    """Return a length of time in the two largest units that matter."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
