'use server';
/** What the forms do. Each works without JavaScript, and each checks anew that the run is this person's. */
import { notFound, redirect } from 'next/navigation';
import { parseCertificate } from '#lib/analyzers/certificate-request.ts';
import { type Confidences, LockedFile, Secret } from '#lib/auth/secret.ts';
import { origin, ownerAccess, ownerHash } from './access.ts';
import { readCertificateForm } from './certificate-form.ts';
import { readClientCertificate } from './client-certificate.ts';
import type { FormState, ShareState } from './forms.ts';
import { service } from './service.ts';

/** Longer than any field may be: what is sent back after a mistake is no larger than a form. */
const LONGEST = 2_048;

/** The fields of the tests that connect, but for secrets and files. */
const FIELDS = [
  ...['email', 'username', 'client', 'askMicrosoft', 'redirectTo', 'signInWith', 'authority'],
  ...['ignoreCertificateProblems', 'passwordToUnmarked'],
  ...['server', 'longWait', 'hideFolders', 'rpcServer', 'principal', 'rpcAuth', 'endpointMapper'],
  ...['host', 'port', 'pins'],
];

/** Starts a test and goes to its result, or says at which field something is missing. No secret and no file is sent back. */
export async function startTest(_state: FormState, data: FormData): Promise<FormState> {
  const { file, given, errors } = await readClientCertificate(data, service().lab());
  const values = { ...valuesOf(data), clientCertificate: given };
  const form = { analyzer: text(data, 'analyzer'), values, errors };
  const confidences = { ...secretsOf(data), file };
  const started = await service().start(form, confidences, await ownerHash());
  if (!started.ok) return { values, errors: [...started.errors, ...(file === null ? [] : [CHOOSE_AGAIN])] };
  redirect(`/run/${started.run}`);
}

/** No page can fill in a file, and a test without it would be another one. */
const CHOOSE_AGAIN = {
  field: 'clientCertificate',
  message: 'The client certificate has to be chosen once more: files do not stay in a form.',
};

/** The same for the test that takes files. A file with a private key in it goes to the worker unopened. */
export async function startCertificateTest(_state: FormState, data: FormData): Promise<FormState> {
  const { values, lockedFile, typed, ambiguous } = await readCertificateForm(data);
  const passPhrase = Secret.of(text(data, 'password'));
  const fail = (field: string, message: string): FormState => ({ values: typed, errors: [{ field, message }] });
  if (ambiguous)
    return fail('certificate', 'There is a file and pasted text: only one of them can be the certificate.');
  if (passPhrase.isTooLong) return fail('password', 'The pass phrase is longer than 256 characters.');
  const confidences = { password: null, token: null, file: lockedFile && LockedFile.of(lockedFile, passPhrase) };
  const started = await service().begin(parseCertificate(values), confidences, await ownerHash());
  if (!started.ok) return { values: typed, errors: started.errors };
  redirect(`/run/${started.run}`);
}

/** What there is to sign in with. A password goes nowhere if another way is chosen. */
function secretsOf(data: FormData): Pick<Confidences, 'password' | 'token'> {
  const [password, token] = [text(data, 'password'), Secret.ofToken(text(data, 'token'))];
  const withPassword = ['', 'password'].includes(text(data, 'signInWith'));
  return {
    password: password === '' || !withPassword ? null : Secret.of(password),
    token: token.isEmpty ? null : token,
  };
}

/** Tells a run what its owner says to a question. */
export async function answerQuestion(data: FormData): Promise<void> {
  const run = await ownRun(data);
  const answer = text(data, 'answer');
  if (answer === 'yes' || answer === 'no') await service().answer(run, text(data, 'question'), answer);
}

/** Ends a test that goes on. */
export async function cancelTest(data: FormData): Promise<void> {
  service().cancel(await ownRun(data));
}

/** Removes a result. */
export async function deleteTest(data: FormData): Promise<void> {
  await service().remove(await ownRun(data));
  redirect('/');
}

/** Makes a share link. */
export async function shareTest(_state: ShareState, data: FormData): Promise<ShareState> {
  const run = await ownRun(data);
  try {
    const { token, expiresAt } = await service().share(run);
    return { url: `${await origin()}/r/${token}`, expiresAt: new Date(expiresAt).toISOString(), error: null };
  } catch {
    // A result that could not be stored has nothing that a link could point to.
    return { url: null, expiresAt: null, error: 'No link can be made, because this result could not be stored.' };
  }
}

/** Makes every share link of a result worthless. */
export async function revokeLinks(data: FormData): Promise<void> {
  await service().revoke(await ownRun(data));
}

async function ownRun(data: FormData): Promise<string> {
  const access = await ownerAccess(text(data, 'run'));
  return access === null ? notFound() : access.run;
}

function text(data: FormData, name: string): string {
  const value = data.get(name);
  return typeof value === 'string' ? value : '';
}

/** What was entered, without what is secret. Nothing else is read: a form may hold thousands of fields. */
function valuesOf(data: FormData): Record<string, string> {
  return Object.fromEntries(FIELDS.map((name) => [name, text(data, name).slice(0, LONGEST)]));
}
