"""How much is measured."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Plan:
    """Sizes are numbers of rows."""

    name: str
    rounds: int
    # Of one measurement.
    seconds: int
    accounts: int
    contacts: int
    movies: int
    # Logins with a wrong password, and as many with an unknown address.
    mismatches: int
    # Movies that are imported beside registrations.
    import_beside: int
    growth_rounds: int
    growth_of_contacts: tuple[int, ...]
    growth_of_accounts: tuple[int, ...]
    growth_of_movies: tuple[int, ...]


QUICK = Plan(
    "quick",
    rounds=3,
    seconds=1,
    accounts=1_000,
    contacts=1_000,
    movies=10_000,
    mismatches=10,
    import_beside=30_000,
    growth_rounds=1,
    growth_of_contacts=(1, 100, 10_000),
    growth_of_accounts=(1_000, 30_000),
    growth_of_movies=(1_000, 30_000),
)

FULL = Plan(
    "full",
    rounds=3,
    seconds=2,
    accounts=1_000,
    contacts=1_000,
    movies=10_000,
    mismatches=50,
    import_beside=100_000,
    growth_rounds=2,
    growth_of_contacts=(1, 100, 3_000, 100_000),
    growth_of_accounts=(1_000, 30_000, 1_000_000),
    growth_of_movies=(1_000, 30_000, 1_000_000),
)

PLANS = {plan.name: plan for plan in (QUICK, FULL)}
