"""The address book, as the surface `contacts` has it."""

import datetime
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import func, or_, select

from ..caller import Caller
from ..database import Database
from ..tables import Contact

router = APIRouter(prefix="/api/contacts")


class Facts(BaseModel):
    fullname: str = Field(max_length=150)
    email: str = Field(max_length=200)
    phone_number: int
    birthday: datetime.date
    additional: str = Field(max_length=500)
    user_id: int
    avatar: str = Field(max_length=500)


class View(Facts):
    model_config = ConfigDict(from_attributes=True)

    id: int


def _month_day(day: datetime.date) -> int:
    return day.month * 100 + day.day


@router.get("/")
async def list_contacts(
    caller: Caller,
    database: Database,
    skip: Annotated[int, Query(ge=0)] = 0,
    limit: Annotated[int, Query(ge=0, le=100)] = 20,
) -> list[View]:
    own = select(Contact).where(Contact.user_id == caller.id).order_by(Contact.id).offset(skip).limit(limit)
    return [View.model_validate(contact) for contact in await database.scalars(own)]


@router.post("/", status_code=201)
async def create(facts: Facts, caller: Caller, database: Database) -> View:
    values = facts.model_dump() | {"user_id": caller.id, "birthday_month_day": _month_day(facts.birthday)}
    contact = Contact(**values)
    database.add(contact)
    await database.commit()
    return View.model_validate(contact)


@router.get("/bd")
async def birthdays(
    caller: Caller, database: Database, days_range: Annotated[int, Query(ge=0, le=366)] = 7
) -> list[View]:
    today = datetime.datetime.now(datetime.UTC).date()
    first, last = _month_day(today), _month_day(today + datetime.timedelta(days=days_range))
    day = Contact.birthday_month_day
    # Over New Year they are two ranges.
    within = day.between(first, last) if first <= last else or_(day >= first, day <= last)
    own = select(Contact).where(Contact.user_id == caller.id, within).order_by(day < first, day, Contact.id)
    return [View.model_validate(contact) for contact in await database.scalars(own)]


@router.get("/{query}")
async def find(query: str, caller: Caller, database: Database) -> View:
    # Names before addresses, the letter case as given before any other, then the least id.
    for column in (Contact.fullname, Contact.email):
        own = (
            select(Contact)
            .where(Contact.user_id == caller.id, func.lower(column).contains(query.lower(), autoescape=True))
            .order_by(func.strpos(column, query) == 0, Contact.id)
            .limit(1)
        )
        contact = await database.scalar(own)
        if contact is not None:
            return View.model_validate(contact)
    raise HTTPException(404, "Contact was not found")
