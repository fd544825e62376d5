/** An administrator's chores, for Deno: see README.md. */
import { createSession, type Session } from "keystone-fetch";
import { fromEnv } from "keystone-fetch/config";
import {
  domains,
  projects,
  type RoleAssignment,
  roleAssignments,
  roles,
  users,
} from "keystone-fetch/identity";
import { parse, type Row, run, table, UsageError } from "./cli.ts";
import { forEach } from "./for-each.ts";

const usage = `Usage: deno run --allow-net --allow-env admin.ts COMMAND [OPTION …]

  roles                     every user, with their roles on each project, domain and the system
  passwords                 users whose password has expired or soon will
  create PREFIX COUNT       projects PREFIX-001, PREFIX-002 …; those that are there already are kept
  delete PREFIX             the projects that "create PREFIX" made, and no others

  --days N          passwords: that expire within so many days; default 14
  --domain NAME     create: the domain of the projects; default: the domain of your own user
  --member NAME     create: a user of that domain, who gets the role "member" on each project
  --parallel N      create, delete: so many requests at once; default 8
  --json            roles, passwords: JSON in place of a table
  --help            this text

You are who the OS_* variables say, as an admin-openrc.sh sets them. If some of many projects fail, the
others are still made: run the same command again for the rest.`;

interface Options {
  readonly days: number;
  readonly domain: string | undefined;
  readonly member: string | undefined;
  readonly parallel: number;
}

/** What each command shows, or undefined if it has already printed everything. */
const commands: Record<
  string,
  (session: Session, words: readonly string[], options: Options) => Promise<Row[] | undefined>
> = {
  async roles(session) {
    const [everybody, assignments] = await Promise.all([
      users.list(session),
      // Effective: with the roles of a user's groups, and those that another role implies.
      roleAssignments.list(session, { effective: true, include_names: true }),
    ]);
    const held = new Map<string, Map<string, string[]>>();
    for (const { user, scope, role } of assignments) {
      if (!user) continue;
      const places = held.get(user.id) ?? new Map<string, string[]>();
      const place = placeOf(scope);
      places.set(place, [...(places.get(place) ?? []), role.name ?? role.id]);
      held.set(user.id, places);
    }
    return everybody.flatMap(({ id, name }) =>
      [...(held.get(id) ?? [["", []]])].sort().map(([place, names]) => ({
        User: name,
        On: place,
        Roles: [...new Set(names)].sort().join(", "),
      })),
    );
  },

  async passwords(session, _words, { days }) {
    const soon = new Date(Date.now() + days * 24 * 60 * 60 * 1000);
    const expiring = await users.list(session, {
      enabled: true,
      password_expires_at: `lt:${soon.toISOString().slice(0, 19)}Z`,
    });
    return expiring
      .map(({ name, email, password_expires_at: end }) => ({
        Expires: end ?? "",
        User: name,
        Email: email ?? "",
        State: end && Date.parse(end) < Date.now() ? "expired" : "expires soon",
      }))
      .sort((a, b) => a.Expires.localeCompare(b.Expires));
  },

  async create(session, [prefix = "", count], { domain, member, parallel }) {
    const wanted = Array.from({ length: positive("COUNT", count) }, (_, index) =>
      [prefix, String(index + 1).padStart(3, "0")].join("-"),
    );
    const { user } = await session.token();
    const domain_id = domain ? (await domains.find(session, domain)).id : user.domain.id;
    const there = await projects.list(session, { tags: [tagOf(prefix)], domain_id });
    const ids = new Map(there.map(({ name, id }) => [name, id]));
    const grant = member && {
      user: (await users.find(session, member, { domain: domain_id })).id,
      role: (await roles.find(session, "member")).id,
    };
    await forEach(wanted, { parallel, label: "created" }, async (name) => {
      const id =
        ids.get(name) ??
        (await projects.create(session, { name, domain_id, tags: [tagOf(prefix)] })).id;
      // A role that the user has already is no failure.
      if (grant) await roles.assign(session, { ...grant, project: id });
    });
    return undefined;
  },

  async delete(session, [prefix = ""], { parallel }) {
    const made = await projects.list(session, { tags: [tagOf(prefix)] });
    const names = new Map(made.map(({ id, name }) => [id, name]));
    await forEach(
      [...names.keys()],
      { parallel, label: "deleted", nameOf: (id) => names.get(id) ?? id },
      (id) => projects.delete(session, id, { missing: "ok" }),
    );
    return undefined;
  },
};

function placeOf({ project, domain }: RoleAssignment["scope"]): string {
  if (project) return `project ${project.name}`;
  return domain ? `domain ${domain.name}` : "system";
}

/** The tag by which `delete` recognizes the projects that `create` made. */
const tagOf = (prefix: string) => `batch:${prefix}`;

function positive(name: string, text = ""): number {
  if (!/^[1-9]\d{0,3}$/.test(text))
    throw new UsageError(`${name} is a whole number from 1 to 9999`);
  return Number(text);
}

/** How many arguments each command takes. */
const wordsOf: Record<string, number> = { roles: 0, passwords: 0, create: 2, delete: 1 };

function read(args: string[]) {
  return parse({
    args,
    allowPositionals: true,
    options: {
      days: { type: "string", default: "14" },
      domain: { type: "string" },
      member: { type: "string" },
      parallel: { type: "string", default: "8" },
      json: { type: "boolean" },
      help: { type: "boolean", short: "h" },
    },
  });
}

async function main(args: string[]): Promise<void> {
  const { values, positionals } = read(args);
  if (values.help) return console.log(usage);
  const [name = "", ...words] = positionals;
  const command = Object.hasOwn(commands, name) && commands[name];
  if (!command) throw new UsageError(name ? "no such command" : "which command?");
  if (words.length !== wordsOf[name]) throw new UsageError(`${name}: too few words, or too many`);
  if (words[0] !== undefined && !/^[\w.-]+$/.test(words[0])) {
    throw new UsageError("PREFIX is letters, digits, dots and dashes");
  }
  const session = createSession(fromEnv(Deno.env.toObject()));
  const shown = await command(session, words, {
    days: positive("--days", values.days),
    parallel: positive("--parallel", values.parallel),
    domain: values.domain,
    member: values.member,
  });
  if (shown) console.log(values.json ? JSON.stringify(shown, null, 2) : table(shown));
}

await run(main);
