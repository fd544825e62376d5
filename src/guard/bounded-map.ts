/** A map that, when full, forgets the entry that was used longest ago. */
export interface BoundedMap<T> {
  readonly get: (key: string) => T | undefined;
  readonly set: (key: string, value: T) => void;
  readonly delete: (key: string) => void;
}

/** @param limit how many entries it holds at most */
export function createBoundedMap<T>(limit: number): BoundedMap<T> {
  // A Map keeps its keys in the order in which they were set: the first is the oldest.
  const entries = new Map<string, T>();

  function put(key: string, value: T): void {
    entries.delete(key);
    entries.set(key, value);
    for (const oldest of entries.keys()) {
      if (entries.size <= limit) return;
      entries.delete(oldest);
    }
  }

  return {
    get: (key) => {
      const value = entries.get(key);
      if (value !== undefined) put(key, value);
      return value;
    },
    set: put,
    delete: (key) => {
      entries.delete(key);
    },
  };
}
