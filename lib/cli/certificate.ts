/** The options of `certificate`. */
import { basename } from 'node:path';
import { isPkcs12, parseCertificate } from '#lib/analyzers/certificate-request.ts';
import type { FieldError, TestRequest } from '#lib/analyzers/request.ts';
import { Mistake, opened, openedPkcs12 } from './files.ts';

export const CERTIFICATE_OPTIONS = {
  leaf: { type: 'string' },
  pkcs12: { type: 'string' },
  intermediates: { type: 'string', multiple: true },
  roots: { type: 'string', multiple: true },
  'public-roots': { type: 'boolean' },
  host: { type: 'string', multiple: true },
  time: { type: 'string' },
  usage: { type: 'string' },
  'no-fetch': { type: 'boolean' },
} as const;

/** As `parseArgs` gives them. */
type Values = Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;

export type ParsedFiles =
  | { readonly ok: true; readonly request: TestRequest; readonly pkcs12: Uint8Array | null }
  | { readonly ok: false; readonly error: string };

/** Reads the files and parses the options. */
export function parseCertificateCommand(values: Values): ParsedFiles {
  try {
    return read(values);
  } catch (error) {
    if (error instanceof Mistake) return { ok: false, error: error.message };
    throw error;
  }
}

function read(values: Values): ParsedFiles {
  refuseContradictions(values);
  const [leaf, locked] = [texts(values.leaf)[0], texts(values.pkcs12)[0]];
  const pkcs12 = locked === undefined ? null : openedPkcs12('--pkcs12', locked, 'certificates are read by --leaf');
  const parsed = parseCertificate({
    certificate: pkcs12 ?? (leaf === undefined ? null : leafFile(leaf)),
    fileName: basename(leaf ?? locked ?? ''),
    intermediates: texts(values.intermediates).map((file) => opened('--intermediates', file)),
    roots: texts(values.roots).map((file) => opened('--roots', file)),
    list: values['public-roots'] === true ? 'public' : values.roots === undefined ? 'usual' : 'given',
    hosts: texts(values.host),
    time: texts(values.time)[0] ?? '',
    usage: texts(values.usage)[0] ?? '',
    fetch: values['no-fetch'] !== true,
  });
  if (parsed.ok) return { ok: true, request: parsed.request, pkcs12 };
  return { ok: false, error: parsed.errors.map((error) => said(error, values)).join(' ') };
}

function refuseContradictions(values: Values): void {
  const given = (name: string): boolean => values[name] !== undefined;
  if (given('leaf') === given('pkcs12')) throw new Mistake('certificate wants either --leaf FILE or --pkcs12 FILE.');
  if (given('roots') && given('public-roots')) throw new Mistake('--roots and --public-roots exclude each other.');
  const only = given('roots') ? '--roots' : given('public-roots') ? '--public-roots' : null;
  if (only !== null && given('trust')) throw new Mistake(`With ${only} no others are trusted: leave out --trust.`);
}

function leafFile(file: string): Uint8Array {
  const bytes = opened('--leaf', file);
  if (isPkcs12(bytes)) throw new Mistake(`--leaf ${file}: this is a PKCS #12 file, which --pkcs12 opens.`);
  return bytes;
}

/** Which option each value comes from; the certificate is the only one with two of them. */
const OPTIONS_OF: Readonly<Record<string, readonly string[]>> = { certificate: ['leaf', 'pkcs12'], hosts: ['host'] };

/** The message with option and value before it. */
function said({ field, message }: FieldError, values: Values): string {
  const option = (OPTIONS_OF[field] ?? [field]).find((name) => values[name] !== undefined) ?? field;
  const about = `--${option} ${texts(values[option]).join(', ')}: `;
  return about + message.charAt(0).toLowerCase() + message.slice(1);
}

function texts(value: Values[string]): string[] {
  const list = Array.isArray(value) ? value : [value];
  return list.filter((one) => typeof one === 'string');
}
