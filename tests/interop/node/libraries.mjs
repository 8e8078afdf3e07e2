// Checks tokens with a library, given nothing but the key and the algorithm: as ../python/libraries.py.

import { readFileSync, writeSync } from "node:fs";

const checks = {
  jose: async (token, { key, algorithm }) => {
    const { jwtVerify } = await import("jose");
    const verified = await jwtVerify(token, new TextEncoder().encode(key), { algorithms: [algorithm] });
    return verified.payload;
  },
  jsonwebtoken: async (token, { key, algorithm }) => {
    const { default: jwt } = await import("jsonwebtoken");
    return jwt.verify(token, key, { algorithms: [algorithm] });
  },
};

const given = JSON.parse(readFileSync(0, "utf8"));
const outcomes = {};
for (const { name, token } of given.tokens) {
  try {
    outcomes[name] = await checks[process.argv[2]](token, given);
  } catch (error) {
    outcomes[name] = { refused: `${error.code ?? error.name}: ${error.message}` };
  }
}
writeSync(1, JSON.stringify(outcomes));
