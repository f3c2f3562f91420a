/** What a document says, in words that all formats share, and what it could have said. */
import type { JsonResponse } from './json.ts';
import type { MobileSyncResponse } from './mobile-sync.ts';
import { toBoolean } from './parts.ts';
import type { PoxProtocol, PoxSettings } from './pox.ts';
import type { Service, ServiceUrl, Side } from './settings.ts';
import type { SoapSettings } from './soap.ts';
import { settingNameOf } from './soap-setting.ts';

export type Comparable =
  | PoxSettings
  | SoapSettings
  | MobileSyncResponse
  | (JsonResponse & { readonly kind: 'endpoint' });

export interface Fact {
  /** As it is shown; null where it is missing, although the document speaks of such things. */
  readonly value: string | null;
  /** As it is compared. */
  readonly key: string | null;
}

export interface Facts {
  readonly urls: readonly ServiceUrl[];
  /** Whether it is telling if the document has no address of this service for this side. */
  readonly speaksOf: (service: Service, side: Side) => boolean;
  /** Everything that is no address of a service, by what people call it. */
  readonly values: ReadonlyMap<string, Fact>;
  /** The types of its protocols, null where the format has none. */
  readonly protocols: string | null;
}

export function factsOf(document: Comparable): Facts {
  switch (document.kind) {
    case 'settings':
      return poxFacts(document);
    case 'user-settings':
      return soapFacts(document);
    case 'mobile-sync':
      return mobileFacts(document);
    case 'endpoint':
      return { urls: document.urls, speaksOf: () => false, values: new Map(), protocols: null };
  }
}

/** Letters make no difference in names of hosts, in distinguished names and in words of the schema. */
const name = (value: string | null): Fact => ({ value, key: value?.toLowerCase().replace(/\.$/, '') ?? null });

const words = (value: string | null): Fact => ({ value, key: value?.normalize() ?? null });

function flag(value: string | boolean | null): Fact {
  const is = typeof value === 'boolean' ? value : toBoolean(value);
  return is === null ? { value: null, key: null } : { value: is ? 'on' : 'off', key: String(is) };
}

function poxFacts({ user, account, protocols, rows }: PoxSettings): Facts {
  const has = (key: string): boolean => protocols.some((one) => one.key === key);
  const hasUser = rows.some(({ path }) => path.startsWith('User/'));
  const values = [
    ...(hasUser ? userFacts(user.displayName, user.legacyDn, user.address, user.deploymentId) : []),
    ...(account.microsoftOnline === null ? [] : [[MICROSOFT_365, flag(account.microsoftOnline)] as const]),
    ...Object.entries(PROTOCOL_FACTS).flatMap(([type, facts]) => protocolFacts(type, facts, protocols)),
  ];
  return {
    urls: protocols.flatMap(({ urls }) => urls),
    speaksOf: (service, side) => {
      if (service === 'MapiMailStore' || service === 'MapiAddressBook') return has('mapihttp') && side !== 'unstated';
      if (service === 'Owa') return has('web') && side !== 'unstated';
      if (service === 'ActiveSync' || service === 'CertEnroll' || service === 'Autodiscover') return false;
      return (side === 'internal' && has('exch')) || (side === 'external' && has('expr'));
    },
    values: new Map(values),
    protocols: [...new Set(protocols.map(({ key }) => key))].sort().join(', '),
  };
}

const DISPLAY_NAME = 'the display name';
const LEGACY_DN = 'the legacy distinguished name';
const ADDRESS = 'the address to ask for';
const DEPLOYMENT = 'the deployment';
const MICROSOFT_365 = 'whether the mailbox is in Microsoft 365';

function userFacts(displayName: string | null, dn: string | null, address: string | null, deployment: string | null) {
  return [
    [DISPLAY_NAME, words(displayName)],
    [LEGACY_DN, name(dn)],
    [ADDRESS, name(address)],
    [DEPLOYMENT, name(deployment)],
  ] as const;
}

type ProtocolFacts = Readonly<Record<string, (protocol: PoxProtocol) => Fact>>;

