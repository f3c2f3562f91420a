/** The form of the certificate test: its files and fields as the request's parser wants them. */
import { type CertificateValues, isPkcs12, pemOf } from '#lib/analyzers/certificate-request.ts';

export interface CertificateForm {
  readonly values: CertificateValues;
  /** A PKCS #12 file, which goes to the worker with its pass phrase and is not looked into here. */
  readonly lockedFile: Uint8Array | null;
  /** What is sent back after a mistake: what was typed, but of pasted text the certificates alone. */
  readonly typed: Readonly<Record<string, string>>;
  /** Where both a file and text were given: nobody can tell which of them is meant. */
  readonly ambiguous: boolean;
}

/** Text fields are read up to this length, longer than any of them may be. */
const LONGEST = 8_192;

/** As many as there may be certificates; a form could hold a hundred thousand. */
const MOST_FILES = 1_000;

/** Reads the form. Files that are empty, as a browser sends them where none was chosen, are none. */
export async function readCertificateForm(data: FormData): Promise<CertificateForm> {
  const text = (name: string): string => String(data.get(name) ?? '').slice(0, LONGEST);
  const certificate = await given(data, 'certificate');
  const intermediates = await given(data, 'intermediates');
  const roots = await given(data, 'roots');
  const [file = certificate.pasted] = certificate.files;
  const values = {
    certificate: file,
    fileName: certificate.name,
    intermediates: all(intermediates),
    roots: all(roots),
    list: text('onlyRoots') === '' ? ('usual' as const) : ('given' as const),
    hosts: text('hosts').split(/[\s,;]+/),
    time: text('time'),
    usage: text('usage'),
    fetch: text('noFetch') === '',
  };
  const plain = ['hosts', 'time', 'usage', 'noFetch', 'onlyRoots'].map((name) => [name, text(name)]);
  const pasted = Object.entries({ certificate, intermediates, roots }).map(([name, one]) => [
    `${name}Text`,
    one.pasted === null ? '' : pemOf(one.pasted),
  ]);
  return {
    values,
    lockedFile: file !== null && isPkcs12(file) ? file : null,
    typed: Object.fromEntries([...plain, ...pasted]),
    ambiguous: certificate.files.length > 0 && certificate.pasted !== null,
  };
}

interface Given {
  readonly files: readonly Uint8Array[];
  readonly name: string;
  readonly pasted: Uint8Array | null;
}

async function given(data: FormData, name: string): Promise<Given> {
  const all = data.getAll(name).filter((one) => one instanceof File && one.size > 0) as File[];
  const files = all.slice(0, MOST_FILES);
  const text = data.get(`${name}Text`);
  return {
    files: await Promise.all(files.map(async (file) => new Uint8Array(await file.arrayBuffer()))),
    name: files[0]?.name ?? '',
    pasted: typeof text === 'string' && text.trim() !== '' ? new TextEncoder().encode(text) : null,
  };
}

const all = ({ files, pasted }: Given): Uint8Array[] => (pasted === null ? [...files] : [...files, pasted]);
