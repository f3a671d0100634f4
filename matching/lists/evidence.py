"""What speaks for and against a pair, in the words of one cell."""

from collections.abc import Iterable

from matching.explain import sentence
from matching.types import Evidence


def in_one_cell(evidence: Iterable[Evidence]) -> str:
    """Return the sentences of what has weight, the strongest first."""
    said = []
    for item in sorted((item for item in evidence if item.weight), key=lambda item: -abs(item.weight)):
        template, values = sentence(item)
        said.append(f"{'for' if item.weight > 0 else 'against'}: {template % values}")
    return " | ".join(said)
