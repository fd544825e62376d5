/**
 * Connections that are slow, break, or can't be made, and bodies that can't be decompressed, as a
 * table.
 */
import type { Case } from "../case.ts";
import { casesOf } from "./fault-table.ts";

/**
 * Most runtimes treat a compressed body that breaks off as a short one, and WebKit any body. After a
 * reset, Deno by itself repeats a request, even a POST, and Firefox a GET, nine times.
 */
const table = `
fault              login           renewal         projects()      service()       fetch
gzip               ok ×1           ok ×1           ok ×1           ok ×1           200 ×1
gzip-lie           Transport ×1
  webkit           ok ×1           ok ×1           ok ×1           ok ×1           200 ×1
gzip-half          Transport ×1
  node,edge,pages  Response ×1     Response ×1     Response ×1     Response ×1     200 ×1
huge               ok ×1           ok ×1           -               -               -
slow-headers       Transport ×2    Transport ×2    Transport ×2    Transport ×2    caller's ×1
slow-body          Transport ×1    Transport ×1-3  Transport ×1    Transport ×1    caller's ×1
reset              Transport ×3    Transport ×3    Transport ×3    Transport ×3    Transport ×1
  deno             Transport ×6    Transport ×6    Transport ×6    Transport ×6    Transport ×2
  firefox          Transport ×3    Transport ×3    Transport ×30   Transport ×30   Transport ×10
reset-body         Transport ×1
  webkit           Response ×1     Response ×1     Response ×1     Response ×1     200 ×1
refused            Transport ×3    Transport ×3    Transport ×3    Transport ×3    Transport ×1
`;

const cases: readonly Case[] = casesOf(table);

export default cases;
