// Calls every surface through the types that openapi-typescript generated, as `schema.d.ts` beside this file.
//
// `sign_up` makes an account at each surface. `log_in` does the rest; it reads what was mailed from its input.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import createClient from "openapi-fetch";
import type { components, paths } from "./schema.js";

type Status = components["schemas"]["MovieStatus"];
type People = Record<
  | "server"
  | "theater"
  | "theater_code"
  | "contacts"
  | "contacts_code"
  | "admin"
  | "admin_name"
  | "points"
  | "mobile"
  | "mobile_name"
  | "mobile_code",
  string
>;

const who = JSON.parse(readFileSync(0, "utf8")) as People;
const anyone = createClient<paths>({ baseUrl: who.server });
const form = { "Content-Type": "application/x-www-form-urlencoded" };

const bearing = (token: string) =>
  createClient<paths>({ baseUrl: who.server, headers: { Authorization: `Bearer ${token}` } });

/** What was answered, which has to be no error. */
async function good<T>(call: Promise<{ data?: T; error?: unknown }>): Promise<T> {
  const { data, error } = await call;
  assert.equal(error, undefined, JSON.stringify(error));
  assert(data !== undefined);
  return data;
}

async function signUp() {
  const password = "Engine1843";
  await good(
    anyone.POST("/api/v1/accounts/register/", { body: { email: who.theater, password: "Analytical#1843" } }),
  );
  await good(anyone.POST("/api/auth/signup", { body: { username: "ada_l", email: who.contacts, password } }));
  await good(
    anyone.POST("/api/v1/auth/signup", { body: { email: who.admin, username: who.admin_name, password } }),
  );
  const points = { username: "Ada", email: who.points, password: "Analytical1843", phone_number: "+33 1" };
  await good(anyone.POST("/api/users/", { body: points, headers: form }));
  await good(anyone.POST("/user", { body: { username: who.mobile_name, mobile: who.mobile, password } }));
}

async function theater() {
  const { theater: email, theater_code: token } = who;
  await good(anyone.POST("/api/v1/accounts/activate/", { body: { email, token } }));
  const login = { email, password: "Analytical#1843" };
  const { refresh_token } = await good(anyone.POST("/api/v1/accounts/login/", { body: login }));
  const { access_token } = await good(anyone.POST("/api/v1/accounts/refresh/", { body: { refresh_token } }));
  const caller = bearing(access_token);
  const status: Status = "Post Production";
  const movie = await good(
    caller.POST("/api/v1/theater/movies/", {
      body: {
        name: `Metropolis of ${email}`,
        date: "1927-01-10",
        score: 89,
        overview: "A city of towers.",
        status,
        budget: 1_300_000,
        revenue: 1_350_322,
        country: "DE",
        genres: ["Drama"],
        actors: ["Brigitte Helm"],
        languages: ["German"],
      },
    }),
  );
  assert.equal(movie.status, status);
  const path = { movie_id: movie.id };
  await good(caller.PATCH("/api/v1/theater/movies/{movie_id}/", { params: { path }, body: { status: "Released" } }));
  const shown = await good(anyone.GET("/api/v1/theater/movies/{movie_id}/", { params: { path } }));
  assert.equal(shown.status, "Released" satisfies Status);
  const page = await good(anyone.GET("/api/v1/theater/movies/", { params: { query: { page: 1 } } }));
  assert(page.movies.some((item) => item.id === movie.id));
}

async function contacts() {
  const path = { email_token: who.contacts_code };
  await good(anyone.GET("/api/email/confirm/{email_token}", { params: { path } }));
  const login = { username: who.contacts, password: "Engine1843", grant_type: "password", scope: "" };
  const { refresh_token } = await good(anyone.POST("/api/auth/login", { body: login, headers: form }));
  const { access_token } = await good(bearing(refresh_token).GET("/api/auth/refresh_token"));
  const caller = bearing(access_token);
  const fields = {
    fullname: "Grace Hopper",
    email: "grace@example.com",
    phone_number: 380_501_234_567,
    birthday: "1906-12-09",
    additional: "Compilers",
    user_id: 0,
    avatar: "https://example.com/grace.png",
  };
  const added = await good(caller.POST("/api/contacts/", { body: fields }));
  assert.deepEqual(added, { ...fields, user_id: added.user_id, id: added.id });
  assert.deepEqual(await good(caller.GET("/api/contacts/")), [added]);
  const query = { days_range: 366 };
  assert.deepEqual(await good(caller.GET("/api/contacts/bd", { params: { query } })), [added]);
}

async function admin() {
  const login = { email: who.admin, password: "Engine1843" };
  const { refresh_token } = await good(anyone.POST("/api/v1/auth/login", { body: login }));
  const { access_token } = await good(anyone.POST("/api/v1/refresh/", { body: { refresh_token } }));
  const payload = Buffer.from(access_token.split(".")[1] ?? "", "base64url").toString();
  const path = { user_id: (JSON.parse(payload) as { user_id: string }).user_id };
  const user = await good(bearing(access_token).GET("/api/v1/auth/users/{user_id}", { params: { path } }));
  assert.equal(user.email, who.admin);
  assert.equal(user.role, "regular" satisfies components["schemas"]["Role"]);
}

async function points() {
  const wanted = { to: who.points, type_: "mixte" as const };
  await good(anyone.POST("/api/email/send-verification-code", { body: wanted, headers: form }));
  const login = { email: who.points, password: "Analytical1843" };
  const { access_token } = await good(anyone.POST("/api/users/login", { body: login, headers: form }));
  const caller = bearing(access_token);
  await good(caller.PUT("/api/users/points/add", { body: { points: 5 }, headers: form }));
  const user = await good(caller.GET("/api/users"));
  assert.deepEqual([user.points, user.email], [5, who.points]);
}

async function mobile() {
  const activation = { mobile: who.mobile, code: who.mobile_code };
  await good(anyone.POST("/user/activate-account/", { body: activation }));
  const login = { username: who.mobile_name, password: "Engine1843" };
  const { refresh_token } = await good(anyone.POST("/user/login", { body: login }));
  const { access_token } = await good(bearing(refresh_token).GET("/user/refresh-token/"));
  const query = { page: 1, per_page: 100 };
  const users = await good(bearing(access_token).GET("/user", { params: { query } }));
  assert(users.data.some((user) => user.username === who.mobile_name));
}

if (process.argv[2] === "sign_up") {
  await signUp();
} else {
  for (const surface of [theater, contacts, admin, points, mobile]) {
    await surface();
  }
}
