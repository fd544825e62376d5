/** Redirects at every place, as a table. A page can't see where they lead, and so follows none. */
import type { Case } from "../case.ts";
import { casesOf } from "./fault-table.ts";

/** A 303 turns a login into a GET, as it must, which is no longer a login. */
const table = `
fault              login           renewal         projects()      service()       fetch
redirect-301       ok ×1           ok ×1           ok ×1           ok ×1           200 ×1
  pages            Transport ×1
redirect-302       ok ×1           ok ×1           ok ×1           ok ×1           200 ×1
  pages            Transport ×1
redirect-303       Unauthorized ×1 Unauthorized ×1 ok ×1           ok ×1           200 ×1
  pages            Transport ×1
redirect-307       ok ×1           ok ×1           ok ×1           ok ×1           200 ×1
  pages            Transport ×1
redirect-308       ok ×1           ok ×1           ok ×1           ok ×1           200 ×1
  pages            Transport ×1
redirect-foreign-301  UntrustedOrigin ×1
  pages            Transport ×1
redirect-foreign-302  UntrustedOrigin ×1
  pages            Transport ×1
redirect-foreign-303  UntrustedOrigin ×1
  pages            Transport ×1
redirect-foreign-307  UntrustedOrigin ×1
  pages            Transport ×1
redirect-foreign-308  UntrustedOrigin ×1
  pages            Transport ×1
`;

const cases: readonly Case[] = casesOf(table);

export default cases;
