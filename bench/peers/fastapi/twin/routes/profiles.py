"""One's own account, as the surfaces `points`, `mobile` and `admin` show it."""

import datetime
from uuid import UUID

from fastapi import APIRouter, HTTPException
from pydantic import BaseModel
from sqlalchemy import select

from ..caller import Caller
from ..database import Database
from ..tables import User

router = APIRouter()


class OfPoints(BaseModel):
    username: str
    email: str
    phone_number: str
    points: int


class OfMobile(BaseModel):
    mobile: str | None
    status: bool
    username: str | None
    uuid: UUID


class OneOfMobile(BaseModel):
    data: OfMobile
    message: str = "Success!"
    status: int = 200


class OfAdmin(BaseModel):
    id: UUID
    email: str | None
    role: str
    username: str | None
    created_at: datetime.datetime
    updated_at: datetime.datetime | None = None
    is_deleted: bool = False
    updated_by: str | None = None


async def _target(caller: User, wanted: UUID, database: Database) -> User:
    if caller.role != "admin" and caller.uuid != wanted:
        raise HTTPException(403, "Forbidden")
    found = await database.scalar(select(User).where(User.uuid == wanted))
    if found is None:
        raise HTTPException(404, "User not found")
    return found


@router.get("/api/users")
async def of_points(caller: Caller) -> OfPoints:
    return OfPoints(
        username=caller.username, email=caller.email, phone_number=caller.phone_number or "", points=caller.points
    )


@router.get("/user/{wanted}")
async def of_mobile(wanted: UUID, caller: Caller, database: Database) -> OneOfMobile:
    user = await _target(caller, wanted, database)
    return OneOfMobile(data=OfMobile(mobile=user.mobile, status=user.is_active, username=user.username, uuid=user.uuid))


@router.get("/api/v1/auth/users/{wanted}")
async def of_admin(wanted: UUID, caller: Caller, database: Database) -> OfAdmin:
    user = await _target(caller, wanted, database)
    return OfAdmin(id=user.uuid, email=user.email, role=user.role, username=user.username, created_at=user.created_at)
