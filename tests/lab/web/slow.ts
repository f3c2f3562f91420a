import { setTimeout } from 'node:timers/promises';
import { type Body, type Handler, silence } from '../http/message.ts';

/** The same answers, with bodies that come this much later. */
export function slowly(ms: number, handler: Handler): Handler {
  return (...about) => {
    const answer = handler(...about);
    return answer === silence ? silence : { ...answer, body: { stream: late(answer.body ?? '', ms) } };
  };
}

async function* late(body: Body, ms: number): AsyncGenerator<Uint8Array> {
  await setTimeout(ms, undefined, { ref: false });
  if (typeof body === 'string') yield Buffer.from(body);
  else if (body instanceof Uint8Array) yield body;
  else yield* body.stream;
}
