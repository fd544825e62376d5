/** A few commands of `openstack`, for Deno: see README.md. */
import { parseArgs } from "node:util";
import { createSession, isKeystoneError, type Session } from "keystone-fetch";
import { fromEnv } from "keystone-fetch/config";

const usage = `Usage: deno run --allow-net --allow-env openstack.ts COMMAND [OPTION …]

  token issue         a token and its id, which is a secret
  project list        the projects that you may use
  catalog list        all services and their addresses, or those of a region or an interface
  catalog show TYPE   the address of one service, as "compute"

  --region NAME       in place of OS_REGION_NAME
  --interface NAME    public, internal or admin, in place of OS_INTERFACE
  --json              JSON in place of a table
  --help              this text

You are who the OS_* variables say, as an openrc file sets them.`;

type Row = Readonly<Record<string, string | null>>;

interface Wish {
  readonly type: string;
  readonly region?: string | undefined;
  readonly interface?: "public" | "internal" | "admin" | undefined;
}

/** What each command shows: one thing, or a list of them. The names are those of `openstack`. */
const commands: Record<string, (session: Session, wish: Wish) => Promise<Row | Row[]>> = {
  async "token issue"(session) {
    const { id, user, scope, expiresAt } = await session.token();
    const { project, domain, system, trust } = Object(scope);
    return {
      expires: expiresAt.toISOString(),
      id,
      ...(project && { project_id: project.id }),
      ...(domain && { domain_id: domain.id }),
      ...(system && { system }),
      ...(trust && { trust_id: trust.id }),
      user_id: user.id,
    };
  },

  async "project list"(session) {
    const projects = await session.projects();
    return projects.map(({ id, name }) => ({ ID: id, Name: name }));
  },

  async "catalog list"(session, wish) {
    const { catalog } = await session.token();
    return catalog.flatMap(({ name, type, endpoints }) =>
      endpoints
        .filter(({ region }) => !wish.region || region === wish.region)
        .filter(({ interface: face }) => !wish.interface || face === wish.interface)
        .map(({ region, interface: face, url }) => ({
          Name: name,
          Type: type,
          Region: region,
          Interface: face,
          URL: url,
        })),
    );
  },

  async "catalog show"(session, { type }) {
    const { name, type: official, region, interface: face, url } = await session.endpoint({ type });
    return { name, type: official, region, interface: face, url };
  },
};

class UsageError extends Error {}

function read(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        region: { type: "string" },
        interface: { type: "string" },
        json: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

async function main(args: string[]): Promise<void> {
  const { values, positionals } = read(args);
  if (values.help) return console.log(usage);
  const [noun, verb, type = "", ...rest] = positionals;
  const name = `${noun} ${verb}`;
  const command = Object.hasOwn(commands, name) && commands[name];
  if (!command) throw new UsageError(noun ? "no such command" : "which command?");
  if (rest.length > 0 || (type !== "") !== (name === "catalog show")) {
    throw new UsageError(type ? "too many words" : "the address of which service?");
  }
  const { region, interface: face } = values;
  if (face !== undefined && face !== "public" && face !== "internal" && face !== "admin") {
    throw new UsageError("--interface is public, internal or admin");
  }
  const options = fromEnv(Deno.env.toObject());
  const session = createSession({
    ...options,
    region: region ?? options.region,
    interface: face ?? options.interface,
  });
  const shown = await command(session, { type, region, interface: face });
  console.log(values.json ? JSON.stringify(shown, null, 2) : table(shown));
}

/** Lines and columns, as `openstack` draws them. */
function table(shown: Row | Row[]): string {
  const rows = Array.isArray(shown)
    ? shown
    : Object.entries(shown).map(([Field, Value]) => ({ Field, Value }));
  const names = Object.keys(rows[0] ?? {});
  if (names.length === 0) return "";
  // What a server names something must not move the cursor, or turn the direction of the line.
  const cells = rows.map((row: Row) =>
    names.map((name) => (row[name] ?? "").replace(/\p{Cc}|\p{Bidi_Control}/gu, "?")),
  );
  const widths = names.map((_, i) =>
    Math.max(...[names, ...cells].map((line) => widthOf(line[i] ?? ""))),
  );
  const line = `+${widths.map((width) => "-".repeat(width + 2)).join("+")}+`;
  const draw = (line: readonly string[]) =>
    `|${line.map((cell, i) => ` ${cell}${" ".repeat((widths[i] ?? 0) - widthOf(cell))} `).join("|")}|`;
  return [line, draw(names), line, ...cells.map(draw), line].join("\n");
}

const letters = new Intl.Segmenter();
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\ufe0f/u;

/** Columns in a terminal: one for a letter with its accents, two for "計" or an emoji. */
function widthOf(text: string): number {
  let width = 0;
  for (const { segment } of letters.segment(text)) width += wide.test(segment) ? 2 : 1;
  return width;
}

try {
  await main(Deno.args);
} catch (error) {
  const about = error instanceof UsageError ? " (--help tells more)" : "";
  // Of an error that is not ours the whole stack: it is a mistake in this program.
  if (!about && !isKeystoneError(error)) throw error;
  const { message } = error as Error;
  const words = message.replace(/[\s\p{Cc}]+/gu, " ").trim();
  console.error(`${words}${about}`);
  Deno.exit(about ? 2 : 1);
}
