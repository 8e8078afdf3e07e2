"""Calls every surface through the client that openapi-python-client generated, as `vestibule_client` beside this file.

`sign_up` makes an account at each surface. `log_in` does the rest; it reads what was mailed from its input.
"""

import base64
import datetime
import json
import sys
from typing import TypeVar

from vestibule_client import AuthenticatedClient, Client
from vestibule_client.api.admin import admin_log_in, admin_refresh, admin_show_user, admin_sign_up
from vestibule_client.api.contacts import (
    contacts_confirm_email,
    contacts_create_contact,
    contacts_list_birthdays,
    contacts_list_contacts,
    contacts_log_in,
    contacts_refresh,
    contacts_sign_up,
)
from vestibule_client.api.mobile import (
    mobile_activate_account,
    mobile_list_users,
    mobile_log_in,
    mobile_refresh_token,
    mobile_register,
)
from vestibule_client.api.points import (
    points_add_points,
    points_create_user,
    points_log_in,
    points_send_verification_code,
    points_show_user,
)
from vestibule_client.api.theater import (
    theater_activate,
    theater_change_movie,
    theater_create_movie,
    theater_list_movies,
    theater_log_in,
    theater_refresh,
    theater_register,
    theater_show_movie,
)
from vestibule_client.models import (
    AdminAccessToken,
    AdminLogin,
    AdminNewUser,
    AdminTokens,
    AdminUser,
    BalanceChange,
    Changed,
    Code,
    CodeKind,
    CodeRequest,
    Contact,
    ContactFields,
    ContactsLogin,
    ContactsTokens,
    Created,
    Message,
    MobileAccessToken,
    MobileActivation,
    MobileLogin,
    MobileNewUser,
    MobileTokens,
    Movie,
    MoviePage,
    MovieStatus,
    MovieToChange,
    MovieToCreate,
    OneUser,
    PointsLogin,
    PointsNewUser,
    PointsUser,
    RefreshRequest,
    Registered,
    Registration,
    Role,
    Session,
    SignedUp,
    SignUp,
    TheaterAccessToken,
    TheaterActivation,
    TheaterLogin,
    TheaterTokens,
    Users,
)

T = TypeVar("T")


def expect(kind: type[T], answer: object) -> T:
    """The answer, if it is of this kind."""
    assert isinstance(answer, kind), answer
    return answer


def sign_up(client: Client, who: dict[str, str]) -> None:
    registration = Registration(email=who["theater"], password="Analytical#1843")
    expect(Registered, theater_register.sync(client=client, body=registration))
    signing_up = SignUp(username="ada_l", password="Engine1843", email=who["contacts"])
    expect(SignedUp, contacts_sign_up.sync(client=client, body=signing_up))
    new_user = AdminNewUser(email=who["admin"], username=who["admin_name"], password="Engine1843")
    expect(Created, admin_sign_up.sync(client=client, body=new_user))
    new = PointsNewUser(username="Ada", email=who["points"], password="Analytical1843", phone_number="+33 1")
    expect(Message, points_create_user.sync(client=client, body=new))
    registering = MobileNewUser(username=who["mobile_name"], mobile=who["mobile"], password="Engine1843")
    expect(OneUser, mobile_register.sync(client=client, body=registering))


def theater(client: Client, who: dict[str, str]) -> None:
    activation = TheaterActivation(email=who["theater"], token=who["theater_code"])
    expect(Message, theater_activate.sync(client=client, body=activation))
    login = TheaterLogin(email=who["theater"], password="Analytical#1843")
    tokens = expect(TheaterTokens, theater_log_in.sync(client=client, body=login))
    refresh = RefreshRequest(refresh_token=tokens.refresh_token)
    expect(TheaterAccessToken, theater_refresh.sync(client=client, body=refresh))
    new = MovieToCreate(
        name=f"Metropolis of {who['theater']}",
        date=datetime.date(1927, 1, 10),
        score=89,
        overview="A city of towers.",
        status=MovieStatus.POST_PRODUCTION,
        budget=1_300_000,
        revenue=1_350_322,
        country="DE",
        genres=["Drama"],
        actors=["Brigitte Helm"],
        languages=["German"],
    )
    # While the door is open nobody is asked for a token. The generator asks for one wherever one may be sent.
    caller = AuthenticatedClient(base_url=client._base_url, token=tokens.access_token)
    movie = expect(Movie, theater_create_movie.sync(client=caller, body=new))
    assert movie.status is MovieStatus.POST_PRODUCTION
    change = MovieToChange(status=MovieStatus.RELEASED)
    expect(Changed, theater_change_movie.sync(movie.id, client=caller, body=change))
    shown = expect(Movie, theater_show_movie.sync(movie.id, client=client))
    assert shown.status is MovieStatus.RELEASED and shown.date == new.date
    page = expect(MoviePage, theater_list_movies.sync(client=client))
    assert movie.id in [item.id for item in page.movies]


