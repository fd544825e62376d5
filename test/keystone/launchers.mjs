/**
 * The programs in a root (root.mjs). Its Python is started by the root's own loader with the root's
 * own libraries, so that it does not see this machine's Python and libc.
 */
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

const PYTHON = `#!/bin/sh
root=$(dirname "$(dirname "$(readlink -f "$0")")")
lib=$root/usr/lib/$(uname -m)-linux-gnu
python=$root/usr/bin/$(readlink "$root/usr/bin/python3")
export PYTHONHOME="$root/usr"
export PYTHONPATH="$root/usr/lib/python3/dist-packages"
export PYTHONNOUSERSITE=1
export OPENSSL_MODULES="$lib/ossl-modules"
exec "$(echo "$lib"/ld-linux-*.so.*)" --library-path "$lib" --argv0 "$python" "$python" "$@"
`;

const MANAGE = `#!/bin/sh
run=$(dirname "$(readlink -f "$0")")
exec "$run/python" "$run/../usr/bin/keystone-manage" "$@"
`;

const GUNICORN = `#!/bin/sh
run=$(dirname "$(readlink -f "$0")")
exec "$run/python" -m gunicorn "$@"
`;

/**
 * Where they are in a root.
 *
 * @param {string} root
 */
export const launchers = (root) => ({
  python: join(root, "run/python"),
  manage: join(root, "run/keystone-manage"),
  gunicorn: join(root, "run/gunicorn"),
});

/** @param {string} root */
export async function writeLaunchers(root) {
  const { python, manage, gunicorn } = launchers(root);
  await mkdir(join(root, "run"));
  for (const [file, text] of [
    [python, PYTHON],
    [manage, MANAGE],
    [gunicorn, GUNICORN],
  ]) {
    await writeFile(file, text);
    await chmod(file, 0o755);
  }
}
