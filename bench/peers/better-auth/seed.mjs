// Makes the tables and adds the accounts: node seed.mjs ACCOUNTS.csv. No cell of it has a comma or a quotation mark.

import { readFileSync } from "node:fs";
import { getMigrations } from "better-auth/db/migration";
import { auth, pool } from "./auth.mjs";

const { runMigrations } = await getMigrations(auth.options);
await runMigrations();
const [head, ...lines] = readFileSync(process.argv[2], "utf8").trim().split(/\r?\n/);
const columns = head.split(",");
const accounts = lines.map((line) => {
  const cells = line.split(",");
  return Object.fromEntries(columns.map((column, place) => [column, cells[place]]));
});
for (let from = 0; from < accounts.length; from += 1000) {
  const some = accounts.slice(from, from + 1000);
  const of = (column) => some.map((account) => account[column]);
  await pool.query(
    `INSERT INTO "user" (id, name, email, "emailVerified", "createdAt", "updatedAt")
     SELECT id, name, email, true, created, created
     FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[]) AS rows (id, name, email, created)`,
    [of("uuid"), of("username"), of("email"), of("created_at")],
  );
  await pool.query(
    `INSERT INTO account (id, "accountId", "providerId", "userId", password, "createdAt", "updatedAt")
     SELECT id, id, 'credential', id, password, created, created
     FROM unnest($1::text[], $2::text[], $3::timestamptz[]) AS rows (id, password, created)`,
    [of("uuid"), of("hashed_password"), of("created_at")],
  );
}
await pool.end();
