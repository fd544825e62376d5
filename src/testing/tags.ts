import type { Entity } from "./world.ts";

export const tagsOf = ({ tags }: Entity): readonly unknown[] => (Array.isArray(tags) ? tags : []);

/** The projects that the query's tags ask for: all, any, or none of them. */
export function withTags(projects: readonly Entity[], query: URLSearchParams): Entity[] {
  const wanted = (name: string): readonly string[] | undefined => query.get(name)?.split(",");
  const all = wanted("tags");
  const any = wanted("tags-any");
  const notAll = wanted("not-tags");
  const notAny = wanted("not-tags-any");
  return projects.filter((project) => {
    const has = (tag: string): boolean => tagsOf(project).includes(tag);
    return (
      (!all || all.every(has)) &&
      (!any || any.some(has)) &&
      !notAll?.every(has) &&
      !notAny?.some(has)
    );
  });
}
