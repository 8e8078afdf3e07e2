#!/usr/bin/env bash
# Packages: PyJWT 2.15.1, python-jose 3.5.0, joserfc 1.8.0, Authlib 1.9.10 (PyPI); jose 6.2.18, jsonwebtoken 9.0.3 (npm).
# Run with Python 3.11 and Node 20.
#
# One would guess: a token without "nbf" is good at once, wherever clocks are a little apart. RFC 7519 says of "iat" only
# that it "can be used to determine the age of the JWT", and gives "nbf" for "not before".
# Seen: PyJWT, joserfc and Authlib refuse a token whose "iat" is 60 seconds ahead of their clock, as if it were an "nbf"
# (leeway is 0 by default); python-jose, jose and jsonwebtoken take it. So leaving "nbf" out does not help the first
# three: who checks with them has to set a leeway. Also seen: all six take an "iat" with a fraction of a second.
# Date: 2026-11-28.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
    PyJWT==2.15.1 python-jose==3.5.0 joserfc==1.8.0 Authlib==1.9.10
npm install --silent --ignore-scripts --no-package-lock --no-audit --no-fund jose@6.2.18 jsonwebtoken@9.0.3 >/dev/null

cat >check.py <<'PY'
import base64, hashlib, hmac, json, time, warnings

KEY = "a key of more than thirty-two bytes, in the clear"


def token(**claims):
    part = lambda value: base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()
    text = part({"alg": "HS256", "typ": "JWT"}) + "." + part({"sub": "ada", "exp": now + 600, **claims})
    mac = hmac.new(KEY.encode(), text.encode(), hashlib.sha256).digest()
    return text + "." + base64.urlsafe_b64encode(mac).rstrip(b"=").decode()


def pyjwt(text):
    import jwt

    jwt.decode(text, KEY, algorithms=["HS256"])


def python_jose(text):
    from jose import jwt

    jwt.decode(text, KEY, algorithms=["HS256"])


def joserfc(text):
    from joserfc import jwt
    from joserfc.jwk import OctKey

    jwt.JWTClaimsRegistry().validate(jwt.decode(text, OctKey.import_key(KEY), algorithms=["HS256"]).claims)


def authlib(text):
    with warnings.catch_warnings(record=True):
        from authlib.jose import JsonWebToken

    JsonWebToken(["HS256"]).decode(text, KEY).validate()


now = int(time.time())
tokens = {"now": token(iat=now), "ahead": token(iat=now + 60), "fraction": token(iat=now - 9.5)}
for check in (pyjwt, python_jose, joserfc, authlib):
    for name, text in tokens.items():
        try:
            check(text)
            print(check.__name__, name, "taken")
        except Exception as error:
            print(check.__name__, name, "refused", type(error).__name__)
json.dump({"key": KEY, "tokens": tokens}, open("tokens.json", "w"))
PY
cat >check.mjs <<'JS'
import { readFileSync } from "node:fs";
import { jwtVerify } from "jose";
import jwt from "jsonwebtoken";

const { key, tokens } = JSON.parse(readFileSync("tokens.json", "utf8"));
const checks = {
  jose: (text) => jwtVerify(text, new TextEncoder().encode(key), { algorithms: ["HS256"] }),
  jsonwebtoken: (text) => jwt.verify(text, key, { algorithms: ["HS256"] }),
};
for (const [library, check] of Object.entries(checks)) {
  for (const [name, text] of Object.entries(tokens)) {
    try {
      await check(text);
      console.log(library, name, "taken");
    } catch (error) {
      console.log(library, name, "refused", error.code ?? error.name);
    }
  }
}
JS
{ venv/bin/python -W ignore check.py && node check.mjs; } >seen

cat >recorded <<'TEXT'
pyjwt now taken
pyjwt ahead refused ImmatureSignatureError
pyjwt fraction taken
python_jose now taken
python_jose ahead taken
python_jose fraction taken
joserfc now taken
joserfc ahead refused InvalidClaimError
joserfc fraction taken
authlib now taken
authlib ahead refused InvalidTokenError
authlib fraction taken
jose now taken
jose ahead taken
jose fraction taken
jsonwebtoken now taken
jsonwebtoken ahead taken
jsonwebtoken fraction taken
TEXT
diff recorded seen && echo "as recorded"
