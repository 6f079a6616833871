"""What people and roles have of the sign-in library, which takes long to load: it is added where somebody signs in."""

from flask_login import UserMixin


class LibraryRole:
    """Stands for `flask_security.RoleMixin`."""


class LibraryUser(UserMixin):
    """Stands for `flask_security.UserMixin`."""

    active: bool
    fs_uniquifier: str

    def get_id(self) -> str:
        """By what a session knows the person."""
        return str(self.fs_uniquifier)

    @property
    def is_active(self) -> bool:
        """Whether the person may sign in."""
        return self.active


def complete(ours: type, library: type) -> None:
    """Give one of these classes what the library's has beyond it."""
    for name, value in vars(library).items():
        if not hasattr(ours, name):
            setattr(ours, name, value)
