/** What people call the ways, the documents and the protocols. */
import type { DocumentId, MethodId, ProtocolId } from './facts.ts';
import type { TransportId } from './transports.ts';

export const methodNames: Readonly<Record<MethodId, string>> = {
  cloud: 'Microsoft 365',
  'https-root': 'the domain itself',
  'https-autodiscover': 'the autodiscover host',
  'http-redirect': 'the redirect on port 80',
  srv: 'the SRV record',
};

export const documentNames: Readonly<Record<DocumentId, string>> = {
  outlook: 'POX with MAPI over HTTP',
  outlookPlain: 'POX without MAPI over HTTP',
  mobilesync: 'POX for ActiveSync',
  soap: 'SOAP',
  json: 'JSON',
};

export const protocolNames: Readonly<Record<ProtocolId, string>> = {
  mapiHttp: 'MAPI over HTTP',
  exhttp: 'Outlook Anywhere (EXHTTP)',
  expr: 'Outlook Anywhere (EXPR)',
  exch: 'RPC inside the network (EXCH)',
  ews: 'EWS',
  activesync: 'ActiveSync',
};

export const transportNames: Readonly<Record<TransportId, string>> = {
  'mapi-http': 'MAPI over HTTP',
  'rpc-http': 'RPC over HTTP',
};
