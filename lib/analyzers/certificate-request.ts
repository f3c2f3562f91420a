/** The request of the test `certificate`, out of files and fields. Web form and command line both end here. */
import { certificatesIn, givenName, holdsKey, isPkcs12 } from '#lib/probes/judging/given.ts';
import type { ParsedRequest } from './request.ts';
import { errorsOf, type Field, parseHost } from './target.ts';

export { isPkcs12 };

export interface CertificateRequest {
  readonly analyzer: 'certificate';
  /** What results call it: the first host, else the certificate's own name, else the file's. */
  readonly name: string;
  /** Names and addresses by which clients reach the server; none: the name is not checked. */
  readonly hosts: readonly string[];
  /** PEM, the leaf first; null where they are in a PKCS #12 file, which travels as a secret. */
  readonly chain: readonly string[] | null;
  /** A private key came along in the clear; it is left out, and not compared. */
  readonly keyBeside: boolean;
  /** PEM of what the server will send besides. */
  readonly intermediates: readonly string[];
  readonly roots: GivenRoots;
  /** The moment for which it is judged, in milliseconds since the epoch; null: now. */
  readonly at: number | null;
  readonly usage: 'server' | 'client';
  /** Whether issuers that are missing, and what is known of revocation, may be fetched. */
  readonly fetch: boolean;
}

export interface GivenRoots {
  /** `usual`: the public list and this installation's own roots. `public`: the public list alone. `given`: neither of them. */
  readonly list: 'usual' | 'public' | 'given';
  /** PEM of those that the person trusts besides. */
  readonly given: readonly string[];
}

/** What a form or a command line holds. Files come as their bytes, text as it was typed. */
export interface CertificateValues {
  /** The leaf, with or without its chain, or a PKCS #12 file; null where nothing was given. */
  readonly certificate: Uint8Array | null;
  /** What to call the file while nothing better is known. */
  readonly fileName: string;
  readonly intermediates: readonly Uint8Array[];
  readonly roots: readonly Uint8Array[];
  readonly list: GivenRoots['list'];
  readonly hosts: readonly string[];
  readonly time: string;
  readonly usage: string;
  readonly fetch: boolean;
}

/** All files together: a hundred times what a server's certificate and its issuers need. */
export const MOST_BYTES = 1024 * 1024;
const TOO_LARGE = 'The files together are larger than 1 MiB.';
/** No chain that works is longer than ten. */
const MOST_CERTIFICATES = 100;
/** The largest trust lists have some four hundred. */
const MOST_ROOTS = 1_000;
const MOST_HOSTS = 20;
const LONGEST_NAME = 120;

/** The certificates in a file or text as PEM, without anything else that may be there; empty where there are none. */
export function pemOf(bytes: Uint8Array): string {
  const given = certificatesIn(bytes);
  return given.ok ? given.certificates.join('') : '';
}

/** Parses what was given. `field` of a mistake is the name of the value. */
export function parseCertificate(values: CertificateValues): ParsedRequest {
  const size = sizeOf(values);
  if (size > MOST_BYTES) return { ok: false, errors: [{ field: 'certificate', message: TOO_LARGE }] };
  const certificate = leafOf(values.certificate);
  const intermediates = allIn(values.intermediates, MOST_CERTIFICATES);
  const roots = allIn(values.roots, MOST_ROOTS);
  const hosts = parseHosts(values.hosts);
  const at = parseTime(values.time);
  const usage = parseUsage(values.usage);
  const fields = { certificate, intermediates, roots, hosts, time: at, usage };
  if (!certificate.ok || !intermediates.ok || !roots.ok || !hosts.ok || !at.ok || !usage.ok)
    return { ok: false, errors: errorsOf(fields) };
  return {
    ok: true,
    request: {
      analyzer: 'certificate',
      name: hosts.value[0] ?? nameFor(certificate.value, values.fileName),
      hosts: hosts.value,
      chain: certificate.value,
      keyBeside: values.certificate !== null && holdsKey(values.certificate),
      intermediates: intermediates.value,
      roots: { list: values.list, given: roots.value },
      at: at.value,
      usage: usage.value,
      fetch: values.fetch,
    },
  };
}

const good = <T>(value: T): Field<T> => ({ ok: true, value });
const bad = (message: string): Field<never> => ({ ok: false, message });

function leafOf(given: CertificateValues['certificate']): Field<readonly string[] | null> {
  if (given === null) return bad('The certificate is missing.');
  return isPkcs12(given) ? good(null) : allIn([given], MOST_CERTIFICATES);
}

function allIn(files: readonly Uint8Array[], most: number): Field<readonly string[]> {
  const all = files.map(certificatesIn);
  const wrong = all.find((given) => !given.ok);
  if (wrong !== undefined && !wrong.ok) return bad(`This ${wrong.instead}.`);
  const certificates = all.flatMap((given) => (given.ok ? given.certificates : []));
  return certificates.length <= most ? good(certificates) : bad(`This holds more than ${most} certificates.`);
}

function sizeOf({ certificate, intermediates, roots }: CertificateValues): number {
  return [certificate, ...intermediates, ...roots].reduce((sum, file) => sum + (file?.length ?? 0), 0);
}

/** Each host once, in the order of their first mention. */
function parseHosts(texts: readonly string[]): Field<readonly string[]> {
  const typed = texts.filter((text) => text.trim() !== '');
  if (typed.length > MOST_HOSTS) return bad(`Not more than ${MOST_HOSTS} hosts are checked at once.`);
  const parsed = typed.map(parseHost);
  const wrong = parsed.find((one) => !one.ok);
  if (wrong !== undefined && !wrong.ok) return wrong;
  return good([...new Set(parsed.flatMap((one) => (one.ok ? [one.value] : [])))]);
}

/** A moment in ISO 8601: a day, or a day and a time, in UTC unless it says otherwise. */
function parseTime(text: string): Field<number | null> {
  const given = text.trim();
  if (given === '') return good(null);
  const match = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)(Z|[+-]\d\d:\d\d)?)?$/i.exec(given);
  const [, day, time = '00:00', zone = 'Z'] = match ?? [];
  const at = day === undefined ? Number.NaN : Date.parse(`${day}T${time}${zone.toUpperCase()}`);
  return Number.isNaN(at) ? bad('A time looks like 2027-03-01 or 2027-03-01T12:00:00Z.') : good(at);
}

function parseUsage(text: string): Field<'server' | 'client'> {
  if (text === '' || text === 'server') return good('server');
  return text === 'client' ? good('client') : bad('The usage is "server" or "client".');
}

/** The leaf's own name, else the file's. Both are others' text, and stand in titles. */
function nameFor(chain: readonly string[] | null, fileName: string): string {
  const own = chain?.[0] === undefined ? null : givenName(chain[0]);
  return (own || fileName || 'the certificate').replaceAll(/\p{C}+/gu, ' ').slice(0, LONGEST_NAME);
}
