/** How a type is held against another: compiling is the test. */

/** Whether two types are the same, not only assignable to each other. */
export type Equals<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** `is<Equals<A, B>>()` compiles if they are. */
export declare function is<True extends true>(): True;
