"""The table of what was opened."""

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portfolio.foundation.db import Base


class Opening(Base):
    """Somebody opened this on that day, and the log has a line of it: the next time needs none."""

    __tablename__ = "opening"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    subject: Mapped[str] = mapped_column(String(80), primary_key=True)
    """As the log names it: `evidence 12`, `assessment 4`, `file 7`; beside these, `work of 5` (a learner's)."""
    day: Mapped[date] = mapped_column(primary_key=True)
    """The centre's."""
