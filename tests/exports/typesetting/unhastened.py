"""Importing this takes away what makes the typesetter quicker; in a fork server, before it loads the typesetter."""

from typing import Any

from exports.typesetting.patches import speed


def plain_rules(weasyprint: Any) -> Any:
    """All the rules of every browser, footnotes too."""
    return weasyprint.CSS(string=weasyprint.html.UA, counter_style=weasyprint.html.UA_COUNTER_STYLE)


speed.hasten, speed.plain_rules = lambda _weasyprint: None, plain_rules
