"""What somebody does in a browser, counted: every press, every answer typed, ticked or chosen is one action."""

from dataclasses import dataclass, field

from playwright.sync_api import Page


@dataclass
class Hands:
    """A person at a page; nothing is guessed: what they press or fill in is found by the words that they read."""

    page: Page
    done: list[str] = field(default_factory=list)
    """Each action in words."""

    def presses(self, name: str, *, kind: str = "button") -> None:
        """Press a button, a link or a heading of that name."""
        self.page.get_by_role(kind, name=name, exact=True).first.click()  # type: ignore[arg-type]
        self.done.append(f"press {name}")

    def types(self, label: str, words: str) -> None:
        """Fill in an answer."""
        self.page.get_by_label(label, exact=False).first.fill(words)
        self.done.append(f"type {label}")

    def ticks(self, label: str) -> None:
        """Tick a box, or choose a round button."""
        self.page.locator("label", has_text=label).first.click()
        self.done.append(f"tick {label}")

    def chooses(self, label: str, option: str) -> None:
        """Choose from a list."""
        self.page.get_by_label(label, exact=False).first.select_option(label=option)
        self.done.append(f"choose {option}")
