import { type Handler, silence } from './message.ts';

/** The same answers from a machine whose clock is wrong by so many minutes; ahead, if the number is positive. */
export function clockWrongBy(minutes: number, handler: Handler): Handler {
  return (...about) => {
    const answer = handler(...about);
    if (answer === silence) return silence;
    const date = new Date(Date.now() + minutes * 60_000).toUTCString();
    return { ...answer, headers: [...(answer.headers ?? []), ['Date', date]] };
  };
}
