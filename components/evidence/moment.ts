/** Moments of a server or a document, to be compared with each other: in UTC. */
import { showDate } from '#lib/result/message.ts';
import { cut } from './names.ts';

/** Day and time; what is no date is shown as it came. */
export function moment(iso: string, to: 'minute' | 'second' = 'minute'): string {
  const time = Date.parse(iso);
  if (Number.isNaN(time)) return cut(iso);
  return `${showDate(iso)}, ${new Date(time).toISOString().slice(11, to === 'minute' ? 16 : 19)} UTC`;
}
