import { createHash } from 'node:crypto';
import type { Handler, HttpRequest } from '../http/message.ts';
import { headerOf } from '../http/message.ts';
import { type Publisher, publishers } from '../pki/branch.ts';
import type { Issuer } from '../pki/certificate.ts';
import { keyIdentifier } from '../pki/extensions.ts';
import { type OcspContent, writeOcsp, writeOcspRefusal } from '../pki/ocsp.ts';
import { good, type OcspBend } from '../pki/ocsp-bends.ts';
import type { Place } from '../place.ts';
import { NotDer } from './der-reader.ts';
import { isSame, type OcspQuestion, readOcspRequest } from './ocsp-request.ts';

/** An OCSP responder for one authority, over GET and POST. It calls every certificate good, unless it is bent. RFC 6960 A.1 */
export function responder(publisher: Publisher, bend: OcspBend = good): Handler {
  return (request, place) => {
    const asked = requestBytes(request);
    if (asked === null) return { status: 415, body: 'This is no OCSP request.' };
    const issuer = publishers[publisher](place.authority, place.domain);
    const headers = [['Content-Type', 'application/ocsp-response']] as const;
    return { status: 200, headers, body: answerTo(asked, issuer, bend, place) };
  };
}

function requestBytes({ method, target, headers, body }: HttpRequest): Uint8Array | null {
  if (method === 'POST') return headerOf({ headers }, 'content-type') === 'application/ocsp-request' ? body : null;
  return Buffer.from(decodeURIComponent(target.split('/').slice(3).join('/')), 'base64');
}

function answerTo(bytes: Uint8Array, issuer: Issuer, bend: OcspBend, { authority }: Place): Uint8Array {
  try {
    const { questions, nonce } = readOcspRequest(bytes);
    if (!questions.every((question) => isAbout(question, issuer))) return writeOcspRefusal('unauthorized');
    const answers = questions.map(({ serial, idHash }) => ({ issuer, serial, idHash, status: 'good' as const }));
    const content: OcspContent = { signer: issuer, answers, ...(nonce === undefined ? {} : { nonce }) };
    return writeOcsp(bend(content, authority));
  } catch (error) {
    if (error instanceof NotDer) return writeOcspRefusal('malformedRequest');
    throw error;
  }
}

function isAbout({ idHash, nameHash, keyHash }: OcspQuestion, issuer: Issuer): boolean {
  const name = createHash(idHash).update(issuer.subject).digest();
  return isSame(nameHash, name) && isSame(keyHash, keyIdentifier(issuer.key, idHash));
}
