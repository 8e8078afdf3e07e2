#!/usr/bin/env bash
# Packages: openapi-python-client 0.29.1 (PyPI), with httpx 0.28.1, attrs 26.1.0 and mypy 2.4.1. Run with Python 3.11.
#
# One would guess: a required body that may be JSON or a urlencoded form, both of one schema, becomes a function that
# takes the schema's class and sends one of the two. OpenAPI 3.1 says of "content": "The key is a media type … and the
# value describes it."
# Seen: the generator says nothing and ends well, also with --fail-on-warning. The module that it wrote cannot be
# imported: its signature names "Unset", which it does not import, and says that the required body may be left out. Below
# that it takes both branches for the same class, so it would give JSON and the form to one request. With one encoding
# the module is as expected.
# Date: 2026-11-28.
set -eu
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
    openapi-python-client==0.29.1 httpx==0.28.1 attrs==26.1.0 mypy==2.4.1

cat >document.json <<'JSON'
{
  "openapi": "3.1.0",
  "info": {"title": "Two encodings", "version": "1"},
  "paths": {
    "/one": {"post": {
      "operationId": "one",
      "requestBody": {"required": true, "content": {
        "application/json": {"schema": {"$ref": "#/components/schemas/Body"}}
      }},
      "responses": {"204": {"description": "Done"}}
    }},
    "/two": {"post": {
      "operationId": "two",
      "requestBody": {"required": true, "content": {
        "application/json": {"schema": {"$ref": "#/components/schemas/Body"}},
        "application/x-www-form-urlencoded": {"schema": {"$ref": "#/components/schemas/Body"}}
      }},
      "responses": {"204": {"description": "Done"}}
    }}
  },
  "components": {"schemas": {
    "Body": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}}
  }}
}
JSON
echo 'post_hooks: []' >config.yaml

{
    venv/bin/openapi-python-client generate --path document.json --meta none --config config.yaml \
        --output-path client --fail-on-warning >/dev/null
    echo "generated: ended well"
    for name in one two; do
        echo "$name: $(venv/bin/python -c "import client.api.default.$name" 2>&1 | tail -n 1)"
    done
    venv/bin/mypy client/api/default/one.py | tail -n 1
    venv/bin/mypy client/api/default/two.py | grep -o '"Unset" is not defined' | sort -u
    grep -c 'if isinstance(body, Body)' client/api/default/two.py
} >seen

cat >recorded <<'TEXT'
generated: ended well
one: 
two: NameError: name 'Unset' is not defined. Did you mean: 'UNSET'?
Success: no issues found in 1 source file
"Unset" is not defined
2
TEXT
diff recorded seen && echo "as recorded"
