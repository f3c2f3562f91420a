import type { Place } from '../place.ts';
import type { Random } from '../random.ts';
import { element, type Xml } from './xml.ts';

/** The ways to a mailbox that an answer may name. [MS-OXDSCLI] 2.2.4.1.1.2 */
export type ProtocolName = 'EXCH' | 'EXPR' | 'EXHTTP' | 'WEB' | 'mapiHttp';

const MAILBOX_ID = '4c414221-0001-4000-8000-00000000a11c';
export const ORGANIZATION_DN = '/o=Throughline Lab/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)';

/** One Protocol element. The order of its children is left to chance, as no client may rely on it. */
export function protocolElement(name: ProtocolName, place: Place, random: Random): Xml {
  return builders[name](place, random);
}

const builders: Record<ProtocolName, (place: Place, random: Random) => Xml> = {
  EXCH: (place, random) => {
    const server = mailboxId(place);
    const serverDn = `${ORGANIZATION_DN}/cn=Configuration/cn=Servers/cn=${server}`;
    return withType('EXCH', random, {
      Server: server,
      ServerDN: serverDn,
      ServerVersion: '73C2845E',
      MdbDN: `${serverDn}/cn=Microsoft Private MDB`,
      AuthPackage: 'Ntlm',
      ServerExclusiveConnect: 'off',
      ...services(place),
    });
  },
  EXPR: (place, random) => withType('EXPR', random, { Server: place.host, ...outside, ...services(place) }),
  EXHTTP: (place, random) => withType('EXHTTP', random, { Server: place.host, ...outside, ...services(place) }),
  WEB: ({ host }, random) => {
    const page = element('OWAUrl', `https://${host}/owa/`, { AuthenticationMethod: 'Basic, Fba' });
    return element('Protocol', random.shuffled([element('Type', 'WEB'), element('External', [page])]));
  },
  mapiHttp: (place, random) => {
    const children = [urls('MailStore', 'emsmdb', place, random), urls('AddressBook', 'nspi', place, random)];
    return element('Protocol', random.shuffled(children), { Type: 'mapiHttp', Version: '1' });
  },
};

const outside = { SSL: 'On', AuthPackage: 'Basic', CertPrincipalName: 'None', ServerExclusiveConnect: 'on' };

function withType(type: string, random: Random, values: Record<string, string>): Xml {
  const children = Object.entries({ Type: type, ...values }).map(([name, value]) => element(name, value));
  return element('Protocol', random.shuffled(children));
}

function services({ host }: Place): Record<string, string> {
  const ews = `https://${host}/EWS/Exchange.asmx`;
  return { ASUrl: ews, EwsUrl: ews, OOFUrl: ews, OABUrl: `https://${host}/OAB/`, EcpUrl: `https://${host}/owa/` };
}

function urls(service: string, endpoint: string, place: Place, random: Random): Xml {
  const url = `https://${place.host}/mapi/${endpoint}/?MailboxId=${mailboxId(place)}`;
  return element(service, random.shuffled([element('InternalUrl', url), element('ExternalUrl', url)]));
}

function mailboxId({ domain }: Place): string {
  return `${MAILBOX_ID}@${domain}`;
}
