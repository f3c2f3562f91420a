/** The client certificate of a form: a file of the person's, or the one that belongs to a system of the lab. */
import { readFile } from 'node:fs/promises';
import { isPkcs12, MOST_BYTES } from '#lib/analyzers/certificate-request.ts';
import type { FieldError } from '#lib/analyzers/request.ts';
import { LockedFile, Secret } from '#lib/auth/secret.ts';
import type { LabWorld } from './lab.ts';

export interface GivenCertificate {
  /** Null where none was given, and where it cannot be one. */
  readonly file: LockedFile | null;
  /** What the form and the request say of it: `yes`, or nothing. */
  readonly given: 'yes' | '';
  readonly errors: readonly FieldError[];
}

const NONE: GivenCertificate = { file: null, given: '', errors: [] };

/**
 * Reads the fields `clientCertificate` and `passPhrase`; or, where the start of a lab system was pressed, its file.
 * @param worlds of the lab, if one is running
 */
export async function readClientCertificate(
  data: FormData,
  worlds: readonly LabWorld[] | null,
): Promise<GivenCertificate> {
  const file = data.get('clientCertificate');
  // A browser sends an empty file where none was chosen.
  if (file instanceof File && file.size > 0) return checked(file, String(data.get('passPhrase') ?? ''));
  const world = worlds?.find(({ name }) => name === data.get('world'));
  if (world?.clientCertificate === undefined) return NONE;
  return { file: LockedFile.of(await readFile(world.clientCertificate), null), given: 'yes', errors: [] };
}

async function checked(file: File, text: string): Promise<GivenCertificate> {
  const passPhrase = Secret.of(text);
  const wrong = (field: string, message: string): GivenCertificate => ({
    file: null,
    given: 'yes',
    errors: [{ field, message }],
  });
  if (passPhrase.isTooLong) return wrong('passPhrase', 'The pass phrase is longer than 256 characters.');
  if (file.size > MOST_BYTES) return wrong('clientCertificate', 'The client certificate is larger than 1 MiB.');
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (!isPkcs12(bytes))
    return wrong('clientCertificate', 'This is no PKCS #12 file: a .pfx or .p12 with the private key in it is wanted.');
  return { file: LockedFile.of(bytes, passPhrase), given: 'yes', errors: [] };
}
