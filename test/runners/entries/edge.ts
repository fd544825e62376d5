/** The suite as an edge function: the Worker, in a script with a listener. It is given JOB. */
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
