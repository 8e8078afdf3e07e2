"""Who asks: the user of the access token, as the database has him now."""

from typing import Annotated

from fastapi import Depends, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy import select

from . import tokens
from .database import Database
from .tables import User

bearer = HTTPBearer()


async def caller(database: Database, credentials: Annotated[HTTPAuthorizationCredentials, Depends(bearer)]) -> User:
    user_id = tokens.read(credentials.credentials, "access")
    if user_id is not None:
        user = await database.scalar(select(User).where(User.id == user_id, User.is_active))
        if user is not None:
            return user
    raise HTTPException(401, "Wrong credentials", headers={"WWW-Authenticate": "Bearer"})


Caller = Annotated[User, Depends(caller)]
