// The configuration: sessions in PostgreSQL, passwords by bcrypt at cost 12 as the product has them, tokens in
// `Authorization: Bearer`.

import bcrypt from "bcrypt";
import { betterAuth } from "better-auth";
import { bearer } from "better-auth/plugins";
import pg from "pg";

export const pool = new pg.Pool({
  connectionString: process.env.PEER_DATABASE,
  max: Number(process.env.PEER_CONNECTIONS ?? 8),
});

export const auth = betterAuth({
  baseURL: process.env.PEER_URL,
  secret: process.env.PEER_SECRET,
  database: pool,
  emailAndPassword: {
    enabled: true,
    maxPasswordLength: 72,
    password: {
      hash: (password) => bcrypt.hash(password, 12),
      verify: ({ hash, password }) => bcrypt.compare(password, hash),
    },
  },
  plugins: [bearer()],
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
});
