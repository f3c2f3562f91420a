/** Adds the English `text` beside every message and finding on its way out of the server. */
import { isFindingCode } from './catalogue/index.ts';
import { text } from './text.ts';

/**
 * A copy of any event, node or report in which each message and finding carries its sentence.
 * Readers outside need no catalogue, and the browser does not load it.
 */
export function rendered<T>(value: T): T {
  return decorate(value) as T;
}

function decorate(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decorate);
  if (typeof value !== 'object' || value === null) return value;
  const copy = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, decorate(part)]));
  const message = asMessage(copy);
  return message === null ? copy : { ...copy, text: text(message) };
}

function asMessage(object: Record<string, unknown>): { key: string; args: Record<string, never> } | null {
  if (typeof object.args !== 'object' || object.args === null) return null;
  const args = object.args as Record<string, never>;
  if (typeof object.key === 'string') return { key: object.key, args };
  return typeof object.code === 'string' && isFindingCode(object.code) ? { key: object.code, args } : null;
}
