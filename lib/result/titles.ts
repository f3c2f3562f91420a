/** The sentences of rows and verdicts: for each kind of step what is planned, and what is true when it passed or failed. */
import { type Args, type ArgsFor, type Message, sentence } from './message.ts';

const steps = {
  'run.title': sentence('Test of {target}', { target: 'name' }),
  'dns-lookup.planned': sentence('Look up the name {host}', { host: 'host' }),
  'dns-lookup.passed': sentence('{host} resolves to {count address|addresses}', { host: 'host', count: 'count' }),
  'dns-lookup.failed': sentence('{host} cannot be resolved', { host: 'host' }),
  'tcp-connect.planned': sentence('Connect to port {port} of {host}', { host: 'host', port: 'text' }),
  'tcp-connect.passed': sentence('Port {port} of {host} is open at {address}', {
    host: 'host',
    port: 'text',
    address: 'address',
  }),
  'tcp-connect.failed': sentence('Port {port} of {host} cannot be reached', { host: 'host', port: 'text' }),
  'tls-handshake.planned': sentence('Open an encrypted connection to {host}', { host: 'host' }),
  'tls-handshake.passed': sentence('{host} speaks {protocol}', { host: 'host', protocol: 'text' }),
  'tls-handshake.shown': sentence('{host} speaks {protocol}, and goes on with the client certificate of {name}', {
    host: 'host',
    protocol: 'text',
    name: 'name',
  }),
  'tls-handshake.failed': sentence('No encrypted connection to {host}', { host: 'host' }),
  'tls-survey.planned': sentence('See what else {host} offers', { host: 'host' }),
  'tls-survey.passed': sentence('{host} offers {versions}', { host: 'host', versions: 'text' }),
  'tls-survey.nothing': sentence('{host} offers no version of TLS', { host: 'host' }),
  'tls-survey.failed': sentence('What else {host} offers could not be seen', { host: 'host' }),
  'http-greeting.planned': sentence('Ask {host} for its first page', { host: 'host' }),
  'http-greeting.passed': sentence('{host} answers HTTP requests (status {status})', { host: 'host', status: 'text' }),
  'http-greeting.none': sentence('No web server answers at this port of {host}', { host: 'host' }),
  'http-greeting.failed': sentence('{host} lets nobody in', { host: 'host' }),
  'certificate-principal.planned': sentence('Check that the certificate is the one that Outlook was told to expect'),
  'certificate-principal.passed': sentence('The certificate was made for {principal}', { principal: 'text' }),
  'certificate-principal.failed': sentence('The certificate was made for somebody else than Outlook was told'),
  'certificate.title': sentence('Certificate of {host}', { host: 'host' }),
  'certificate-name.planned': sentence('Check that the certificate names {host}', { host: 'host' }),
  'certificate-name.passed': sentence('The certificate names {host} ({match})', { host: 'host', match: 'host' }),
  'certificate-name.failed': sentence('The certificate does not name {host}', { host: 'host' }),
  'certificate-dates.planned': sentence('Check the dates of the certificate'),
  'certificate-dates.passed': sentence('The certificate is valid until {notAfter}', { notAfter: 'date' }),
  'certificate-dates.failed': sentence('The certificate is outside its dates'),
  'certificate-trust.planned': sentence('Check who issued the certificate'),
  'certificate-trust.passed': sentence('The certificate comes from a trusted issuer: {root}', { root: 'name' }),
  'certificate-trust.failed': sentence('The certificate does not come from a trusted issuer'),
  'certificate-chain.planned': sentence('Put the chain of certificates together'),
  'certificate-chain.passed': sentence('The chain has {count certificate|certificates}, up to {top}', {
    count: 'count',
    top: 'name',
  }),
  'certificate-chain.failed': sentence('The certificate cannot be read'),
  'certificate-rules.planned': sentence('Check how the certificate is made'),
  'certificate-rules.passed': sentence('The certificate is made as it has to be'),
  'certificate-rules.failed': sentence('The certificate is not made as it has to be'),
  'certificate-revocation.planned': sentence('Ask whether the certificate has been revoked'),
  'certificate-revocation.passed': sentence('The certificate has not been revoked ({how})', { how: 'text' }),
  'certificate-revocation.unknown': sentence('Whether the certificate has been revoked could not be found out'),
  'certificate-revocation.not-covered': sentence('Nobody can say whether the certificate has been revoked: {why}', {
    why: 'text',
  }),
  'certificate-revocation.failed': sentence('The certificate has been revoked'),
  'client-certificate.planned': sentence('Open the client certificate'),
  'client-certificate.passed': sentence(
    'The client certificate opens: {name}, issued by {issuer}, valid until {notAfter}',
    {
      name: 'name',
      issuer: 'name',
      notAfter: 'date',
    },
  ),
  'client-certificate.unread': sentence('The client certificate opens, but cannot be read here; it is shown as it is'),
  'client-certificate.failed': sentence('The client certificate stays closed'),
  'locked-file.planned': sentence('Open the file with its pass phrase'),
  'locked-file.passed': sentence('The file opens: the certificate of {name} and {others other|others}', {
    name: 'name',
    others: 'count',
  }),
  'locked-file.failed': sentence('The file stays closed'),
  'certificate-key.planned': sentence('Check that the private key belongs to the certificate'),
  'certificate-key.passed': sentence('The private key in the file belongs to the certificate'),
  'certificate-key.none': sentence('The file holds no private key, so the server must have it already'),
  'certificate-key.unread': sentence('The private key in the file is of a kind that cannot be compared'),
  'certificate-key.failed': sentence('The private key belongs to another certificate'),
  'autodiscover-challenge.planned': sentence('Ask {host} for settings without signing in', { host: 'host' }),
  'autodiscover-challenge.passed': sentence('{host} asks for a sign-in: {methods}', { host: 'host', methods: 'text' }),
  'autodiscover-challenge.answered': sentence('{host} gives settings without a sign-in', { host: 'host' }),
  'autodiscover-challenge.failed': sentence('{host} does not offer Autodiscover', { host: 'host' }),
  'sign-in.planned': sentence('Sign in to {host}', { host: 'host' }),
  'sign-in.passed': sentence('Signed in to {host} with {method}', { host: 'host', method: 'text' }),
  'sign-in.failed': sentence('{host} does not accept the sign-in', { host: 'host' }),
  'autodiscover-settings.planned': sentence('Read the settings'),
  'autodiscover-settings.passed': sentence('The settings offer {protocols}', { protocols: 'text' }),
  'autodiscover-settings.failed': sentence('The answer holds no usable settings'),
  'autodiscover.title': sentence('Autodiscover: find the server for {mailbox}', { mailbox: 'mailbox' }),
  'autodiscover.host': sentence('https://{host}', { host: 'host' }),
  'host.title': sentence('{host}, port {port}', { host: 'host', port: 'text' }),
} as const;

