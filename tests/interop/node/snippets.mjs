// Runs a snippet of docs/tokens.md against tokens: as ../python/snippets.py. The snippet is in snippet.mjs.

import { readFileSync, writeSync } from "node:fs";

const { accountOf } = await import("./snippet.mjs");
const given = JSON.parse(readFileSync(0, "utf8"));
const outcomes = {};
for (const { name, token } of given.tokens) {
  try {
    outcomes[name] = { account: await accountOf(token) };
  } catch (error) {
    outcomes[name] = { refused: `${error.code ?? error.name}: ${error.message}` };
  }
}
writeSync(1, JSON.stringify(outcomes));
