import type { Handler, HttpAnswer, HttpRequest } from '../http/message.ts';
import type { Place } from '../place.ts';
import { ACTIVE_SYNC_PATH } from './mobilesync.ts';
import type { SettingsBend } from './protocols.ts';

/** URLs by the name of the protocol, in small letters, with the name as servers write it. */
export type JsonOffer = (host: string) => Readonly<Record<string, readonly [name: string, url: string]>>;

const exchangeServer: JsonOffer = (host) => ({
  autodiscoverv1: ['AutodiscoverV1', poxAt(host)],
  activesync: ['ActiveSync', `https://${host}${ACTIVE_SYNC_PATH}`],
  ews: ['Ews', `https://${host}/EWS/Exchange.asmx`],
});

export const JSON_PATH = '/autodiscover/autodiscover.json';

/** Where the answers in plain XML are. */
export function poxAt(host: string): string {
  return `https://${host}/autodiscover/autodiscover.xml`;
}

/** How the newer form is bent. */
export interface JsonBend extends Pick<SettingsBend, 'servicesAt'> {
  urls?: JsonOffer;
}

/** The newer form of Autodiscover: for anybody who asks, a URL for each protocol. That there is such a mailbox it does not say. */
export function answerJson({ servicesAt = ({ host }) => host, urls = exchangeServer }: JsonBend = {}): Handler {
  return (request, place) => {
    const { email, protocol } = readJsonRequest(request);
    if (!email || !protocol)
      return jsonFault('MandatoryParameterMissing', `A valid ${email ? 'protocol' : 'smtp address'} must be provided.`);
    const offered = urls(servicesAt(place));
    const found = offered[protocol.toLowerCase()];
    if (found) return jsonAnswer(200, { Protocol: found[0], Url: found[1] });
    const names = Object.values(offered).map(([name]) => name);
    return jsonFault(
      'InvalidProtocol',
      `The given protocol value '${protocol}' is invalid. Supported values are '${names.join(',')}'.`,
    );
  };
}

/** Sends whoever asks to another host, in the other form of the question, and counts along. */
export function redirectJson(host: (place: Place) => string): Handler {
  return (request, place) => {
    const { email, protocol, redirects } = readJsonRequest(request);
    const query = new URLSearchParams({ Email: email, Protocol: protocol, RedirectCount: String(redirects + 1) });
    const headers = [['Location', `https://${host(place)}${JSON_PATH}?${query}`]] as const;
    return { status: 302, headers: [...headers, ['Content-Type', 'text/html; charset=utf-8']], body: 'Object moved' };
  };
}

export function jsonAnswer(status: number, value: Readonly<Record<string, string>>): HttpAnswer {
  return { status, headers: [['Content-Type', 'application/json; charset=utf-8']], body: JSON.stringify(value) };
}

export function jsonFault(code: string, message: string, status = 400): HttpAnswer {
  return jsonAnswer(status, { ErrorCode: code, ErrorMessage: message });
}

/** The address stands in the path or in the query; parameters in any case. */
function readJsonRequest({ target }: HttpRequest): { email: string; protocol: string; redirects: number } {
  const url = new URL(target, 'https://lab.test');
  const query = new Map([...url.searchParams].map(([name, value]) => [name.toLowerCase(), value]));
  const [, inPath = ''] = /^\/autodiscover\/autodiscover\.json\/v1\.0\/([^/]*)$/i.exec(url.pathname) ?? [];
  const email = query.get('email') ?? decodeURIComponent(inPath);
  return { email, protocol: query.get('protocol') ?? '', redirects: Number(query.get('redirectcount') ?? 0) };
}
