import { join } from "node:path";
import { ADMIN } from "./accounts.mjs";
import { PLACEHOLDERS } from "./catalog.mjs";
import { configureKeystone, createKeys } from "./config.mjs";
import { database } from "./database.mjs";
import { freePort } from "./ports.mjs";
import { step } from "./progress.mjs";
import { Sandbox } from "./sandbox.mjs";
import { seed } from "./seed.mjs";
import { startServer } from "./server.mjs";
import { keepSnapshot } from "./snapshot.mjs";

/**
 * Prepares the data: the database with its tables and content.
 *
 * @param {import("./releases.mjs").Release} release
 * @param {import("./programs.mjs").Programs} programs
 * @param {string} snapshot
 * @param {import("./progress.mjs").Progress} [onProgress]
 */
export async function prepare(release, programs, snapshot, onProgress) {
  await Sandbox.use(async (sandbox) => {
    const { dir } = sandbox;
    const db = database(dir);
    const mariadb = await step(onProgress, "Creating a database", async () => {
      await db.create(sandbox);
      return db.start(sandbox, "CREATE DATABASE keystone CHARACTER SET utf8");
    });
    await createKeys(dir);
    await configureKeystone(dir, { release, connection: db.url });
    const manage = (/** @type {string[]} */ ...args) =>
      sandbox.run("keystone-manage", programs.manage, args);
    await step(onProgress, "Creating Keystone's tables", () => manage("db_sync"));
    await step(onProgress, "Creating the administrator", () =>
      manage("bootstrap", "--bootstrap-password", ADMIN.password),
    );
    await step(onProgress, "Creating domains, projects, users and the catalog", async () => {
      const port = await freePort();
      const requestLog = join(dir, "requests.log");
      const { gunicorn } = programs;
      await startServer(sandbox, { gunicorn, service: "keystone", port, requestLog });
      await seed(`http://127.0.0.1:${port}`, ADMIN, { endpoints: PLACEHOLDERS });
    });
    await step(onProgress, "Keeping the data for later starts", async () => {
      // Only here its files must be complete.
      const how = await mariadb.end("SIGTERM", 60);
      if (how !== "code 0") throw await sandbox.failure(mariadb, `ended badly (${how})`);
      await keepSnapshot(snapshot, dir);
    });
    await sandbox.close();
  });
}
