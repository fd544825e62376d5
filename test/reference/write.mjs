/** `npm run docs`: writes the reference anew. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { folder, pages } from "./pages.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
rmSync(`${root}${folder}`, { recursive: true, force: true });
mkdirSync(`${root}${folder}`, { recursive: true });
for (const [file, text] of pages(root)) writeFileSync(`${root}${folder}/${file}`, text);
