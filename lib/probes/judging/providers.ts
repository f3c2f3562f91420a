/** Whose service a name leads to: told by where its aliases end, as the providers' own instructions have people set them. */
import type { Alias } from '#lib/net/dns/aliases.ts';

/** Endings of names that providers tell their customers to point `autodiscover` at, and of those behind them. */
const PROVIDERS: readonly (readonly [ending: string, provider: string])[] = [
  ['autodiscover.outlook.com', 'Microsoft 365'],
  ['autodiscover-s.outlook.com', 'Microsoft 365'],
  ['ms-acdc.autod.outlook.com', 'Microsoft 365'],
  ['outlook.office365.com', 'Microsoft 365'],
  ['partner.outlook.cn', 'Microsoft 365 (21Vianet)'],
  ['serverdata.net', 'Intermedia'],
  ['emailsrvr.com', 'Rackspace'],
  ['secureserver.net', 'GoDaddy'],
  ['kundenserver.de', 'IONOS'],
  ['ovh.net', 'OVHcloud'],
  ['messagingengine.com', 'Fastmail'],
  ['zoho.com', 'Zoho Mail'],
];

/** The provider that an alias leads to; null where nobody known stands at its end. */
export function providerOf(aliases: readonly Alias[]): string | null {
  const targets = aliases.map(({ target }) => target.toLowerCase().replace(/\.$/, ''));
  const known = PROVIDERS.find(([ending]) => targets.some((name) => name === ending || name.endsWith(`.${ending}`)));
  return known?.[1] ?? null;
}
