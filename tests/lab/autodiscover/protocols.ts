import type { Place } from '../place.ts';
import { addressBookUrl, databaseDn, mailboxId, mailStoreUrl, serverDn } from '../store/owner.ts';
import type { Leaves } from './leaves.ts';

/** The ways to a mailbox that an answer may name. [MS-OXDSCLI] 2.2.4.1.1.2 */
export type ProtocolName = 'EXCH' | 'EXPR' | 'EXHTTP' | 'WEB' | 'mapiHttp';

/** What the server says of the mailbox, and how it is bent. All formats are written from it, so that they agree. */
export interface SettingsBend {
  /** The host of the services; without it the one that answers. */
  servicesAt?: (place: Place) => string;
  /** How clients are told to sign in. */
  authPackage?: (place: Place) => string;
  /** Other values than the usual ones. What is left out is not there. */
  change?: Change;
}

/** Puts other values in the place of the usual ones. */
export type Change = (values: Leaves, protocol: ProtocolName, place: Place) => Leaves;

/** The children of one Protocol element. */
export function protocolValues(name: ProtocolName, place: Place, bend: SettingsBend = {}): Leaves {
  const { servicesAt = ({ host }) => host, authPackage = () => 'Basic', change = (values) => values } = bend;
  return change(usual[name](servicesAt(place), place, authPackage(place)), name, place);
}

const usual: Record<ProtocolName, (host: string, place: Place, authPackage: string) => Leaves> = {
  EXCH: (host, place) => ({
    Type: 'EXCH',
    Server: mailboxId(place),
    ServerDN: serverDn(place),
    ServerVersion: '73C28A02',
    MdbDN: databaseDn(place),
    PublicFolderServer: host,
    AD: 'LAB-DC01.corp.lab.test',
    AuthPackage: 'Ntlm',
    ServerExclusiveConnect: 'off',
    ...urls(host),
  }),
  EXPR: (host, _place, authPackage) => ({
    ...{ Type: 'EXPR', Server: host, ...outside(authPackage), ...urls(host) },
    EwsPartnerUrl: `https://${host}/EWS/Exchange.asmx`,
  }),
  EXHTTP: (host, _place, authPackage) => ({ Type: 'EXHTTP', Server: host, ...outside(authPackage), ...urls(host) }),
  WEB: (host) => ({
    Type: 'WEB',
    ...webPage('Internal', 'EXCH', host),
    ...webPage('External', 'EXPR', host),
  }),
  mapiHttp: (host, place) => ({
    '@Type': 'mapiHttp',
    '@Version': '1',
    ...bothSides('MailStore', mailStoreUrl(host, place)),
    ...bothSides('AddressBook', addressBookUrl(host, place)),
  }),
};

const outside = (authPackage: string): Leaves => ({
  ...{ SSL: 'On', AuthPackage: authPackage, CertPrincipalName: 'None', ServerExclusiveConnect: 'on', TTL: '1' },
});

function urls(host: string): Leaves {
  const ews = `https://${host}/EWS/Exchange.asmx`;
  return {
    ...{ ASUrl: ews, EwsUrl: ews, EmwsUrl: ews, OOFUrl: ews },
    OABUrl: `https://${host}/OAB/0a11ce00-0000-4000-8000-4c4142000ab0/`,
    UMUrl: `https://${host}/EWS/UM2007Legacy.asmx`,
    EcpUrl: `https://${host}/owa/`,
    'EcpUrl-um': '?path=/options/callanswering',
    'EcpUrl-ret': '?path=/options/retentionpolicies',
    'EcpUrl-photo': '?path=/options/myaccount/action/photo',
  };
}

function webPage(side: 'Internal' | 'External', protocol: 'EXCH' | 'EXPR', host: string): Leaves {
  return {
    [`${side}/OWAUrl`]: `https://${host}/owa/`,
    [`${side}/OWAUrl@AuthenticationMethod`]: 'Basic, Fba',
    [`${side}/Protocol/Type`]: protocol,
    [`${side}/Protocol/ASUrl`]: `https://${host}/EWS/Exchange.asmx`,
  };
}

const bothSides = (service: string, url: string): Leaves => ({
  [`${service}/InternalUrl`]: url,
  [`${service}/ExternalUrl`]: url,
});

/** Another mailbox that this one may open. */
export function delegatedMailbox({ domain }: Place): Record<string, string> {
  const address = `reception@${domain}`;
  return { Type: 'Delegate', DisplayName: 'Reception', SmtpAddress: address, OwnerSmtpAddress: address };
}

/** Whether the mail system of a host has this address: of the mail domain, or of the other one, to which mailboxes move. */
export function isKnown(email: string, { mailbox, otherDomain }: Place): boolean {
  return [mailbox.email, movedAddress({ otherDomain })].includes(email.toLowerCase());
}

/** The address of the mailbox in the other domain. */
export function movedAddress({ otherDomain }: Pick<Place, 'otherDomain'>): string {
  return `alice@${otherDomain}`;
}
