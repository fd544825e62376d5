/**
 * Lists against the database of a real Keystone: 3,000 users, 1,200 projects, 60 domains and 300
 * groups, made by SQL, as an administrator, a domain's manager and a plain user see them, with
 * Keystone's own limits set and not. Every listed id is in the database, none is listed twice, and a
 * list is `truncated` if, and only if, something is missing.
 *
 * The Keystone of the run has no limits; another one with limits is started. LISTS=all instead tests
 * all releases with all settings, each with its own Keystone, and takes minutes.
 */
import { createSession, isKeystoneError, password } from "keystone-fetch";
import { domains, groups, projects, roleAssignments, roles, users } from "keystone-fetch/identity";
import { startKeystone } from "../keystone/keystone.mjs";
import { releases } from "../keystone/releases.mjs";

/** @typedef {import("keystone-fetch").Session} Session */

const counts = { domains: 60, users: 3000, projects: 1200, groups: 300 };

/** A mark in the ids of each kind: hexadecimal, like Keystone's own. */
const marks = { domains: "d0", users: "a0", projects: "b0", groups: "c0" };

/** Fewer than there are records of any kind except domains. */
const list_limit = 100;
const max_db_limit = 150;

/** @type {Record<string, Record<string, number>>} */
const limits = {
  "no limit": {},
  list_limit: { list_limit },
  max_db_limit: { max_db_limit },
  "both limits": { list_limit, max_db_limit },
};

/**
 * @typedef {object} Place a Keystone, and how its lists are
 * @property {string} what
 * @property {string} keystone its root
 * @property {(sql: string) => Promise<unknown>} sql
 * @property {boolean} isCut whether it cuts long lists, and can't do pages
 */

/** @type {import("../runners/gates.mjs").Gate} */
export default async function listsTruth({ say, env, sql }) {
  if (!sql) return [{ name: "a Keystone of our own", ok: false, error: "this one is not" }];
  const world = { accounts: env.accounts, say };
  const own = releases.filter(({ keystone }) => keystone === env.release);
  if (process.env.LISTS === "all") {
    const results = [];
    for (const release of releases) {
      for (const name of Object.keys(limits)) {
        results.push(...(await startOne(release, name, (place) => tell(world, place))));
      }
    }
    return results;
  }
  const place = { what: "no limit", keystone: env.keystone, sql, isCut: false };
  const [plain, limited] = await Promise.all([
    tell(world, place),
    ...own.map((release) => startOne(release, "both limits", (one) => tell(world, one))),
  ]);
  return [...plain, ...(limited ?? [])];
}

/**
 * @param {import("../keystone/releases.mjs").Release} release @param {string} name of its limits
 * @param {(place: Place) => Promise<import("../runners/gates.mjs").Check[]>} work
 */
async function startOne(release, name, work) {
  const settings = { DEFAULT: limits[name] ?? {} };
  const { url, sql, stop } = await startKeystone({ release: release.name, settings });
  try {
    if (!sql) throw new Error("no database");
    const isCut = release.keystone < 27 && name !== "no limit" && name !== "max_db_limit";
    return await work({ what: `${release.keystone}, ${name}`, keystone: url, sql, isCut });
  } finally {
    await stop();
  }
}

/**
 * @param {{ accounts: Accounts, say: (line: string) => void }} world @param {Place} place
 * @returns {Promise<import("../runners/gates.mjs").Check[]>}
 */
async function tell({ accounts, say }, { what, keystone, sql, isCut }) {
  const run = crypto.randomUUID().slice(0, 8);
  const admin = login(keystone, accounts.admin, {
    project: { name: "admin", domain: { name: "Default" } },
  });
  await sql(fill(run));
  const domain = await domains.find(admin, `${run} domain 0`);
  /** @type {import("../runners/gates.mjs").Check[]} */
  let results;
  try {
    const staff = await staffOf(admin, keystone, domain.id);
    await sql(assign(run, staff.plain, staff.role));
    const line = (/** @type {string} */ text) => say(`${what}: ${text}`);
    results = await checks({ say: line, run, admin, domain: domain.id, isCut, ...staff });
    for (const { id } of staff.made) await users.delete(admin, id);
  } finally {
    await sql(clear(run));
  }
  const left = (await domains.list(admin)).filter(({ name }) => name.startsWith(run));
  const isGone = left.length === 0;
  return [
    ...results,
    { name: "what was made is gone", ok: isGone, error: `${left.length} domains` },
  ].map((check) => ({ ...check, name: `${what}: ${check.name}` }));
}

