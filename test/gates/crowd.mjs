/** 2,000 users and 300 projects of a real Keystone: listed, paged and filtered. */
import { createSession, password } from "keystone-fetch";
import { domains, projects, users } from "keystone-fetch/identity";

const counts = { users: 2000, projects: 300 };

/** @type {import("../runners/gates.mjs").Gate} */
export default async function crowd({ say, env, sql }) {
  if (!sql) return [{ name: "a Keystone of our own", ok: false, error: "this one is not" }];
  const { name, domain, password: secret } = env.accounts.admin;
  let requests = 0;
  const session = createSession({
    authUrl: `${env.keystone}/v3`,
    auth: password({ name, domain: { name: domain }, password: secret }),
    scope: { project: { name: "admin", domain: { name: domain } } },
    fetch: (input, init) => {
      requests += 1;
      return fetch(input, init);
    },
  });
  const { id: domain_id } = await domains.create(session, { name: `crowd ${crypto.randomUUID()}` });
  await sql(fill(domain_id));
  try {
    return await ask(session, domain_id, { say, sent: () => requests });
  } finally {
    // Other gates look at lists of all there is.
    await sql(empty(domain_id));
  }
}

/**
 * @param {import("keystone-fetch").Session} session
 * @param {string} domain_id of the crowd
 * @param {{ say: (line: string) => void, sent: () => number }} options how many requests were sent so far
 */
async function ask(session, domain_id, { say, sent }) {
  /** @param {string} what @param {() => Promise<unknown>} work @param {unknown} expected */
  const check = async (what, work, expected) => {
    const before = sent();
    const start = performance.now();
    const found = await work();
    const line = `${what}: ${JSON.stringify(found)}, ${sent() - before} requests`;
    say(`${line}, ${since(start)}`);
    return { name: what, ok: found === expected, error: `expected ${expected}: ${line}` };
  };
  /** @param {object} [filters] */
  const people = (filters) => users.list(session, { domain_id, ...filters });
  return [
    await check("all users, awaited", async () => (await people()).length, counts.users),
    await check("no user is twice", () => different(people()), counts.users),
    await check("nothing kept back", async () => (await people()).truncated, false),
    await check("users in pages of 100", () => different(people({ limit: 100 })), counts.users),
    await check(
      "users by the start of the name",
      async () => (await people({ name__startswith: "person 01" })).length,
      100,
    ),
    await check(
      "users by a part of the name, in any case",
      async () => (await people({ name__icontains: "SON 1" })).length,
      1000,
    ),
    await check("disabled users", async () => (await people({ enabled: false })).length, 200),
    await check(
      "one of them by name",
      async () => (await users.find(session, "person 1234", { domain: domain_id })).name,
      "person 1234",
    ),
    await check(
      "all projects",
      async () => (await projects.list(session, { domain_id })).length,
      counts.projects,
    ),
    await check(
      "projects by a tag",
      async () => (await projects.list(session, { domain_id, tags: ["odd"] })).length,
      counts.projects / 2,
    ),
  ];
}

/** @param {number} start */
const since = (start) => `${((performance.now() - start) / 1000).toFixed(1)} s`;

/** @param {AsyncIterable<{ id: string }>} list */
async function different(list) {
  const ids = new Set();
  for await (const { id } of list) ids.add(id);
  return ids.size;
}

/**
 * With SQL: one by one, through the API, it would take a minute.
 * @param {string} domain
 */
const fill = (domain) => `USE keystone;
INSERT INTO user (id, extra, enabled, domain_id)
  SELECT MD5(CONCAT("person", seq)), "{}", seq % 10 <> 0, "${domain}" FROM seq_0_to_${counts.users - 1};
INSERT INTO local_user (domain_id, user_id, name)
  SELECT "${domain}", MD5(CONCAT("person", seq)), CONCAT("person ", LPAD(seq, 4, 0))
  FROM seq_0_to_${counts.users - 1};
INSERT INTO project (id, name, extra, enabled, domain_id, parent_id, is_domain)
  SELECT MD5(CONCAT("place", seq)), CONCAT("place ", seq), "{}", 1, "${domain}", "${domain}", 0
  FROM seq_0_to_${counts.projects - 1};
INSERT INTO project_tag (project_id, name)
  SELECT MD5(CONCAT("place", seq)), "odd" FROM seq_0_to_${counts.projects - 1} WHERE seq % 2 = 1;`;

/** @param {string} domain */
const empty = (domain) => `USE keystone;
DELETE FROM project_tag WHERE project_id IN (SELECT id FROM project WHERE domain_id = "${domain}");
DELETE FROM local_user WHERE domain_id = "${domain}";
DELETE FROM user WHERE domain_id = "${domain}";
DELETE FROM project WHERE domain_id = "${domain}";
DELETE FROM project WHERE id = "${domain}";`;
