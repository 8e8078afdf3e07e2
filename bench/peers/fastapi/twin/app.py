"""The application: uvicorn twin.app:app."""

from fastapi import FastAPI

from .routes import contacts, health, movies, profiles, sessions

app = FastAPI(title="Twin", openapi_url=None)
for routes in (health, contacts, movies, profiles, sessions):
    app.include_router(routes.router)
