/** The recipes of examples/frameworks: components follow the session, and servers render them. */
import { assert } from "chai";
import type { Session } from "keystone-fetch";
import { createElement } from "react";
import { createRoot as createReactRoot, hydrateRoot } from "react-dom/client";
import { renderToString } from "react-dom/server.browser";
import { createEffect, createRoot } from "solid-js";
import { derived, get } from "svelte/store";
import { createApp, createSSRApp, defineComponent, h } from "vue";
import { renderToString as renderVue } from "vue/server-renderer";
import { useSessionState as useInReact } from "../../examples/frameworks/react.ts";
import { createSessionState } from "../../examples/frameworks/solid.ts";
import { sessionState } from "../../examples/frameworks/svelte.ts";
import { useSessionState as useInVue } from "../../examples/frameworks/vue.ts";
import type { Case, Env } from "../case.ts";
import { sessionAt, sleep } from "../fixtures/sessions.ts";
import { faulty } from "../server/client.ts";

/** A session, and its number of subscribers. */
function watched(env: Env) {
  const session = sessionAt(faulty(env, "ok"), { scope: "unscoped" });
  let subscribers = 0;
  const subscribe: Session["subscribe"] = (listener) => {
    const unsubscribe = session.subscribe(listener);
    subscribers++;
    return () => {
      subscribers--;
      unsubscribe();
    };
  };
  const counted: Session = Object.create(session, { subscribe: { value: subscribe } });
  return { session: counted, subscribers: () => subscribers };
}

/** Logs in and out: what is shown follows. */
async function follows(session: Session, shown: () => string | null) {
  await until(() => shown() === "unauthenticated");
  await session.token();
  await until(() => shown() === "unscoped");
  await session.revoke();
  await until(() => shown() === "unauthenticated");
}

/** A framework decides itself when to render. */
async function until(isSo: () => boolean) {
  for (let turn = 0; turn < 300 && !isSo(); turn++) await sleep(20);
  assert.isTrue(isSo());
}

const ReactStatus = ({ session }: { session: Session }) => useInReact(session).status;

const VueStatus = (session: Session) =>
  defineComponent(() => {
    const state = useInVue(session);
    return () => h("p", state.value.status);
  });

const cases: readonly Case[] = [
  {
    name: "React: a component follows the session, and lets go of it",
    only: ["chromium"],
    async run(env) {
      const { session, subscribers } = watched(env);
      const place = document.createElement("div");
      const root = createReactRoot(place);
      root.render(createElement(ReactStatus, { session }));
      await follows(session, () => place.textContent);
      assert.equal(subscribers(), 1);
      root.unmount();
      await until(() => subscribers() === 0);
    },
  },
  {
    name: "React: a page hydrates what the server rendered, even if its session is already restored",
    only: ["chromium"],
    async run(env) {
      const { session } = watched(env);
      await session.token();
      const element = createElement(ReactStatus, { session });
      const place = document.createElement("div");
      place.innerHTML = renderToString(element);
      assert.equal(place.textContent, "unauthenticated");
      const errors: unknown[] = [];
      const onRecoverableError = (error: unknown) => errors.push(error);
      const root = hydrateRoot(place, element, { onRecoverableError });
      await until(() => place.textContent === "unscoped");
      root.unmount();
      assert.isEmpty(errors);
    },
  },
  {
    name: "Vue: a component follows the session, and lets go of it",
    only: ["chromium"],
    async run(env) {
      const { session, subscribers } = watched(env);
      const place = document.createElement("div");
      const app = createApp(VueStatus(session));
      app.mount(place);
      await follows(session, () => place.textContent);
      assert.equal(subscribers(), 1);
      app.unmount();
      assert.equal(subscribers(), 0);
    },
  },
  {
    name: "Svelte: a store has its value at once, and lets go of the session",
    only: ["node", "chromium"],
    async run(env) {
      const { session, subscribers } = watched(env);
      const store = sessionState(session);
      assert.equal(get(store).status, "unauthenticated");
      assert.equal(subscribers(), 0);
      let seen = "";
      const stop = derived(store, ({ status }) => status).subscribe((status) => {
        seen = status;
      });
      await follows(session, () => seen);
      stop();
      assert.equal(subscribers(), 0);
    },
  },
  {
    name: "Solid: a signal follows the session, and lets go of it",
    only: ["node", "chromium"],
    async run(env) {
      const { session, subscribers } = watched(env);
      let seen = "";
      const dispose = createRoot((end) => {
        const state = createSessionState(session);
        createEffect(() => {
          seen = state().status;
        });
        return end;
      });
      await follows(session, () => seen);
      assert.equal(subscribers(), 1);
      dispose();
      assert.equal(subscribers(), 0);
    },
  },
  {
    name: "on a server React and Vue render without a subscription",
    only: ["node"],
    async run(env) {
      const { session, subscribers } = watched(env);
      await session.token();
      assert.equal(renderToString(createElement(ReactStatus, { session })), "unauthenticated");
      const html = await renderVue(createSSRApp(VueStatus(session)));
      assert.equal(html, "<p>unauthenticated</p>");
      assert.equal(subscribers(), 0);
    },
  },
];

export default cases;
