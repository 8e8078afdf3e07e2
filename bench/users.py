#!/usr/bin/env python3
"""Invents accounts in the form of `vestibule users import`: bench/users.py ROWS > FILE."""
import json
import random
import sys
import uuid

BASE64 = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
NAMES = "ada anna bohdan björn chloe dmytro emma félix grace hanna ivan julia kateryna léa maria noah olena".split()


def main() -> None:
    chance = random.Random(7)
    rows = int(sys.argv[1])
    for number in range(rows):
        name = chance.choice(NAMES)
        salted = "".join(chance.choices(BASE64, k=53))
        row = {
            "uuid": str(uuid.UUID(int=chance.getrandbits(128), version=4)),
            "email": f"{name}.{number}@example{number % 50}.com",
            "username": f"{name}{number}",
            "display_name": f"{name.title()} {chance.choice(NAMES).title()}",
            "password_hash": f"$2b$12${salted}",
            "is_active": number % 20 != 0,
            "email_verified_at": "2024-01-01T00:00:00Z",
            "created_at": f"20{10 + number * 14 // rows:02}-{1 + number * 168 // rows % 12:02}-01T00:00:00Z",
            "points": number % 3,
        }
        if number % 5 == 0:
            row["mobile"] = f"+336{number:08}"
        print(json.dumps(row, ensure_ascii=False, separators=(",", ":")))


main()
