"""Procedures of bodies: those that are shipped, those of a file, and changed ones."""

from r2psched.files.procedures.reading import (
    procedure,
    procedure_ids,
    procedure_of,
    procedures,
    written,
)

__all__ = ["procedure", "procedure_ids", "procedure_of", "procedures", "written"]
