import { join } from "node:path";

/** Only the newest log file and small steps: the files are copied for every start. */
const SIZES = [
  "--innodb-log-file-size=4M",
  "--innodb-data-file-path=ibdata1:4M:autoextend",
  "--innodb-autoextend-increment=1",
];

/**
 * MariaDB, not SQLite, with which Keystone can't create application credentials ("database is
 * locked"). It is private to one sandbox: no port, and its socket is in a directory of mode 0700,
 * which is why its root needs no password.
 *
 * @param {string} dir the sandbox's
 */
export function database(dir) {
  const data = join(dir, "data");
  const socket = join(dir, "db.sock");
  // As root, it refuses to start unless told that this is intended.
  const user = process.getuid?.() === 0 ? ["--user=root"] : [];
  const common = ["--no-defaults", ...user, `--datadir=${data}`, ...SIZES];
  /** @param {import("./sandbox.mjs").Sandbox} sandbox @param {string} sql */
  const execute = (sandbox, sql) =>
    sandbox.run("sql", "mariadb", [
      "--no-defaults",
      "--user=root",
      `--socket=${socket}`,
      `--execute=${sql}`,
    ]);
  return {
    data,
    url: `mysql+pymysql://root@localhost/keystone?unix_socket=${socket}`,

    /** @param {import("./sandbox.mjs").Sandbox} sandbox */
    create: (sandbox) =>
      sandbox.run("mariadb-install-db", "mariadb-install-db", [
        ...common,
        "--auth-root-authentication-method=normal",
        "--skip-test-db",
      ]),

    /**
     * Starts it and waits until it has executed the SQL.
     *
     * @param {import("./sandbox.mjs").Sandbox} sandbox
     * @param {string} sql
     */
    start: async (sandbox, sql) => {
      const server = sandbox.start("mariadb", "mariadbd", [
        ...common,
        `--socket=${socket}`,
        "--skip-networking",
        "--skip-log-bin",
        "--innodb-flush-log-at-trx-commit=0",
        "--innodb-buffer-pool-size=64M",
      ]);
      await sandbox.ready(server, async () => {
        await execute(sandbox, "SELECT 1");
        return true;
      });
      await execute(sandbox, sql);
      return server;
    },

    execute,
  };
}
