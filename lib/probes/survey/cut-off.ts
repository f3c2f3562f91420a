/**
 * Connections that were cut off without a word. Some servers refuse old versions so (Windows does); but so does a guard that has had
 * enough of us, or a balancer of whose servers one is dead. What tells them apart: an ordinary handshake still goes well, and two more
 * tries, one right after the other and with nothing between them, end as before.
 */
import type { Tried } from './seen.ts';
import type { Heard, Way, Words } from './way.ts';

/** Stands in a row until it is settled. */
export const cutOff: Tried = { answer: 'not tested', detail: 'the connection was cut off' };

export const isCutOff = ({ answer, detail }: Tried): boolean => answer === cutOff.answer && detail === cutOff.detail;

/**
 * Tries once more what was cut off, when nothing else is going on any more.
 * @param judge what an answer means, should one come after all
 */
export async function settle(way: Way, words: Words, judge: (heard: Heard) => Tried): Promise<Tried> {
  if (!(await way.isStillServed())) return cutOff;
  for (let time = 0; time < 2; time++) {
    const heard = await way.say(words);
    if (heard.kind !== 'cut-off') return judge(heard);
  }
  return { answer: 'refused', detail: 'the connection is cut off each time' };
}
