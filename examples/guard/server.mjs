/** The API on node:http: `node examples/guard/server.mjs`, with the OS_* variables of a service user. */
import { createServer } from "node:http";
import { createSession } from "keystone-fetch";
import { fromEnv } from "keystone-fetch/config";
import { createGuard } from "keystone-fetch/guard";
import { createApi } from "./api.mjs";
import { nodeHandler } from "./node-handler.mjs";

const guard = createGuard({ session: createSession(fromEnv(process.env)) });
const server = createServer(nodeHandler(createApi(guard).fetch));
server.listen(Number(process.env.PORT ?? 8080), "127.0.0.1", () => {
  const address = server.address();
  const port = typeof address === "object" ? address?.port : address;
  console.log(`http://127.0.0.1:${port}`);
});
