/** Signs by which a host shows that it belongs to a mail system. A password goes to no host without one. */
import type { Challenge } from '#lib/wire/http/challenge.ts';

type Header = readonly [name: string, value: string];

/** Headers that Exchange's front end and the servers compatible with it put on every answer, refused ones too. */
const MAIL_HEADERS = [
  'x-feserver',
  'x-beserver',
  'x-calculatedbetarget',
  'x-diaginfo',
  'x-owa-version',
  'x-serverapplication',
  'x-caserrorcode',
  'x-ms-diagnostics',
  'x-soap-enabled',
  'x-wssecurity-enabled',
  'x-oauth-enabled',
];
const MAIL_PRODUCTS = /exchange|gromox|grommunio|outlook|kopano|z-push|openchange|sogo|zimbra/i;
const MAIL_SCHEMES = ['ntlm', 'negotiate', 'bearer'];

/**
 * What speaks for a mail system, in words for the evidence; empty where nothing does. A hosting panel offers Basic with a realm of
 * its own and none of these.
 */
export function marksOfMailSystem(headers: readonly Header[], challenges: readonly Challenge[]): string[] {
  const schemes = challenges.filter(({ scheme }) => MAIL_SCHEMES.includes(scheme.toLowerCase()));
  const named = headers.filter(([name]) => MAIL_HEADERS.includes(name.toLowerCase()));
  const products = headers.filter(
    ([name, value]) => /^(server|x-powered-by|x-server)$/i.test(name) && MAIL_PRODUCTS.test(value),
  );
  const realms = challenges.filter(({ params }) => MAIL_PRODUCTS.test(params.realm ?? ''));
  return [
    ...schemes.map(({ scheme }) => `offers ${scheme}`),
    ...named.map(([name]) => `sends ${name}`),
    ...products.map(([name, value]) => `${name}: ${value}`),
    ...realms.map(({ params }) => `realm ${params.realm}`),
  ];
}
