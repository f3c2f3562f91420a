/** What is shown of a reply of MAPI over HTTP beside its messages: the layers that each say something, and what helps a mail administrator. */
import { type HttpAnswer, header } from '#lib/net/http-message.ts';
import type { Evidence, FactsEvidence } from '#lib/result/evidence.ts';
import type { MapiReply } from '#lib/sessions/mapi-http/context.ts';
import { codeOf } from '#lib/sessions/mapi-http/reading.ts';
import type { AuxiliaryBlock } from '#lib/wire/extended-buffer/auxiliary.ts';
import { nameOfCode } from '#lib/wire/mapi-codes.ts';
import { responseCode } from '#lib/wire/mapi-http/response-code.ts';

type Group = FactsEvidence['groups'][number];

export interface Layers {
  readonly statusCode?: number;
  readonly errorCode?: number;
  /** Of the ROPs, in their order. */
  readonly returnValues?: readonly { readonly rop: string; readonly value: number }[];
}

/** The exchanges, the layers and the messages. */
export function mapiEvidence(
  reply: MapiReply<unknown>,
  messages: Evidence | null,
  layers: Layers = {},
  more: readonly Group[] = [],
): Evidence[] {
  const groups = [...more, layerGroup(reply, layers), serverGroup(reply.answer)].filter(({ rows }) => rows.length > 0);
  const { host } = reply.answer;
  return [{ kind: 'facts', body: { host, groups } }, ...(messages === null ? [] : [messages]), ...reply.legs];
}

function layerGroup({ answer, stream }: MapiReply<unknown>, layers: Layers): Group {
  const code = stream === null ? null : codeOf(answer, stream);
  const { statusCode, errorCode, returnValues = [] } = layers;
  const rows = [
    { name: 'HTTP status', value: String(answer.status) },
    ...(code === null
      ? []
      : [{ name: 'X-ResponseCode', value: `${code} ${responseCode(code)?.name ?? ''}`.trimEnd() }]),
    ...(statusCode === undefined ? [] : [{ name: 'StatusCode', value: codeWords(statusCode) }]),
    ...(errorCode === undefined ? [] : [{ name: 'ErrorCode', value: codeWords(errorCode) }]),
    ...returnValues.map(({ rop, value }) => ({ name: `ReturnValue of ${rop}`, value: codeWords(value) })),
  ];
  return { title: 'What each layer says', rows };
}

const codeWords = (code: number): string => (code === 0 ? '0 success' : nameOfCode(code));

/** To hand to whoever looks into the logs of the server. */
const DIAGNOSTIC = [
  'request-id',
  'x-requestid',
  'x-serverapplication',
  'x-feserver',
  'x-beserver',
  'x-calculatedbetarget',
  'x-targetserver',
  'x-diaginfo',
  'x-deviceinfo',
  'x-pendingperiod',
  'x-expirationinfo',
  'via',
];

/** Headers for a mail administrator. */
export function serverGroup({ headers }: Pick<HttpAnswer, 'headers'>): Group {
  const rows = DIAGNOSTIC.flatMap((name) => {
    const found = headers.find(([other]) => other.toLowerCase() === name);
    return found === undefined ? [] : [{ name: found[0], value: found[1].slice(0, 500) }];
  });
  return { title: 'For the mail administrator', rows };
}

/** What the auxiliary blocks tell. [MS-OXCRPC] 2.2.2.2 */
export function auxiliaryGroup(blocks: readonly AuxiliaryBlock[]): Group {
  return { title: 'Auxiliary blocks', rows: blocks.slice(0, 40).flatMap(blockRows) };
}

function blockRows({ kind, ...facts }: AuxiliaryBlock): Group['rows'] {
  return Object.entries(facts).map(([name, value]) => ({ name: `${kind}: ${words(name)}`, value: shown(value) }));
}

/** serverVersion: server version */
const words = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

function shown(value: unknown): string {
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  return String(value).slice(0, 500);
}

/** The value of a header that a proxy may have taken out; null where it is missing. */
export const serverApplication = ({ headers }: Pick<HttpAnswer, 'headers'>): string | null =>
  header(headers, 'x-serverapplication')?.slice(0, 200) ?? null;
