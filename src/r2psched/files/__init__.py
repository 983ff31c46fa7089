"""Files: programmes as TOML, lists as CSV, plain trees, and how they are written."""

from r2psched.files.reading import from_dict, loads, read
from r2psched.files.saving import save
from r2psched.files.writing import to_dict, write

__all__ = ["from_dict", "loads", "read", "save", "to_dict", "write"]
