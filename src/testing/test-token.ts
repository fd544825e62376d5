import { tokenDocument } from "./tokens.ts";
import type { Issued, World } from "./world.ts";

interface TestNamed {
  readonly id: string;
  readonly name: string;
}

interface TestInDomain extends TestNamed {
  readonly domain: TestNamed;
}

/** Whose token a service was called with: the document of GET /v3/auth/tokens, and the token's id. */
export interface TestToken {
  readonly id: string;
  readonly methods: readonly string[];
  readonly user: TestInDomain;
  readonly project?: TestInDomain | undefined;
  readonly domain?: TestNamed | undefined;
  readonly system?: { readonly all: true } | undefined;
  readonly roles?: readonly TestNamed[] | undefined;
  readonly expires_at: string;
  readonly issued_at: string;
}

export const testToken = (world: World, issued: Issued): TestToken => ({
  ...(tokenDocument(world, issued, false) as Omit<TestToken, "id">),
  id: issued.id,
});