const verdicts = {
  'verdict.running.outlook': sentence('Looking for the server of {target}…', { target: 'mailbox' }),
  'verdict.running.tls': sentence('Looking at {target}…', { target: 'host' }),
  'verdict.running.certificate': sentence('Looking at the certificate of {target}…', { target: 'host' }),
  'verdict.queued': sentence('Waiting for a free place: {ahead test was|tests were} started before this one', {
    ahead: 'count',
  }),
  'verdict.passed.outlook': sentence('Outlook finds its server and gets its settings for {target}', {
    target: 'mailbox',
  }),
  'verdict.passed.tls': sentence('The encrypted connection to {target} is in order', { target: 'host' }),
  'verdict.passed.certificate': sentence('The certificate of {target} can be installed', { target: 'host' }),
  'verdict.warning.outlook': sentence('Outlook gets its settings for {target}, but {cause}', {
    target: 'mailbox',
    cause: 'message',
  }),
  'verdict.warning.tls': sentence('{target} works, but {cause}', { target: 'host', cause: 'message' }),
  'verdict.warning.certificate': sentence('The certificate of {target} can be installed, but {cause}', {
    target: 'host',
    cause: 'message',
  }),
  'verdict.failed.outlook': sentence('Outlook cannot connect: {cause}', { cause: 'message' }),
  'verdict.failed.tls': sentence('{target} is not in order: {cause}', { target: 'host', cause: 'message' }),
  'verdict.failed.certificate': sentence('Not ready to be installed: {cause}', { cause: 'message' }),
  'verdict.incomplete': sentence('Not tested to the end'),
  'verdict.broken': sentence('Throughline could not finish this test because of a mistake of its own'),
} as const;

export const titles = { ...steps, ...verdicts };
export type TitleKey = keyof typeof titles;

/** Builds a title; its arguments are checked against the sentence. */
export function title<K extends TitleKey>(key: K, args: ArgsFor<(typeof titles)[K]['args']>): Message {
  return { key, args: args as Args };
}
