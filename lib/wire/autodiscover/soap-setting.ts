/** One user setting out of a SOAP answer: text, or one of four kinds of lists. [MS-OXWSADISC] 3.1.4 */
import { type Part, part, partsOf, rowsOf, type Schema, textOf, toNumber } from './parts.ts';
import type { AlternativeMailbox } from './pox.ts';
import type { Row, Service, ServiceUrl, Side } from './settings.ts';

export interface UserSetting {
  readonly name: string;
  /** The i:type, without a prefix; null where the element has none. */
  readonly type: string | null;
  readonly value: SettingValue;
}

export type SettingValue =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'web-client-urls';
      readonly urls: readonly { readonly authentication: string | null; readonly url: string }[];
    }
  | {
      readonly kind: 'connections';
      readonly connections: readonly {
        readonly host: string;
        readonly port: number | null;
        /** None, SSL, TLS. */
        readonly encryption: string | null;
      }[];
    }
  | { readonly kind: 'alternate-mailboxes'; readonly mailboxes: readonly AlternativeMailbox[] }
  | {
      readonly kind: 'document-sharing';
      readonly locations: readonly {
        readonly name: string | null;
        readonly service: string | null;
        readonly location: string | null;
      }[];
    }
  /** A type that nobody knows, as it came. */
  | { readonly kind: 'other'; readonly rows: readonly Row[] };

/** Goes by what the element holds: that is right even where the i:type is missing. */
export function toSetting(setting: Part, schema: Schema): UserSetting {
  const type = setting.attributes.get('type')?.split(':').at(-1) ?? null;
  return { name: textOf(setting, 'Name') ?? '', type, value: toValue(setting, schema) };
}

function toValue(setting: Part, schema: Schema): SettingValue {
  const urls = part(setting, 'WebClientUrls');
  const connections = part(setting, 'ProtocolConnections');
  const mailboxes = part(setting, 'AlternateMailboxes');
  const locations = part(setting, 'DocumentSharingLocations');
  const value = part(setting, 'Value');
  if (urls !== undefined) return { kind: 'web-client-urls', urls: partsOf(urls, 'WebClientUrl').map(toWebClientUrl) };
  if (connections !== undefined)
    return { kind: 'connections', connections: partsOf(connections, 'ProtocolConnection').map(toConnection) };
  if (mailboxes !== undefined)
    return { kind: 'alternate-mailboxes', mailboxes: partsOf(mailboxes, 'AlternateMailbox').map(toMailbox) };
  if (locations !== undefined)
    return { kind: 'document-sharing', locations: partsOf(locations, 'DocumentSharingLocation').map(toLocation) };
  if (value !== undefined && value.parts.length === 0) return { kind: 'text', text: value.text };
  const rows = rowsOf(setting, schema);
  return { kind: 'other', rows: rows.filter(({ path }) => path !== 'Name' && path !== '@type') };
}

const toWebClientUrl = (one: Part) => ({
  authentication: textOf(one, 'AuthenticationMethods'),
  url: textOf(one, 'Url') ?? '',
});

const toConnection = (one: Part) => ({
  host: textOf(one, 'Hostname') ?? '',
  port: toNumber(textOf(one, 'Port')),
  encryption: textOf(one, 'EncryptionMethod'),
});

const toMailbox = (one: Part): AlternativeMailbox => ({
  type: textOf(one, 'Type'),
  displayName: textOf(one, 'DisplayName'),
  legacyDn: textOf(one, 'LegacyDN'),
  server: textOf(one, 'Server'),
  address: textOf(one, 'SmtpAddress'),
  ownerAddress: textOf(one, 'OwnerSmtpAddress'),
});

const toLocation = (one: Part) => ({
  name: textOf(one, 'DisplayName'),
  service: textOf(one, 'ServiceUrl'),
  location: textOf(one, 'LocationUrl'),
});

const SIDES = [
  ['Internal', 'internal'],
  ['External', 'external'],
] as const;

const NAMED = [
  ['EwsUrl', 'Ews'],
  ['EmwsUrl', 'EwsManagement'],
  ['OABUrl', 'Oab'],
  ['UMUrl', 'Um'],
  ['EcpUrl', 'Ecp'],
  ['PhotosUrl', 'Photos'],
  ['WebClientUrls', 'Owa'],
] as const;

interface Purpose {
  readonly service: Service;
  readonly side: Side;
}

const SERVICES: ReadonlyMap<string, Purpose> = new Map<string, Purpose>([
  ...SIDES.flatMap(([prefix, side]) =>
    NAMED.map(([name, service]) => [`${prefix}${name}`, { service, side }] as const),
  ),
  ['EwsPartnerUrl', { service: 'EwsPartner', side: 'unstated' }] as const,
]);

/** The setting that holds the address of a service, null where there is none. */
export function settingNameOf(service: Service, side: Side): string | null {
  return [...SERVICES].find(([, named]) => named.service === service && named.side === side)?.[0] ?? null;
}

/** The addresses in a setting. */
export function settingUrls({ name, value }: UserSetting): readonly ServiceUrl[] {
  const named = SERVICES.get(name);
  if (named === undefined) return [];
  const at = `UserSettings/UserSetting[Name="${name}"]`;
  switch (value.kind) {
    case 'text': {
      const isUrl = value.text !== '' && !(named.service === 'Oab' && /^public( folders?)?$/i.test(value.text));
      return isUrl ? [{ ...named, url: value.text, path: `${at}/Value`, authentication: null }] : [];
    }
    case 'web-client-urls':
      return value.urls
        .map(({ url, authentication }, index) => ({
          ...named,
          url,
          authentication,
          path: `${at}/WebClientUrls/WebClientUrl[${index + 1}]/Url`,
        }))
        .filter(({ url }) => url !== '');
    case 'connections':
    case 'alternate-mailboxes':
    case 'document-sharing':
    case 'other':
      return [];
  }
}
