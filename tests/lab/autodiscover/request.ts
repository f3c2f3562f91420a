import { type HttpRequest, headerOf } from '../http/message.ts';
import { unescaped } from './xml.ts';

const REQUEST_NAMESPACE = 'http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006';
export const OUTLOOK_RESPONSE = 'http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a';

/** Either the address that settings are asked for, or the error code for a request that is not right. */
export type Asked = { email: string } | { errorCode: 600 | 601 };

const INVALID_REQUEST: Asked = { errorCode: 600 };
const SCHEMA_NOT_AVAILABLE: Asked = { errorCode: 601 };

/**
 * Reads a request as narrowly as real servers do: POST, text/xml, the request schema as default namespace without a
 * prefix, and flat elements inside Request. [MS-OXDSCLI] 2.2.3
 */
export function readAutodiscoverRequest(request: HttpRequest): Asked {
  const isXml = /^text\/xml\s*(;|$)/i.test(headerOf(request, 'content-type') ?? '');
  const fields = request.method === 'POST' && isXml ? readFields(request.body.toString('utf8')) : null;
  const email = fields?.get('EMailAddress');
  if (!fields || !email) return INVALID_REQUEST;
  return fields.get('AcceptableResponseSchema') === OUTLOOK_RESPONSE ? { email } : SCHEMA_NOT_AVAILABLE;
}

const DOCUMENT =
  /^\uFEFF?(?:<\?xml [^<>]*\?>)?\s*<Autodiscover((?:\s[^<>]*)?)>\s*<Request>([\s\S]*)<\/Request>\s*<\/Autodiscover>\s*$/;

function readFields(text: string): Map<string, string> | null {
  const [, attributes = '', inside = ''] = DOCUMENT.exec(text) ?? [];
  const [, namespace] = /\sxmlns=["']([^"']*)["']/.exec(attributes) ?? [];
  if (namespace !== REQUEST_NAMESPACE) return null;
  const found = [...inside.matchAll(/\s*<([A-Za-z]+)>([^<>]*)<\/\1>\s*/gy)];
  const complete = found.reduce((length, [whole]) => length + whole.length, 0) === inside.length;
  return complete ? new Map(found.map(([, name = '', value = '']) => [name, unescaped(value).trim()])) : null;
}
