import { dim, duration, say } from "./print.mjs";

const { stdout } = process;

/**
 * Shows that long work is going on, and how long it took: in a terminal with a line that counts the
 * seconds, in a file with one line at its beginning and one at its end.
 */
export function createProgress() {
  const start = Date.now();
  let doing = "";
  let began = 0;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let clock;

  function draw(now = Date.now()) {
    const text = `${doing} … ${duration(now - began)}`;
    stdout.write(`\r\x1b[K${dim(text.slice(0, stdout.columns - 1))}`);
  }

  /** Ends the line of the work in progress. */
  function stop(now = Date.now()) {
    clearInterval(clock);
    if (doing === "") return;
    if (stdout.isTTY) {
      draw(now);
      say();
    } else {
      say(`${doing}: ${duration(now - began)}`);
    }
    doing = "";
  }

  return {
    /** @param {string} text such as "Doing this …", a second after that began, or "… (10 s)" */
    tell(text) {
      const [, what = text, tick] = /^(.*?) …(?: \((.+)\))?$/.exec(text) ?? [];
      if (tick && stdout.isTTY) return;
      if (tick) return say(`${doing} … ${tick}`);
      if (what === text) {
        stop();
        return say(text);
      }
      const now = Date.now() - 1000;
      stop(now);
      doing = what.length > 60 ? `${what.slice(0, 60).replace(/ \S*$/, "")} and more` : what;
      began = now;
      if (stdout.isTTY) {
        draw();
        clock = setInterval(() => draw(), 1000);
      } else {
        say(`${doing} …`);
      }
    },
    stop: () => stop(),
    /** @param {string} text said with the time since the beginning */
    done(text) {
      stop();
      say(`${text} ${dim(`after ${duration(Date.now() - start)}`)}`);
    },
  };
}