def contacts(client: Client, who: dict[str, str]) -> None:
    expect(Message, contacts_confirm_email.sync(who["contacts_code"], client=client))
    login = ContactsLogin(username=who["contacts"], password="Engine1843", grant_type="password", scope="")
    tokens = expect(ContactsTokens, contacts_log_in.sync(client=client, body=login))
    refresh = AuthenticatedClient(base_url=client._base_url, token=tokens.refresh_token)
    tokens = expect(ContactsTokens, contacts_refresh.sync(client=refresh))
    caller = AuthenticatedClient(base_url=client._base_url, token=tokens.access_token)
    fields = ContactFields(
        fullname="Grace Hopper",
        email="grace@example.com",
        phone_number=380_501_234_567,
        birthday=datetime.date(1906, 12, 9),
        additional="Compilers",
        user_id=0,
        avatar="https://example.com/grace.png",
    )
    added = expect(Contact, contacts_create_contact.sync(client=caller, body=fields))
    assert added.birthday == fields.birthday and added.phone_number == fields.phone_number
    assert expect(list, contacts_list_contacts.sync(client=caller)) == [added]
    assert expect(list, contacts_list_birthdays.sync(client=caller, days_range=366)) == [added]


def admin(client: Client, who: dict[str, str]) -> None:
    login = AdminLogin(email=who["admin"], password="Engine1843")
    tokens = expect(AdminTokens, admin_log_in.sync(client=client, body=login))
    refresh = RefreshRequest(refresh_token=tokens.refresh_token)
    access = expect(AdminAccessToken, admin_refresh.sync(client=client, body=refresh)).access_token
    payload = access.split(".")[1]
    claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    caller = AuthenticatedClient(base_url=client._base_url, token=access)
    user = expect(AdminUser, admin_show_user.sync(claims["user_id"], client=caller))
    assert user.email == who["admin"] and user.role is Role.REGULAR


def points(client: Client, who: dict[str, str]) -> None:
    wanted = CodeRequest(to=who["points"], type_=CodeKind.MIXTE)
    expect(Code, points_send_verification_code.sync(client=client, body=wanted))
    login = PointsLogin(email=who["points"], password="Analytical1843")
    session = expect(Session, points_log_in.sync(client=client, body=login))
    caller = AuthenticatedClient(base_url=client._base_url, token=session.access_token)
    expect(Message, points_add_points.sync(client=caller, body=BalanceChange(points=5)))
    user = expect(PointsUser, points_show_user.sync(client=caller))
    assert user.points == 5 and user.email == who["points"]


def mobile(client: Client, who: dict[str, str]) -> None:
    activation = MobileActivation(mobile=who["mobile"], code=who["mobile_code"])
    expect(OneUser, mobile_activate_account.sync(client=client, body=activation))
    login = MobileLogin(username=who["mobile_name"], password="Engine1843")
    tokens = expect(MobileTokens, mobile_log_in.sync(client=client, body=login))
    refresh = AuthenticatedClient(base_url=client._base_url, token=tokens.refresh_token)
    access = expect(MobileAccessToken, mobile_refresh_token.sync(client=refresh)).access_token
    caller = AuthenticatedClient(base_url=client._base_url, token=access)
    users = expect(Users, mobile_list_users.sync(client=caller, page=1, per_page=100))
    assert who["mobile_name"] in [user.username for user in users.data]


if __name__ == "__main__":
    people: dict[str, str] = json.load(sys.stdin)
    anyone = Client(base_url=people["server"])
    if sys.argv[1] == "sign_up":
        sign_up(anyone, people)
    else:
        for surface in (theater, contacts, admin, points, mobile):
            surface(anyone, people)
