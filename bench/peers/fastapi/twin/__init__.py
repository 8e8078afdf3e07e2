"""The measured endpoints of Vestibule, as one would write them with FastAPI, SQLAlchemy, PyJWT and bcrypt."""
