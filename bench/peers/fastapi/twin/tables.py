"""The tables, with the indexes that the measured queries need."""

import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Column, ForeignKey, Index, String, Table, func
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(unique=True)
    email: Mapped[str] = mapped_column(String(255), unique=True)
    username: Mapped[str] = mapped_column(String(255), unique=True)
    mobile: Mapped[str | None] = mapped_column(String(32), unique=True)
    phone_number: Mapped[str | None] = mapped_column(String(255))
    hashed_password: Mapped[str] = mapped_column(String(255))
    role: Mapped[str] = mapped_column(String(16), default="regular")
    is_active: Mapped[bool] = mapped_column(default=True)
    points: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime.datetime]


class RefreshToken(Base):
    __tablename__ = "refresh_tokens"

    # SHA-256 of the token, in hexadecimal digits.
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)


class Contact(Base):
    __tablename__ = "contacts"

    id: Mapped[int] = mapped_column(primary_key=True)
    fullname: Mapped[str] = mapped_column(String(150))
    email: Mapped[str] = mapped_column(String(200))
    phone_number: Mapped[int] = mapped_column(BigInteger)
    birthday: Mapped[datetime.date]
    # Month × 100 + day, so that birthdays are a range of an index.
    birthday_month_day: Mapped[int]
    additional: Mapped[str] = mapped_column(String(500))
    avatar: Mapped[str] = mapped_column(String(500))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))

    __table_args__ = (
        Index("ix_contacts_owner", "user_id", "id"),
        Index("ix_contacts_birthday", "user_id", "birthday_month_day"),
    )


Index(
    "ix_contacts_search",
    func.lower(Contact.fullname).label("fullname"),
    func.lower(Contact.email).label("email"),
    postgresql_using="gin",
    postgresql_ops={"fullname": "gin_trgm_ops", "email": "gin_trgm_ops"},
)


def _links(name: str, other: str) -> Table:
    return Table(
        name,
        Base.metadata,
        Column("movie_id", ForeignKey("movies.id", ondelete="CASCADE"), primary_key=True),
        Column("other_id", ForeignKey(f"{other}.id", ondelete="CASCADE"), primary_key=True),
    )


movies_genres = _links("movies_genres", "genres")
movies_actors = _links("movies_actors", "actors")
movies_languages = _links("movies_languages", "languages")


class Country(Base):
    __tablename__ = "countries"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(3), unique=True)
    name: Mapped[str | None] = mapped_column(String(255))


class Genre(Base):
    __tablename__ = "genres"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(255), unique=True)


class Actor(Base):
    __tablename__ = "actors"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(255), unique=True)


class Language(Base):
    __tablename__ = "languages"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(255), unique=True)


class Movie(Base):
    __tablename__ = "movies"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(255))
    date: Mapped[datetime.date]
    score: Mapped[float]
    overview: Mapped[str]
    status: Mapped[str] = mapped_column(String(50))
    budget: Mapped[float]
    revenue: Mapped[float]
    country_id: Mapped[int] = mapped_column(ForeignKey("countries.id"))
    country: Mapped[Country] = relationship(lazy="raise")
    genres: Mapped[list[Genre]] = relationship(secondary=movies_genres, lazy="raise", order_by=Genre.id)
    actors: Mapped[list[Actor]] = relationship(secondary=movies_actors, lazy="raise", order_by=Actor.id)
    languages: Mapped[list[Language]] = relationship(secondary=movies_languages, lazy="raise", order_by=Language.id)
