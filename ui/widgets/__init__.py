"""The small widgets that every page is made of; one file a widget. See `ui.theme` for colours, type and spacing."""

from ui.widgets.banner import Banner
from ui.widgets.beside import Beside
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.empty import EmptyState
from ui.widgets.field_box import FieldBox
from ui.widgets.icons import Icon
from ui.widgets.keys import KeyHint
from ui.widgets.labels import Elided, label, line
from ui.widgets.page_header import PageHeader
from ui.widgets.pill import Pill
from ui.widgets.progress import Progress
from ui.widgets.row import Row
from ui.widgets.rows import ListCard
from ui.widgets.scroll import Scroll
from ui.widgets.search_field import SearchField
from ui.widgets.segmented import Option, Segmented
from ui.widgets.skeleton import Skeleton
from ui.widgets.tabs import Tabs
from ui.widgets.toast import Toast
from ui.widgets.told import Told

__all__ = [
    "Banner", "Beside", "Button", "Card", "Chip", "Elided", "EmptyState", "FieldBox", "Icon", "KeyHint", "ListCard",
    "Option", "PageHeader", "Pill", "Progress", "Row", "Scroll", "SearchField", "Segmented", "Skeleton", "Tabs",
    "Toast", "Told", "label", "line",
]  # fmt: skip
