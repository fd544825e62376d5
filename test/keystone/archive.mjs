/** Asks Debian's archive for packages of another suite than this machine's, and installs nothing. */
import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

const KEYS = "/usr/share/keyrings/debian-archive-keyring.gpg";

/**
 * Downloads packages with all their dependencies, down to libc, with an apt of our own for which
 * nothing is installed. apt checks them with Debian's keys.
 *
 * @param {string} suite
 * @param {readonly string[]} names
 * @param {string} dir an empty directory to work in
 * @returns {Promise<string[]>} the paths of the files, sorted
 */
export async function download(suite, names, dir) {
  for (const name of ["etc/preferences.d", "etc/trusted.gpg.d", "state/lists/partial"]) {
    await mkdir(join(dir, name), { recursive: true });
  }
  const archives = join(dir, "cache/archives");
  await mkdir(join(archives, "partial"), { recursive: true });
  await writeFile(join(dir, "status"), "");
  const source = `deb [signed-by=${KEYS}] ${await mirror()} ${suite} main\n`;
  await writeFile(join(dir, "etc/sources.list"), source);
  await writeFile(join(dir, "conf"), configuration(dir));

  const env = { ...process.env, APT_CONFIG: join(dir, "conf"), LC_ALL: "C" };
  await run("apt-get", ["-qq", "update"], { env });
  const how = ["-qq", "-y", "--no-install-recommends", "--download-only"];
  await run("apt-get", [...how, "install", ...names], { env, maxBuffer: 1e8 });
  const files = (await readdir(archives)).filter((name) => name.endsWith(".deb")).sort();
  return files.map((name) => join(archives, name));
}

/**
 * The address of the archive that this machine's own packages come from: it has the other suites too.
 * What apt would fetch first shows it, even if no list has been fetched yet.
 */
async function mirror() {
  const system = await readFile("/etc/os-release", "utf8");
  const codename = /^VERSION_CODENAME=(\w+)$/m.exec(system)?.[1] ?? "stable";
  const how = ["-o", "Debug::NoLocking=true", "update", "--print-uris"];
  const { stdout } = await run("apt-get", how);
  const list = new RegExp(`^'(\\S+?)/?dists/${codename}/main/binary-`, "m");
  const found = list.exec(stdout)?.[1];
  if (found === undefined) throw new Error("apt-get does not tell where Debian's archive is");
  return found;
}

/**
 * The machine's settings, such as a proxy, stay valid; its hooks after an update don't.
 *
 * @param {string} dir
 */
const configuration = (dir) => `
Dir "${dir}";
Dir::Etc "${dir}/etc";
Dir::Etc::Parts "/etc/apt/apt.conf.d";
Dir::State "${dir}/state";
Dir::State::status "${dir}/status";
Dir::Cache "${dir}/cache";
Acquire::Languages "none";
Acquire::Retries "3";
// The lists of a moving suite expire a week after their date.
Acquire::Check-Valid-Until "false";
APT::Sandbox::User "";
Debug::NoLocking "true";
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
`;
