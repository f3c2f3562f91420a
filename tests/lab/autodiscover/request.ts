import { type HttpRequest, headerOf } from '../http/message.ts';
import { unescaped } from './xml.ts';

/** The two kinds of client that ask at the same place: [MS-OXDSCLI] 2.2.1, [MS-ASCMD] 2.2.1.1. */
type Schema = 'outlook' | 'mobilesync';

const REQUESTS: Record<string, Schema> = {
  'http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006': 'outlook',
  'http://schemas.microsoft.com/exchange/autodiscover/mobilesync/requestschema/2006': 'mobilesync',
};

/** Of the outermost element of every answer. */
export const ENVELOPE = 'http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006';
export const OUTLOOK_RESPONSE = 'http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a';
export const MOBILESYNC_RESPONSE = 'http://schemas.microsoft.com/exchange/autodiscover/mobilesync/responseschema/2006';
const RESPONSES: Record<Schema, string> = { outlook: OUTLOOK_RESPONSE, mobilesync: MOBILESYNC_RESPONSE };

/** Either the address that settings are asked for, or the error code for a request that is not right. */
export type Asked = { email: string; schema: Schema } | { errorCode: 600 | 601 };

const INVALID_REQUEST: Asked = { errorCode: 600 };
const SCHEMA_NOT_AVAILABLE: Asked = { errorCode: 601 };

/**
 * Reads a request as narrowly as real servers do: POST, text/xml, the request schema as default namespace without a
 * prefix, and flat elements inside Request. [MS-OXDSCLI] 2.2.3
 */
export function readAutodiscoverRequest(request: HttpRequest): Asked {
  const isXml = /^text\/xml\s*(;|$)/i.test(headerOf(request, 'content-type') ?? '');
  const read = request.method === 'POST' && isXml ? readDocument(request.body.toString('utf8')) : null;
  const email = read?.fields.get('EMailAddress');
  if (!read || !email) return INVALID_REQUEST;
  const { schema, fields } = read;
  return fields.get('AcceptableResponseSchema') === RESPONSES[schema] ? { email, schema } : SCHEMA_NOT_AVAILABLE;
}

const DOCUMENT =
  /^\uFEFF?(?:<\?xml [^<>]*\?>)?\s*<Autodiscover((?:\s[^<>]*)?)>\s*<Request>([\s\S]*)<\/Request>\s*<\/Autodiscover>\s*$/;

function readDocument(text: string): { schema: Schema; fields: Map<string, string> } | null {
  const [, attributes = '', inside = ''] = DOCUMENT.exec(text) ?? [];
  const [, namespace = ''] = /\sxmlns=["']([^"']*)["']/.exec(attributes) ?? [];
  const schema = REQUESTS[namespace];
  const found = [...inside.matchAll(/\s*<([A-Za-z]+)>([^<>]*)<\/\1>\s*/gy)];
  const complete = found.reduce((length, [whole]) => length + whole.length, 0) === inside.length;
  if (schema === undefined || !complete) return null;
  return { schema, fields: new Map(found.map(([, name = '', value = '']) => [name, unescaped(value).trim()])) };
}
