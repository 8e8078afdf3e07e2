#!/usr/bin/env bash
# Packages: openapi-typescript 7.13.0, typescript 5.9.3 (npm). Run with Node 20.
#
# One would guess: a property of a request body that "required" does not name may be left out, and all the more so if it
# has a "default", which JSON Schema 2020-12 (validation, 9.2) calls an annotation that validates nothing.
# Seen: the generated type wants the property as soon as it has a default, in bodies that are sent too, so the smallest
# valid body does not compile. Without the default, or with --default-non-nullable false, it may be left out. A default
# of a query parameter does not do this.
# Date: 2026-11-28.
set -eu
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --ignore-scripts --no-package-lock --no-audit --no-fund \
    openapi-typescript@7.13.0 typescript@5.9.3 >/dev/null

cat >document.json <<'JSON'
{
  "openapi": "3.1.0",
  "info": {"title": "Defaults", "version": "1"},
  "paths": {
    "/login": {"post": {
      "parameters": [{"name": "page", "in": "query", "schema": {"type": "integer", "default": 1}}],
      "requestBody": {"required": true, "content": {
        "application/json": {"schema": {"$ref": "#/components/schemas/Login"}}
      }},
      "responses": {"204": {"description": "Done"}}
    }}
  },
  "components": {"schemas": {
    "Login": {
      "type": "object",
      "required": ["name"],
      "properties": {"name": {"type": "string"}, "scope": {"type": "string", "default": ""}}
    }
  }}
}
JSON
cat >use.ts <<'TS'
import type { components, paths } from "./schema";

export const body: components["schemas"]["Login"] = { name: "ada" };
export const query: paths["/login"]["post"]["parameters"]["query"] = {};
TS

check() { # arguments of the generator
    node node_modules/openapi-typescript/bin/cli.js document.json --output schema.d.ts "$@" >/dev/null
    node node_modules/typescript/bin/tsc --strict --noEmit use.ts | grep -o "Property '[a-z]*' is missing" || echo "compiles"
}
{
    echo "by default: $(check)"
    echo "with --default-non-nullable false: $(check --default-non-nullable false)"
    sed -i 's/, "default": ""//' document.json
    echo "without the default: $(check)"
} >seen

cat >recorded <<'TEXT'
by default: Property 'scope' is missing
with --default-non-nullable false: compiles
without the default: compiles
TEXT
diff recorded seen && echo "as recorded"
