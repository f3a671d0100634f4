"""Pages of a long list, the same wherever one is shown."""


def page_within(page: int, count: int, size: int) -> tuple[int, int]:
    """Return the page that is shown when `page` is asked for, and how many there are."""
    pages = max(1, -(-count // size))
    return min(max(1, page), pages), pages
