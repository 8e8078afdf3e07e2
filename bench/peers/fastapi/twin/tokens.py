"""Signing and reading of tokens."""

import hashlib
import time
import uuid

import jwt

from . import settings


def sign(user_id: int, use: str, life: int) -> str:
    now = int(time.time())
    claims = {"sub": str(user_id), "use": use, "jti": uuid.uuid4().hex, "iat": now, "exp": now + life}
    return jwt.encode(claims, settings.SECRET, algorithm="HS256")


def read(token: str, use: str) -> int | None:
    """The id of the user whom a token of this use names; none if the token is not good."""
    try:
        claims = jwt.decode(token, settings.SECRET, algorithms=["HS256"], options={"require": ["exp", "sub"]})
        return int(claims["sub"]) if claims.get("use") == use else None
    except (jwt.InvalidTokenError, ValueError):
        return None


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
