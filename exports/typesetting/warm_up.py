"""Warms the typesetter once in the fork server: loaded, its rules read, its fonts found, before any child is forked."""

from contextlib import suppress

from exports.typesetting.child import NotTypeset
from exports.typesetting.pdf import pdf

with suppress(NotTypeset):  # whoever asks for a document is told
    pdf("<p>", pictures={})
