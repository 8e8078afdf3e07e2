"""Login and refresh, as the surface `theater` has them."""

import bcrypt
from fastapi import APIRouter, HTTPException
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, Field
from sqlalchemy import select

from .. import settings, tokens
from ..database import Database
from ..tables import RefreshToken, User

router = APIRouter(prefix="/api/v1/accounts")


class Login(BaseModel):
    email: str = Field(max_length=254)
    password: str = Field(max_length=72)


class Refresh(BaseModel):
    refresh_token: str


class Access(BaseModel):
    access_token: str


class Tokens(Access):
    refresh_token: str
    token_type: str = "bearer"


@router.post("/login/", status_code=201)
async def log_in(login: Login, database: Database) -> Tokens:
    user = await database.scalar(select(User).where(User.email == login.email.lower()))
    # No connection is kept while the password is compared.
    await database.commit()
    if user is None or not await run_in_threadpool(
        bcrypt.checkpw, login.password.encode(), user.hashed_password.encode()
    ):
        raise HTTPException(401, "Invalid email or password.")
    if not user.is_active:
        raise HTTPException(403, "User account is not activated.")
    refresh = tokens.sign(user.id, "refresh", settings.REFRESH_LIFE)
    database.add(RefreshToken(digest=tokens.digest(refresh), user_id=user.id))
    await database.commit()
    return Tokens(access_token=tokens.sign(user.id, "access", settings.ACCESS_LIFE), refresh_token=refresh)


@router.post("/refresh/")
async def refresh(wanted: Refresh, database: Database) -> Access:
    user_id = tokens.read(wanted.refresh_token, "refresh")
    if user_id is None:
        raise HTTPException(400, "Token has expired.")
    found = await database.scalar(
        select(User)
        .join(RefreshToken, RefreshToken.user_id == User.id)
        .where(RefreshToken.digest == tokens.digest(wanted.refresh_token), User.id == user_id, User.is_active)
    )
    if found is None:
        raise HTTPException(401, "Refresh token not found.")
    return Access(access_token=tokens.sign(found.id, "access", settings.ACCESS_LIFE))
