/** A request as a probe asks for it, and the answer as it came. */
import type { Evidence, Header } from '#lib/result/evidence.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: readonly Header[];
  readonly body: string;
}

export interface HttpAnswer {
  readonly host: string;
  readonly path: string;
  readonly method: string;
  readonly status: number;
  /** In the order and spelling of the wire, repeated ones apart. */
  readonly headers: readonly Header[];
  readonly body: Uint8Array;
  readonly evidence: Evidence;
}

/** The value of the first header of this name, in whatever case. */
export function header(headers: readonly Header[], name: string): string | null {
  return headers.find(([other]) => other.toLowerCase() === name)?.[1] ?? null;
}
