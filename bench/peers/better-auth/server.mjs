// A process per core behind one port: node server.mjs PORT.

import cluster from "node:cluster";
import { createServer } from "node:http";
import { availableParallelism } from "node:os";

const port = Number(process.argv[2]);

if (cluster.isPrimary) {
  for (let worker = 0; worker < availableParallelism(); worker += 1) cluster.fork();
  // A worker that ends takes all with it: figures of fewer workers would mislead.
  cluster.on("exit", () => process.exit(1));
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(0));
} else {
  const { toNodeHandler } = await import("better-auth/node");
  const { auth } = await import("./auth.mjs");
  const handle = toNodeHandler(auth);
  const server = createServer((request, response) => {
    if (request.url === "/health/live") {
      response.setHeader("content-type", "application/json");
      response.end('{"status":"ok"}');
    } else {
      handle(request, response);
    }
  });
  // Ctrl-C of a terminal goes to all; the primary decides.
  process.on("SIGINT", () => {});
  process.on("disconnect", () => process.exit(0));
  server.listen(port, "127.0.0.1");
}
