"""Files of office programs: their words as text, in parts, sheets and slides; the originals stay as they are."""
