"""The example resource: put the service's own in its place."""

from pydantic import BaseModel


class Item(BaseModel):
    """One thing that the service knows."""

    id: str
    title: str


_ITEMS: tuple[Item, ...] = (
    Item(id="1", title="First"),
    Item(id="2", title="Second"),
)


def list_items() -> list[Item]:
    """All items."""
    return list(_ITEMS)


def find_item(item_id: str) -> Item | None:
    """One item, or None when there is none of that id."""
    return next((item for item in _ITEMS if item.id == item_id), None)
