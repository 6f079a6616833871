"""Warms the typesetter once in the fork server: loaded, its rules read, its fonts found, before any child is forked."""

from exports.typesetting.pdf import pdf

pdf("<p>", pictures={})
