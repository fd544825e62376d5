import { createSession, password } from "keystone-fetch";

const { OS_AUTH_URL, OS_USERNAME, OS_PASSWORD, OS_PROJECT_NAME } = process.env;
const domain = { name: "Default" };

const session = createSession({
  authUrl: OS_AUTH_URL,
  auth: password({ name: OS_USERNAME, domain, password: OS_PASSWORD }),
  scope: { project: { name: OS_PROJECT_NAME, domain } },
});

const keystone = await session.service("identity"); // or "compute", "image", "network" …
const { regions } = await keystone.get("regions").json();
console.log(regions.map(({ id }) => id));
