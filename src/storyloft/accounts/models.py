"""A person who can sign in, the one-time link that signs them in, and the bylines works are by."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, BaseUserManager
from django.db import models
from django.utils import timezone

from storyloft.addresses import new_public_id
from storyloft.prose.folding import fold


class People(BaseUserManager["Person"]):
    """All people. The owner is the first one, made at first start."""

    def owner(self) -> Person:
        """The person this archive belongs to; made when there is none yet."""
        return self.filter(is_owner=True).order_by("pk").first() or self.create(name="owner", is_owner=True)

    def create_user(self, name: str, password: str | None = None) -> Person:
        person = self.model(name=name)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Somebody who can sign in. No e-mail, birth date or real name: what is not collected cannot leak."""

    name = models.CharField(max_length=80, unique=True)
    is_owner = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    writes = models.BooleanField(default=False, help_text="Has a byline of their own; `Byline.save` keeps it.")
    joined_at = models.DateTimeField(default=timezone.now)

    objects = People()
    USERNAME_FIELD = "name"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.name


Visitor = Person | AnonymousUser | None


def member(visitor: Visitor) -> Person | None:
    """The signed-in person, or None for a stranger."""
    return visitor if isinstance(visitor, Person) and visitor.is_active else None


class SignInLinks(models.Manager["SignInLink"]):
    """One-time links. Only a hash is stored: a copy of the database signs nobody in."""

    def make(self, person: Person) -> str:
        """A fresh secret for this person, good for one use within a day; older unused ones end."""
        self.filter(person=person, used_at=None).delete()
        secret = secrets.token_urlsafe(32)
        self.create(person=person, digest=_digest(secret))
        return secret

    def use(self, secret: str) -> Person | None:
        """The person a secret signs in, once; None for a used, old or invented one."""
        fresh = self.filter(digest=_digest(secret), used_at=None, made_at__gt=timezone.now() - timedelta(days=1))
        # Claimed by a conditional update: of two requests with the same link one wins.
        if not fresh.update(used_at=timezone.now()):
            return None
        return self.get(digest=_digest(secret)).person


class SignInLink(models.Model):
    """A link that signs one person in once, as Jupyter prints at its start."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True)

    objects = SignInLinks()

    def __str__(self) -> str:
        return f"link for {self.person}"


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


class Bylines(models.Manager["Byline"]):
    """The names works are by."""

    def unclaimed(self, name: str, *, site: str = "", url: str = "", login: str = "") -> Byline:
        """The unclaimed author of an import: one byline for a name at a site, found again the next time."""
        byline, _ = self.get_or_create(
            person=None, name=name[:150], site=site[:100], login=login[:150], defaults={"url": url[:500]}
        )
        return byline


class Byline(models.Model):
    """The name a work is by: a pen name of a member, or the unclaimed author of an import with their address."""

    public_id = models.BigIntegerField(unique=True, default=new_public_id)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="bylines")
    name = models.CharField(max_length=150)
    folded = models.CharField(max_length=300, default="", db_index=True, help_text="The name without case and accents.")
    site = models.CharField(max_length=100, blank=True)
    login = models.CharField(max_length=150, blank=True)
    url = models.CharField(max_length=500, blank=True)

    objects = Bylines()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["name", "site", "login"], condition=models.Q(person=None), name="one_unclaimed_byline"
            ),
        )

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - passed on untouched
        """Save it, and note on a member that they write: only then do rights look at who a work is by."""
        self.folded = fold(self.name)[:300]
        super().save(*args, **kwargs)
        if self.person and not self.person.writes:
            Person.objects.filter(pk=self.person.pk).update(writes=True)
            self.person.writes = True
