/** A few commands of `openstack`, for Deno: see README.md. */
import { createSession, type Session, type SessionOptions } from "keystone-fetch";
import { fromEnv } from "keystone-fetch/config";
import { parse, type Row, run, table, UsageError } from "./cli.ts";

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

interface Wish {
  readonly type: string;
  readonly region?: string | undefined;
  readonly interface?: "public" | "internal" | "admin" | undefined;
  /** The same, with the variables' defaults. */
  readonly settings: Pick<SessionOptions, "region" | "interface">;
}

/** What each command shows: one thing, or a list of them. The names are those of `openstack`. */
const commands: Record<string, (session: Session, wish: Wish) => Promise<Row | Row[]>> = {
  async "token issue"(session) {
    const { id, user, scope, expiresAt } = await session.token();
    const { project, domain, system, trust } = scope;
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

  async "catalog show"(session, { type, settings }) {
    // With an interface, it is the catalog's address, even if the session itself uses another.
    const query = { type, region: settings.region, interface: settings.interface ?? "public" };
    const { name, type: official, region, interface: face, url } = await session.endpoint(query);
    return { name, type: official, region, interface: face, url };
  },
};

function read(args: string[]) {
  return parse({
    args,
    allowPositionals: true,
    options: {
      region: { type: "string" },
      interface: { type: "string" },
      json: { type: "boolean" },
      help: { type: "boolean", short: "h" },
    },
  });
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
  const settings = { region: region ?? options.region, interface: face ?? options.interface };
  const session = createSession({ ...options, ...settings });
  const shown = await command(session, { type, region, interface: face, settings });
  console.log(values.json ? JSON.stringify(shown, null, 2) : table(shown));
}

await run(main);
