// Before Node 19 this global had to be asked for.
globalThis.crypto ??= require("node:crypto").webcrypto;
