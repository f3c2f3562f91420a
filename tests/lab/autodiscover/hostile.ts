import type { Handler } from '../http/message.ts';
import { jsonAnswer } from './json.ts';
import { settingsDocument, xmlAnswer } from './pox.ts';
import type { ProtocolName } from './protocols.ts';

const PROTOCOLS: readonly ProtocolName[] = ['mapiHttp', 'EXHTTP', 'WEB'];
const HUGE_BYTES = 100 * 1024 * 1024;
const HUGE_JSON_BYTES = 50 * 1024 * 1024;
const DEPTH = 10_000;

/** A document that stops in the middle of an element. */
export const cutOffXml: Handler = (_request, place, random) => {
  const document = settingsDocument(PROTOCOLS, place, random);
  return xmlAnswer(document.slice(0, document.lastIndexOf('</Account>') - 4));
};

/** A proper document of 100 MB, made while it is sent. */
export const hugeXml: Handler = (_request, place, random) =>
  xmlAnswer({ stream: padded(settingsDocument(PROTOCOLS, place, random)) });

/** A proper document with elements that are nested 10,000 deep. */
export const nestedXml: Handler = (_request, place, random) => {
  const nest = { xml: '<Extension>'.repeat(DEPTH) + '</Extension>'.repeat(DEPTH) };
  return xmlAnswer(settingsDocument(PROTOCOLS, place, random, { extra: [nest] }));
};

/** Fifty megabytes of JSON, made while they are sent. */
export const hugeJson: Handler = () => ({ ...jsonAnswer(200, {}), body: { stream: paddedJson() } });

function* paddedJson(): Generator<Uint8Array> {
  const padding = Buffer.from('"padding",'.repeat(6_000));
  yield Buffer.from('{"Protocol":"AutodiscoverV1","Padding":[');
  for (let sent = 0; sent < HUGE_JSON_BYTES; sent += padding.length) yield padding;
  yield Buffer.from('""],"Url":""}');
}

function* padded(document: string): Generator<Uint8Array> {
  const middle = document.lastIndexOf('</Account>');
  const padding = Buffer.from('<Extension>padding</Extension>\n'.repeat(2000));
  yield Buffer.from(document.slice(0, middle));
  for (let sent = 0; sent < HUGE_BYTES; sent += padding.length) yield padding;
  yield Buffer.from(document.slice(middle));
}
