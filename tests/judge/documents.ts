/** Autodiscover documents for the judges to read. */
import type { HttpAnswer } from '#lib/net/http-message.ts';
import { poxOffers } from '#lib/probes/judging/offers.ts';
import { readPoxAnswer } from '#lib/probes/judging/pox-document.ts';
import type { SettingsDocument } from '#lib/probes/judging/settings-document.ts';
import { answer, HOST } from './table.ts';

const ENVELOPE = 'http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006';
const OUTLOOK = 'http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a';
const PHONE = 'http://schemas.microsoft.com/exchange/autodiscover/mobilesync/responseschema/2006';

const inEnvelope = (inside: string, schema: string): HttpAnswer =>
  answer({
    headers: [['Content-Type', 'text/xml']],
    body: `<Autodiscover xmlns="${ENVELOPE}"><Response xmlns="${schema}">${inside}</Response></Autodiscover>`,
  });

/** A document of Outlook's own. */
export const response = (inside: string): HttpAnswer => inEnvelope(inside, OUTLOOK);
export const settings = (...protocols: string[]): HttpAnswer =>
  response(`<Account><AccountType>email</AccountType><Action>settings</Action>${protocols.join('')}</Account>`);

export const forPhones = (inside: string): HttpAnswer =>
  inEnvelope(`<Culture>en:us</Culture><User><DisplayName>Alice</DisplayName></User>${inside}`, PHONE);

/** A protocol that says no more than its name. */
export const bare = (type: string): string => `<Protocol><Type>${type}</Type></Protocol>`;

interface MapiUrls {
  readonly outside?: string;
  readonly inside?: string;
}

/** MAPI over HTTP, with the same host for mailbox and address book. */
export function mapi({ outside, inside }: MapiUrls = { outside: `https://${HOST}` }): string {
  const urls = (path: string): string =>
    [
      inside === undefined ? '' : `<InternalUrl>${inside}${path}</InternalUrl>`,
      outside === undefined ? '' : `<ExternalUrl>${outside}${path}</ExternalUrl>`,
    ].join('');
  const both = `<MailStore>${urls('/mapi/emsmdb/')}</MailStore><AddressBook>${urls('/mapi/nspi/')}</AddressBook>`;
  return `<Protocol Type="mapiHttp" Version="1">${both}</Protocol>`;
}

/** EXCH, EXPR or EXHTTP. */
export const rpc = (type: string, server: string, more = '<AuthPackage>Ntlm</AuthPackage>'): string =>
  `<Protocol><Type>${type}</Type><Server>${server}</Server><SSL>On</SSL>${more}</Protocol>`;
export const exch = (more = ''): string => rpc('EXCH', 'b1946ac9@example.test', more);

/** A document with these protocols, read as it is kept. */
export function documentWith(...protocols: string[]): SettingsDocument {
  const read = readPoxAnswer(settings(...protocols));
  if (!read.ok || read.response.kind !== 'settings') throw new Error('no settings');
  const { protocols: all, user } = read.response;
  const urls = all.flatMap((protocol) => protocol.urls);
  return { host: HOST, form: 'POX', offers: poxOffers(read.response), urls, protocols: all, comparable: null, user };
}