/** @typedef {Parameters<import("../runners/gates.mjs").Gate>[0]["env"]["accounts"]} Accounts */

/** @param {string} keystone @param {{ name: string, domain: string, password: string }} account @param {import("keystone-fetch").Scope} scope */
function login(keystone, { name, domain, password: secret }, scope) {
  return createSession({
    authUrl: `${keystone}/v3`,
    auth: password({ name, domain: { name: domain }, password: secret }),
    scope,
  });
}

/**
 * A manager of a domain, and a plain member of one of its projects.
 * @param {Session} admin @param {string} keystone @param {string} domain
 */
async function staffOf(admin, keystone, domain) {
  const secret = crypto.randomUUID();
  const [manager, member] = await Promise.all(
    ["manager", "member"].map((name) =>
      users.create(admin, {
        name: `${name} ${crypto.randomUUID()}`,
        domain_id: domain,
        password: secret,
      }),
    ),
  );
  if (!manager || !member) throw new Error("no staff");
  const { name: domainName } = await domains.get(admin, domain);
  const [project] = await projects.list(admin, { domain_id: domain });
  if (!project) throw new Error("the domain has no project");
  const [adminRole, memberRole] = await Promise.all([
    roles.find(admin, "admin"),
    roles.find(admin, "member"),
  ]);
  await roles.assign(admin, { role: adminRole.id, user: manager.id, domain });
  await roles.assign(admin, { role: memberRole.id, user: member.id, project: project.id });
  const account = (/** @type {string} */ name) => ({ name, domain: domainName, password: secret });
  return {
    made: [manager, member],
    plain: member.id,
    role: memberRole.id,
    manager: login(keystone, account(manager.name), { domain: { id: domain } }),
    member: login(keystone, account(member.name), { project: { id: project.id } }),
  };
}

/**
 * @param {object} world
 * @param {(line: string) => void} world.say
 * @param {string} world.run
 * @param {Session} world.admin
 * @param {Session} world.manager
 * @param {Session} world.member
 * @param {string} world.domain
 * @param {string} world.plain the member's id
 * @param {boolean} world.isCut
 * @param {readonly { id: string }[]} world.made
 */
async function checks({ say, run, admin, manager, member, plain, domain, made, isCut }) {
  /** Which of the made ids, by their numbers. @param {keyof typeof counts} what @param {number} [every] */
  const ids = (what, every = 1) => {
    const numbers = Array.from({ length: counts[what] }, (_, n) => n);
    return numbers.filter((n) => n % every === 0).map((n) => idOf(run, what, n));
  };
  const inDomain = counts.domains;
  const kinds = /** @type {(keyof typeof counts)[]} */ (Object.keys(counts));
  const own = new Set(kinds.flatMap((what) => ids(what)));
  /** @param {string} name @param {() => Promise<{ list: readonly { id: string }[], truncated: boolean }>} work @param {readonly string[]} expected */
  const check = async (name, work, expected) => {
    const start = performance.now();
    const { list, truncated } = await work();
    const found = list.map(({ id }) => id).filter((id) => own.has(id) || expected.includes(id));
    const twice = list.length - new Set(list.map(({ id }) => id)).size;
    const missing = expected.filter((id) => !found.includes(id)).length;
    const strange = found.filter((id) => !expected.includes(id)).length;
    const line = `${name}: ${list.length} listed, ${found.length} ours of ${expected.length}, ${missing} missing, ${strange} strange, ${twice} twice, truncated ${truncated}`;
    say(`${line}, ${((performance.now() - start) / 1000).toFixed(1)} s`);
    const isTold = truncated === missing > 0 && (isCut || missing === 0);
    const ok = strange === 0 && twice === 0 && isTold;
    return { name, ok, error: line };
  };
  /** @param {Promise<any>} listing */
  const whole = async (listing) => {
    const list = await listing;
    return { list, truncated: list.truncated };
  };
  /** @param {string} name @param {() => Promise<unknown>} work */
  const refused = async (name, work) => {
    const error = await work().then(
      () => "listed",
      (/** @type {unknown} */ reason) => isKeystoneError(reason) && reason.code,
    );
    return { name, ok: error === "Forbidden", error: `expected Forbidden, got ${error}` };
  };
  const staff = made.map(({ id }) => id);
  return [
    await check("administrator: all users", () => whole(users.list(admin)), [
      ...ids("users"),
      ...staff,
    ]),
    await check("administrator: all projects", () => whole(projects.list(admin)), ids("projects")),
    await check("administrator: all domains", () => whole(domains.list(admin)), ids("domains")),
    await check("administrator: all groups", () => whole(groups.list(admin)), ids("groups")),
    await check(
      "administrator: a domain's users",
      () => whole(users.list(admin, { domain_id: domain })),
      [...ids("users", inDomain), ...staff],
    ),
    await check(
      "administrator: users in pages of 250",
      () => paged(users.list(admin, { limit: 250 })),
      [...ids("users"), ...staff],
    ),
    await check(
      "manager: the domain's users",
      () => whole(users.list(manager, { domain_id: domain })),
      [...ids("users", inDomain), ...staff],
    ),
    await check(
      "manager: the domain's projects",
      () => whole(projects.list(manager, { domain_id: domain })),
      ids("projects", inDomain),
    ),
    await check(
      "manager: the domain's groups",
      () => whole(groups.list(manager, { domain_id: domain })),
      ids("groups", inDomain),
    ),
    await check(
      "member: the projects to scope to",
      async () => ({ list: await member.projects(), truncated: false }),
      ids("projects"),
    ),
    await check(
      "administrator: the member's grants",
      async () => {
        const list = await roleAssignments.list(admin, { user: plain });
        return { list: list.map(({ scope }) => projectOf(scope)), truncated: list.truncated };
      },
      ids("projects"),
    ),
    await refused("member: no users", async () => users.list(member)),
    await refused("member: no domains", async () => domains.list(member)),
  ];
}

