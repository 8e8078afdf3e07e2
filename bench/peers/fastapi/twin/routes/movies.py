"""The catalogue, as the surface `theater` shows it."""

import datetime
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query
from pydantic import BaseModel, ConfigDict
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from ..database import Database
from ..tables import Movie

router = APIRouter(prefix="/api/v1/theater/movies")


class FromRow(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class Item(FromRow):
    id: int
    name: str
    date: datetime.date
    score: float
    overview: str


class Page(BaseModel):
    movies: list[Item]
    prev_page: str | None
    next_page: str | None
    total_pages: int
    total_items: int


class Named(FromRow):
    id: int
    name: str


class CountryView(FromRow):
    id: int
    code: str
    name: str | None


class Detail(Item):
    status: str
    budget: float
    revenue: float
    country: CountryView
    genres: list[Named]
    actors: list[Named]
    languages: list[Named]


@router.get("/")
async def list_movies(
    database: Database,
    page: Annotated[int, Query(ge=1)] = 1,
    per_page: Annotated[int, Query(ge=1, le=20)] = 10,
) -> Page:
    total = await database.scalar(select(func.count(Movie.id))) or 0
    columns = select(Movie.id, Movie.name, Movie.date, Movie.score, Movie.overview)
    rows = await database.execute(columns.order_by(Movie.id.desc()).offset((page - 1) * per_page).limit(per_page))
    movies = [Item.model_validate(row) for row in rows]
    if not movies:
        raise HTTPException(404, "No movies found.")
    pages = -(-total // per_page)
    link = "/theater/movies/?page={}&per_page={}".format
    return Page(
        movies=movies,
        prev_page=link(page - 1, per_page) if page > 1 else None,
        next_page=link(page + 1, per_page) if page < pages else None,
        total_pages=pages,
        total_items=total,
    )


@router.get("/{movie_id}/")
async def show(movie_id: int, database: Database) -> Detail:
    movie = await database.scalar(
        select(Movie)
        .where(Movie.id == movie_id)
        .options(
            joinedload(Movie.country),
            selectinload(Movie.genres),
            selectinload(Movie.actors),
            selectinload(Movie.languages),
        )
    )
    if movie is None:
        raise HTTPException(404, "Movie with the given ID was not found.")
    return Detail.model_validate(movie)
