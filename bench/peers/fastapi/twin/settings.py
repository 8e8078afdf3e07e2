"""What the harness tells the twin, in variables of the environment."""

import os

# A PostgreSQL database, as postgresql+asyncpg://user@host:port/name.
DATABASE = os.environ["TWIN_DATABASE"]
# Connections that each worker keeps open at the most. With a worker per core they are as many as the product's.
CONNECTIONS = int(os.environ.get("TWIN_CONNECTIONS", "8"))
# Key of the tokens, at least 32 bytes.
SECRET = os.environ["TWIN_SECRET"]
# Lives of tokens, in seconds.
ACCESS_LIFE = 24 * 3600
REFRESH_LIFE = 7 * 24 * 3600
