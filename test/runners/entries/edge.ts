/** The suite as an edge function: the Worker, in a script that listens. JOB is given to it. */
import worker from "./worker.ts";

declare const JOB: string;

interface FetchEvent extends Event {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

addEventListener("fetch", (event) => {
  const { request, respondWith } = event as FetchEvent;
  respondWith.call(event, worker.fetch(request, { JOB }));
});
