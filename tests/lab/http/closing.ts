import { type Handler, silence } from './message.ts';

/** The same answers, but the connection ends after each of them. */
export function closing(handler: Handler): Handler {
  return (request, place, random) => {
    const answer = handler(request, place, random);
    return answer === silence ? silence : { ...answer, close: true };
  };
}
