"""The centre's register of policies and procedures, to which evidence refers by title, version and clause."""
