/** What must hold of every request: who may send it, when, with what, and how often. */
import { type Actor, isDead, type Op, waits } from "./actor.ts";
import type { Call, Cloud, Watcher } from "./cloud.ts";
import type { Reply } from "./faults.ts";
import type { SharedStore } from "./shared-store.ts";

export interface World {
  readonly cloud: Cloud;
  readonly store: SharedStore;
  readonly actors: readonly Actor[];
  readonly ops: ReadonlyMap<string, Op>;
  /** When each token came, by the local clock. */
  readonly received: Map<string, number>;
  readonly now: () => number;
  readonly isOver: (id: string) => boolean;
  readonly wrong: (what: string) => void;
  readonly count: (what: string) => void;
}

/** Whether a session may come by a token without a login: through the store. */
export function mayTake({ store, cloud }: World, actor: Actor, id: string): boolean {
  const own = cloud.tokens.get(id)?.scope === actor.scope;
  return actor.shares && store.ever.has(id) && own && !isDead(actor, id);
}

const isByPassword = ({ body }: Call) => "password" in JSON.parse(body).auth.identity;

/** @param retry how often a request may be sent again */
export function createRules(world: () => World, retry: number): Watcher {
  const find = (tab: number, scope: string | undefined) =>
    world().actors.find((actor) => actor.tab === tab && actor.scope === scope);
  const ownerOf = (call: Call) => find(call.tab, world().cloud.tokens.get(call.token)?.scope);

  function loginSent(call: Call, actor: Actor): void {
    const { wrong, store, isOver } = world();
    if (actor.flying) wrong(`${actor.name}: two logins at once`);
    actor.flying = call;
    const hop = actor.status >= 300 && actor.status < 400;
    // A child tries its parent's token first, then the credentials.
    if (!hop && ++actor.posts > 2 * (retry + 1)) wrong(`${actor.name}: ${actor.posts} logins`);
    actor.status = 0;
    const isRefused = actor.refused === "yes" || actor.family.refused === "yes";
    if (isRefused && isByPassword(call) && !familyMayBeGiven(actor)) {
      wrong(`${actor.name}: a password that was refused is sent again`);
    }
    if (mayBeGiven(actor)) return;
    if (actor.expected.isLive()) wrong(`${actor.name}: a login though its token is good`);
    join(actor);
    if (!actor.shares || store.kind !== "locked" || store.troubled()) return;
    const known = (id: string) => actor.dead.has(id) || actor.expected.maySawEnd(id);
    const good = (id: string) => mayTake(world(), actor, id) && !known(id) && !isOver(id);
    const why = store.forbids(actor.tab, actor.scope, good);
    if (why) wrong(`${actor.name}: a login ${why}`);
  }

  /** Whether a login of its may be by other credentials than those that it keeps. */
  const mayBeGiven = (actor: Actor) => waits(actor, "authenticate").length > 0 || actor.unsure;

  const familyMayBeGiven = ({ family }: Actor) =>
    world().actors.some((actor) => actor.family === family && mayBeGiven(actor));

  /** All who wait for a token when it is asked for share what comes of it. */
  function join(actor: Actor): void {
    const waiting = waits(actor, "token");
    const group = waiting.find((op) => op.group)?.group ?? {};
    for (const op of waiting) op.group ??= group;
  }

  function opSent(call: Call, actor: Actor, op: Op): void {
    const { wrong, isOver, cloud, store } = world();
    op.flying = true;
    // The hops of a redirect are one try.
    if (op.status >= 300 && op.status < 400) return;
    op.tries++;
    if (op.settled !== "no") wrong(`${op.name}: sent after its end`);
    if (op.tries > 1 && op.status !== 401) wrong(`${op.name}: sent again after ${op.status}`);
    if (op.tries > 2) wrong(`${op.name}: sent ${op.tries} times`);
    if (op.kind === "stream" && op.tries > 1) wrong(`${op.name}: a stream sent twice`);
    if ((cloud.effects.get(op.name) ?? 0) > 0) wrong(`${op.name}: sent again after success`);
    // Who waits for a store that hangs may see the machine sleep in the meantime.
    const patient = store.troubled();
    if (isOver(call.token) && !patient) wrong(`${op.name}: sent with a token that is over`);
    if (call.token === op.token) wrong(`${op.name}: sent again with the same token`);
    op.token = call.token;
    const has = actor.expected.tokens().includes(call.token);
    if (has || mayTake(world(), actor, call.token)) actor.expected.has(call.token);
    // It got its token in time, and a `revoke()` came between.
    else if (!op.tokens.has(call.token) && !wasRevoked(actor, call.token)) {
      wrong(`${op.name}: ${actor.name} does not have ${call.token}`);
    }
  }

  const wasRevoked = ({ dead }: Actor, id: string) =>
    world().store.ever.has(id) && dead.get(id) === "revoked";

  function loginDelivered(call: Call, owner: Actor, reply: Reply): void {
    const { grant, status, headers } = reply;
    const { received, now } = world();
    owner.status = status;
    if (isByPassword(call)) {
      if (status === 401) passwordRefused(owner);
      else if (grant) owner.refused = "no";
      if (grant && owner.family.refused === "yes") owner.family.refused = "maybe";
    }
    const isRefusal = status === 401 && !("Openstack-Auth-Receipt" in headers);
    owner.isScopeAtFault = !isByPassword(call) && isRefusal;
    if (!grant) return;
    owner.posts = 0;
    received.set(grant, now());
    owner.expected.has(grant);
    for (const op of owner.ops) op.tokens.add(grant);
  }

  /** Of all its family, unless its scope was refused to a good token just before. */
  function passwordRefused(actor: Actor): void {
    const one = actor.isScopeAtFault ? actor : actor.family;
    one.refused = familyMayBeGiven(actor) ? "maybe" : "yes";
  }

  function refused({ token }: Call, actor: Actor, op: Op | undefined): void {
    if (op?.tries === 1) {
      actor.expected.rejected(token);
      actor.dead.set(token, "rejected");
    } else {
      actor.expected.mayBeRejected(token);
      if (!isDead(actor, token)) actor.dead.set(token, "doubted");
    }
  }

  return {
    sent(call) {
      const { wrong, count, ops } = world();
      count(`${call.at} sent`);
      const login = call.at === "login";
      const actor = login ? find(call.tab, call.scope) : ownerOf(call);
      const op = ops.get(call.body);
      if (call.at === "foreign") wrong(`sent to a foreign origin: ${call.url}`);
      else if (!login && !call.token)
        return; // discovery
      else if (!actor) wrong(`a request of nobody: ${JSON.stringify(call)}`);
      else if (login) loginSent(call, actor);
      else if (op) opSent(call, actor, op);
      else if (call.method === "DELETE") {
        // The token is forgotten before the server is told.
        actor.expected.revoked();
        actor.dead.set(call.token, "revoked");
      }
    },
    delivered(call, reply) {
      const { ops, count } = world();
      count(`${call.at} ${reply.ending ?? reply.status}`);
      const login = call.at === "login";
      const actor = login ? find(call.tab, call.scope) : ownerOf(call);
      const op = ops.get(call.body);
      if (op) op.status = reply.status;
      if (actor && login) loginDelivered(call, actor, reply);
      else if (actor && reply.status === 401 && call.method !== "DELETE") refused(call, actor, op);
    },
    ended(call) {
      const actor = find(call.tab, call.scope);
      if (actor?.flying === call) actor.flying = undefined;
      const op = world().ops.get(call.body);
      if (op) op.flying = false;
    },
  };
}
