"""Who is in the tests."""

from __future__ import annotations

from storyloft.accounts.models import Person


def ada() -> Person:
    """Ada owns the archive and keeps a shoebox of stories."""
    return Person.objects.get_or_create(name="ada", defaults={"is_owner": True})[0]


def bertram() -> Person:
    """Bertram is a member: he reads what members may read, and keeps a few stories of his own."""
    return Person.objects.get_or_create(name="bertram")[0]


# A stranger has no row: pass None or an anonymous client.
STRANGER = None
