/** Plays all checks of the dashboard. */
import { join } from "node:path";
import { rootDir } from "../runners/project.mjs";
import address from "./address.mjs";
import changes from "./changes.mjs";
import keyboard from "./keyboard.mjs";
import own from "./own.mjs";
import passcode from "./passcode.mjs";
import { picture as pictureFor } from "./picture.mjs";
import rightToLeft from "./right-to-left.mjs";
import scopes from "./scopes.mjs";
import signIn from "./sign-in.mjs";
import { setStage } from "./stage.mjs";
import tables from "./tables.mjs";
import tabs from "./tabs.mjs";
import time from "./time.mjs";
import trouble from "./trouble.mjs";

const checks = [
  ...signIn,
  ...passcode,
  ...scopes,
  ...address,
  ...tables,
  ...own,
  ...changes,
  ...time,
  ...tabs,
  ...trouble,
  ...keyboard,
  ...rightToLeft,
];

const readmePicture = pictureFor(join(rootDir, ".github/dashboard.png"));

/** As many at once as two cores can handle. */
const HANDS = 3;

/**
 * @param {import("../runners/gates.mjs").Context} context
 * @param {{ grep?: string, pictures?: string | undefined, picture?: boolean }} [options]
 */
export function playAll(context, { grep = "", pictures, picture = false } = {}) {
  const all = picture ? [readmePicture] : checks;
  /** @param {import("./stage.mjs").Check} check */
  const may = ({ ours }) => !ours || context.env.shortLived !== undefined;
  const wanted = all.filter((check) => check.name.includes(grep) && may(check));
  return play(wanted, context, { pictures });
}

/**
 * @param {readonly import("./stage.mjs").Check[]} wanted
 * @param {import("../runners/gates.mjs").Context} context
 * @param {Parameters<typeof setStage>[1]} options
 * @returns {Promise<import("../runners/gates.mjs").Check[]>}
 */
export async function play(wanted, context, options) {
  const stage = await setStage(context, options);
  const waiting = [...wanted];
  /** @type {import("../runners/gates.mjs").Check[]} */
  const results = [];
  const began = Date.now();
  async function hand() {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const { name } = check;
      await stage.play(check).then(
        () => results.push({ name, ok: true }),
        (error) => results.push({ name, ok: false, error: error.stack ?? String(error) }),
      );
    }
  }
  try {
    await Promise.all(Array.from({ length: HANDS }, hand));
  } finally {
    await stage.stop();
  }
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  context.say(
    `dashboard: ${results.length} checks, axe on ${stage.looks.length} pictures, ${seconds} s`,
  );
  return results;
}
