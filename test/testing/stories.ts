import { authStories } from "./story-auth.ts";
import { grantStories } from "./story-grants.ts";
import { moreStories } from "./story-more.ts";
import { recordStories } from "./story-records.ts";
import { userStories } from "./story-users.ts";
import { wrongStories } from "./story-wrong.ts";
import type { Story } from "./visit.ts";

/** All that is told to both servers. */
export const stories: readonly Story[] = [
  ...authStories,
  ...userStories,
  ...recordStories,
  ...moreStories,
  ...grantStories,
  ...wrongStories,
];
