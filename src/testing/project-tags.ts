import { done, required } from "./crud.ts";
import { projects } from "./kinds.ts";
import { admin, ownProject } from "./policies.ts";
import { badRequest, notFound } from "./problem.ts";
import { type AuthorizedCall, guarded, type Reply, type Route } from "./router.ts";
import { tagsOf } from "./tags.ts";
import { assertTag, inPython } from "./validation.ts";
import type { Entity } from "./world.ts";

const all = "/v3/projects/{project_id}/tags";
const one = `${all}/{tag}`;

export const projectTagRoutes: readonly Route[] = [
  guarded("GET", all, "list_project_tags", ownProject, (call) => shown(call, tagsOf(find(call)))),
  guarded("PUT", all, "update_project_tags", admin, (call) => {
    const tags = readTags(call.body.tags);
    keep(call, tags);
    return shown(call, tags);
  }),
  guarded("DELETE", all, "delete_project_tags", admin, (call) => {
    keep(call, []);
    return done;
  }),
  guarded("GET", one, "get_project_tag", ownProject, (call) => {
    assertTagged(call);
    return done;
  }),
  guarded("PUT", one, "create_project_tag", admin, addTag),
  guarded("DELETE", one, "delete_project_tag", admin, (call) => {
    assertTagged(call);
    keep(
      call,
      tagsOf(find(call)).filter((tag) => tag !== call.params.tag),
    );
    return done;
  }),
];

const find = ({ world, params }: AuthorizedCall): Entity =>
  required(world, projects, params.project_id);

// Keystone's own link says no more.
const shown = ({ world }: AuthorizedCall, tags: readonly unknown[]): Reply => ({
  status: 200,
  body: { links: { self: `${world.root}/v3` }, tags },
});

function keep(call: AuthorizedCall, tags: readonly unknown[]): void {
  const project = find(call);
  call.world.projects.set(project.id, { ...project, tags });
}

function readTags(tags: unknown): readonly unknown[] {
  if (!Array.isArray(tags)) throw badRequest(`${inPython(tags)} is not of type 'array'`);
  if (tags.length > 80) throw badRequest(`${JSON.stringify(tags)} is too long`);
  for (const [i, tag] of tags.entries()) assertTag(tag, `${i}`);
  if (new Set(tags).size < tags.length) {
    throw badRequest(`${inPython(tags)} has non-unique elements`);
  }
  return tags;
}

function assertTagged(call: AuthorizedCall): void {
  const { tag } = call.params;
  if (!tagsOf(find(call)).includes(tag)) throw notFound(`Could not find project tag: ${tag}.`);
}

function addTag(call: AuthorizedCall): Reply {
  const { world, params } = call;
  const tag = params.tag ?? "";
  const tags = tagsOf(find(call));
  assertTag(tag, "name");
  // Keystone refuses a tag that the project already has.
  keep(call, readTags([...tags, tag]));
  // Not JSON, and not a real address: as Keystone does it.
  const headers = {
    "Content-Type": "text/html; charset=utf-8",
    Location: `${world.root}/v3/${params.project_id}/tags/${tag}`,
  };
  return { status: 201, headers };
}
