/** What stays in memory, in MB, as `node --expose-gc` tells it. The argument divides how often. */
import { createSession, password } from "keystone-fetch";
import { users } from "keystone-fetch/identity";
import { authUrl, computeUrl, createStub, tokenText, user, usersText } from "./documents.mjs";

const share = Number(process.argv[2]);
const token = tokenText(30);

/** @param {(url: string) => string} [other] */
const sessionOf = (other) =>
  createSession({ authUrl, auth: password(user), fetch: createStub(token, other) });

/** What a WeakRef holds is only let go of when promises alone no longer lead on. */
const rest = (milliseconds = 0) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** What waits to be finalized goes with the second collection. */
async function heap() {
  global.gc?.();
  await rest(200);
  global.gc?.();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

/** @type {[what: string, size: number, megabytes: number, goal?: number][]} */
const found = [];

/** @param {number} times @param {() => unknown} work */
async function repeat(times, work) {
  for (let i = 0; i < times; i++) {
    await work();
    if (i % 100 === 0) await rest();
  }
}

/** What is left after so many times, beyond what the first fifth left: by then, all is compiled. @param {string} what @param {number} times @param {() => unknown} work */
async function leave(what, times, work) {
  await repeat(times / 5, work);
  const before = await heap();
  await repeat(times, work);
  found.push([`heap that # ${what} leave`, times, Math.max(0, (await heap()) - before), 1]);
}

/** The most that is in use while all are iterated over. @param {number} size */
async function iterate(size) {
  const session = sessionOf((url) => usersText(size, url));
  await session.token();
  const before = await heap();
  let [most, seen] = [0, 0];
  for await (const _ of users.list(session)) {
    seen++;
    if (seen % (size / 10) === 1) most = Math.max(most, (await heap()) - before);
  }
  if (seen !== size) throw new Error(`${seen} of ${size} users`);
  found.push(["heap while # users are iterated over, page by page", size, most]);
}

const session = sessionOf();
const call = async () => (await session.fetch(`${computeUrl}/servers`)).json();
await leave("calls", 1_000_000 / share, call);
await leave("renewals", 10_000 / share, () => session.authenticate());
await leave("sessions", 100_000 / share, () => sessionOf().token());
for (const size of [1000, 10_000, 100_000]) await iterate(size);
console.log(JSON.stringify(found));