/** @param {any} scope of a grant @returns {{ id: string }} */
const projectOf = ({ project }) => ({ id: project.id });

/** @param {AsyncIterable<{ id: string }> & { truncated: boolean }} listing */
async function paged(listing) {
  const list = [];
  for await (const one of listing) list.push(one);
  return { list, truncated: listing.truncated };
}

/**
 * As `MD5()` does it: ids are computed, and so known without asking. @param {string} run @param {keyof
 * typeof counts} what @param {number} n
 */
const idOf = (run, what, n) => `${run}${marks[what]}`.padEnd(20, "0") + String(n).padStart(12, "0");

/** The same in SQL, of a sequence. @param {string} run @param {keyof typeof counts} what @param {string} [n] */
const idIn = (run, what, n = "seq") =>
  `CONCAT("${`${run}${marks[what]}`.padEnd(20, "0")}", LPAD(${n}, 12, 0))`;

/** Each domain has its share. @param {string} run */
function fill(run) {
  const of = (/** @type {keyof typeof counts} */ what) => `seq_0_to_${counts[what] - 1}`;
  const domain = idIn(run, "domains", `seq % ${counts.domains}`);
  return `USE keystone;
INSERT INTO project (id, name, extra, enabled, domain_id, parent_id, is_domain)
  SELECT ${idIn(run, "domains")}, CONCAT("${run} domain ", seq), "{}", 1, "<<keystone.domain.root>>", NULL, 1 FROM ${of("domains")};
INSERT INTO project (id, name, extra, enabled, domain_id, parent_id, is_domain)
  SELECT ${idIn(run, "projects")}, CONCAT("${run} project ", seq), "{}", 1, ${domain}, ${domain}, 0 FROM ${of("projects")};
INSERT INTO user (id, extra, enabled, domain_id)
  SELECT ${idIn(run, "users")}, "{}", 1, ${domain} FROM ${of("users")};
INSERT INTO local_user (domain_id, user_id, name)
  SELECT ${domain}, ${idIn(run, "users")}, CONCAT("${run} user ", seq) FROM ${of("users")};
INSERT INTO \`group\` (id, domain_id, name, description, extra)
  SELECT ${idIn(run, "groups")}, ${domain}, CONCAT("${run} group ", seq), "", "{}" FROM ${of("groups")};`;
}

/** The member has their role on every project. @param {string} run @param {string} user @param {string} role */
const assign = (run, user, role) => `USE keystone;
INSERT IGNORE INTO assignment (type, actor_id, target_id, role_id, inherited)
  SELECT "UserProject", "${user}", ${idIn(run, "projects")}, "${role}", 0 FROM seq_0_to_${counts.projects - 1};`;

/** @param {string} run */
const clear = (run) => `USE keystone;
DELETE FROM assignment WHERE target_id LIKE "${run}%";
DELETE FROM local_user WHERE domain_id LIKE "${run}%";
DELETE FROM user WHERE domain_id LIKE "${run}%";
DELETE FROM \`group\` WHERE domain_id LIKE "${run}%";
DELETE FROM project WHERE id LIKE "${run}%" AND is_domain = 0;
DELETE FROM project WHERE id LIKE "${run}%";`;
