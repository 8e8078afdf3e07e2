"""Checks tokens with a library, given nothing but the key and the algorithm.

Argument: the library. Standard input: {"key": …, "algorithm": …, "tokens": [{"name": …, "token": …}]}.
Standard output: for each name the claims, or {"refused": why}.
"""

import json
import sys
import warnings


def pyjwt(token, key, algorithm):
    import jwt

    return jwt.decode(token, key, algorithms=[algorithm])


def python_jose(token, key, algorithm):
    from jose import jwt

    return jwt.decode(token, key, algorithms=[algorithm])


def joserfc(token, key, algorithm):
    from joserfc import jwt
    from joserfc.jwk import OctKey

    claims = jwt.decode(token, OctKey.import_key(key), algorithms=[algorithm]).claims
    # Without this it takes an expired token.
    jwt.JWTClaimsRegistry().validate(claims)
    return claims


def authlib(token, key, algorithm):
    # It says each time that this module is on its way out. Clients of the originals have it all the same.
    with warnings.catch_warnings(record=True):
        from authlib.jose import JsonWebToken

    claims = JsonWebToken([algorithm]).decode(token, key)
    claims.validate()
    return dict(claims)


def outcome(check, token, given):
    try:
        return check(token, given["key"], given["algorithm"])
    except Exception as error:  # Whatever it is, it is a refusal.
        return {"refused": f"{type(error).__name__}: {error}"}


given = json.load(sys.stdin)
check = {"pyjwt": pyjwt, "python-jose": python_jose, "joserfc": joserfc, "authlib": authlib}[sys.argv[1]]
json.dump({case["name"]: outcome(check, case["token"], given) for case in given["tokens"]}, sys.stdout)