const CONNECTION: ProtocolFacts = {
  'the server': ({ server }) => name(server),
  'the sign-in method': ({ authPackage }) => name(authPackage),
  SSL: ({ ssl }) => flag(ssl),
  'the name in the certificate': ({ certPrincipalName }) => name(certPrincipalName),
  ServerExclusiveConnect: ({ serverExclusiveConnect }) => flag(serverExclusiveConnect),
};

const PROTOCOL_FACTS: Readonly<Record<string, ProtocolFacts>> = {
  EXCH: {
    'the server': ({ server }) => name(server),
    'the name of the server in the directory': ({ serverDn }) => name(serverDn),
    'the database': ({ mdbDn }) => name(mdbDn),
    'the server of public folders': ({ publicFolderServer }) => name(publicFolderServer),
    ServerExclusiveConnect: ({ serverExclusiveConnect }) => flag(serverExclusiveConnect),
  },
  EXPR: CONNECTION,
  EXHTTP: CONNECTION,
};

/** Of a type that stands there more than once every value counts. */
function protocolFacts(
  type: string,
  facts: ProtocolFacts,
  protocols: readonly PoxProtocol[],
): readonly (readonly [string, Fact])[] {
  const ofType = protocols.filter(({ key }) => key === type.toLowerCase());
  if (ofType.length === 0) return [];
  return Object.entries(facts).map(([what, read]) => [`${what} of ${type}`, all(ofType.map(read))]);
}

function all(facts: readonly Fact[]): Fact {
  const byKey = new Map(facts.flatMap(({ key, value }) => (key === null || value === null ? [] : [[key, value]])));
  const keys = [...byKey.keys()].sort();
  if (keys.length === 0) return { value: null, key: null };
  return { key: keys.join(', '), value: keys.map((key) => byKey.get(key)).join(', ') };
}

/** The settings that plain XML has, too. */
const SETTING_FACTS: readonly (readonly [setting: string, what: string, read: (value: string) => Fact])[] = [
  ['UserDisplayName', DISPLAY_NAME, words],
  ['UserDN', LEGACY_DN, name],
  ['AutoDiscoverSMTPAddress', ADDRESS, name],
  ['UserDeploymentId', DEPLOYMENT, name],
  ['UserMSOnline', MICROSOFT_365, flag],
  ['InternalRpcClientServer', 'the server of EXCH', name],
  ['InternalMailboxServerDN', 'the name of the server in the directory of EXCH', name],
  ['MailboxDN', 'the database of EXCH', name],
  ['PublicFolderServer', 'the server of public folders of EXCH', name],
  ['InternalServerExclusiveConnect', 'ServerExclusiveConnect of EXCH', flag],
  ['ExternalMailboxServer', 'the server of EXPR', name],
  ['ExternalMailboxServerAuthenticationMethods', 'the sign-in method of EXPR', name],
  ['ExternalMailboxServerRequiresSSL', 'SSL of EXPR', flag],
  ['ExternalServerExclusiveConnect', 'ServerExclusiveConnect of EXPR', flag],
];

/** What was not asked for is not missing: a setting is, if the server says that it has none or gives it without a value. */
function soapFacts({ settings, errors, urls }: SoapSettings): Facts {
  const texts = new Map(settings.map((one) => [one.name, one.value.kind === 'text' ? one.value.text : '']));
  const isSpokenOf = (setting: string): boolean =>
    texts.has(setting) || errors.some((one) => one.name === setting && one.code !== 'InvalidSetting');
  const values = SETTING_FACTS.filter(([setting]) => isSpokenOf(setting)).map(([setting, what, read]) => {
    const text = texts.get(setting) ?? '';
    return [what, text === '' ? { value: null, key: null } : read(text)] as const;
  });
  return {
    urls,
    speaksOf: (service, side) => {
      const setting = settingNameOf(service, side);
      return setting !== null && isSpokenOf(setting);
    },
    values: new Map(values),
    protocols: null,
  };
}

function mobileFacts({ displayName, action }: MobileSyncResponse): Facts {
  return {
    urls: action.kind === 'settings' ? action.urls : [],
    speaksOf: () => false,
    values: new Map(displayName === null ? [] : [[DISPLAY_NAME, words(displayName)]]),
    protocols: null,
  };
}
